import { app, BrowserWindow, dialog, type Session, shell, type WebContents } from 'electron';
import { APP_ORIGIN } from '../contract/channels';

/** Nothing answers there: traffic that no other rule stops ends at this machine's own door. */
const NOWHERE = '127.0.0.1:9';

/** What must be set before the app is ready, and what holds for every page that there will ever be. */
export function lockProcess(): void {
  // As root, where only the development tree is run, Chromium has no sandbox to switch on.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // Chromium looks up no name, whatever asks it to, and reaches no address.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('proxy-server', NOWHERE);
  app.commandLine.appendSwitch('proxy-bypass-list', '<-loopback>');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/** No permission is ever granted, and no request leaves the app's own protocol. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((request, callback) => {
    callback({ cancel: !isOwn(request.url) });
  });
  session.on('will-download', (event) => event.preventDefault());
}

/** The page stays where it is; a link to the web opens in the person's browser, after a question. */
function lockContents(contents: WebContents): void {
  let asking = false;
  const ask = (address: string) => {
    const window = BrowserWindow.fromWebContents(contents);
    // A page that opens links in a loop gets one question.
    if (asking || !window) return;
    asking = true;
    openInBrowser(address, window).finally(() => {
      asking = false;
    });
  };
  // A peer connection is under no content policy; this way it has no datagrams, and the proxy takes the rest.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(({ url }) => {
    ask(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    // Reloading the page itself is the only navigation.
    if (event.url === contents.getURL()) return;
    event.preventDefault();
    ask(event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  // No event comes before about:blank: a page that went there is brought back.
  contents.on('did-navigate', (_event, url) => {
    if (!isPage(url)) contents.loadURL(`${APP_ORIGIN}/index.html`).catch(() => undefined);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

async function openInBrowser(address: string, window: BrowserWindow): Promise<void> {
  const url = externalAddress(address);
  if (!url) return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `Open ${url.host} in your browser?`,
    detail: url.href.length > 500 ? `${url.href.slice(0, 500)}…` : url.href,
    buttons: ['Cancel', 'Open'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) await shell.openExternal(url.href);
}

/** Only addresses of the web, and none that carries a name and password. */
function externalAddress(address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? url : null;
}

function isOwn(address: string): boolean {
  return isPage(address) || (app.isPackaged ? /^data:/u : /^(?:data|devtools):/u).test(address);
}

function isPage(address: string): boolean {
  return address.startsWith(`${APP_ORIGIN}/`);
}
