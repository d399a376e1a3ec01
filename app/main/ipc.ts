import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import { CALL_BURST, CALLS_PER_SECOND, OPEN_CALLS } from '../../engine/contract/limits';
import { createRpcServer, type Handlers } from '../../engine/contract/rpc';
import { APP_ORIGIN, RPC_CHANNEL } from '../contract/channels';
import { type WindowApi, windowApi } from '../contract/window-api';

/**
 * Serves the window's calls. Messages count only when they come from the top frame of this window while
 * it shows our own page. When the page goes away or is loaded anew, what it had running is cancelled.
 */
export function serveWindow(contents: WebContents, handlers: Handlers<WindowApi>): void {
  const start = () =>
    createRpcServer(
      windowApi,
      handlers,
      (message) => {
        if (!contents.isDestroyed()) contents.send(RPC_CHANNEL, message);
      },
      { open: OPEN_CALLS, burst: CALL_BURST, perSecond: CALLS_PER_SECOND, now: () => performance.now() },
    );
  let server = start();
  const renew = () => {
    server.close();
    server = start();
  };
  const receive = (event: Electron.IpcMainEvent, message: unknown) => {
    if (event.sender === contents && isOurPage(contents, event.senderFrame)) server.receive(message);
  };

  ipcMain.on(RPC_CHANNEL, receive);
  // Not when one starts: a navigation that is blocked starts too, and the page lives on.
  contents.on('did-navigate', renew);
  contents.on('render-process-gone', renew);
  contents.once('destroyed', () => {
    ipcMain.off(RPC_CHANNEL, receive);
    server.close();
  });
}

function isOurPage(contents: WebContents, frame: WebFrameMain | null): boolean {
  return frame !== null && frame === contents.mainFrame && frame.url.startsWith(`${APP_ORIGIN}/`);
}
