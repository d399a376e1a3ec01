import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, session } from 'electron';
import { appFolders } from '../../engine/contract/app-folders';
import { AppError } from '../../engine/contract/errors';
import type { Handlers } from '../../engine/contract/rpc';
import type { WindowRequest } from '../../engine/contract/window-link';
import type { WindowApi } from '../contract/window-api';

import { openDatabase } from '../stores/database';
import { purgeDeleted } from '../stores/deletion';
import { openJsonFile } from '../stores/json-file';
import { settleInterrupted } from '../stores/messages';
import { forgetFindings, saveFindings, searchAll } from '../stores/search';
import { openSettings } from '../stores/settings';
import { openSnapshots } from '../stores/snapshots';
import { Backlog } from './backlog';
import { Engine } from './engine';
import { createEngineHost, type EngineHost } from './hosts/engine-host';
import { createLogsHost, type LogsHost } from './hosts/logs-host';
import { createPtyHost, type PtyHost } from './hosts/pty-host';
import { serveWindow } from './ipc';
import { Knowledge } from './knowledge';
import { lockProcess, lockSession } from './lock-down';
import { installMenu, type MenuFrame } from './menu';
import { Notices } from './notices';
import { serveOutside } from './outside';
import { registerPageScheme, servePage } from './page-protocol';
import { appPaths, forgetSafeModes, makeFolders } from './paths';
import { appService } from './services/app-service';
import { chatService } from './services/chat-service';
import { clipboardService } from './services/clipboard-service';
import { commandService } from './services/command-service';
import { contextService } from './services/context-service';
import { engineService } from './services/engine-service';
import { logsService } from './services/logs-service';
import { menuService } from './services/menu-service';
import { settingsService } from './services/settings-service';
import { terminalService } from './services/terminal-service';
import { readStartWords } from './start-words';
import { applyTheme, createWindow, loadPage } from './window';
import { WindowState } from './window-bounds';

/** Set by the build. */
declare const __APP_VERSION__: string;

/** The built entries lie side by side in out/main. */
const HERE = dirname(fileURLToPath(import.meta.url));
const TITLE = 'Sigma Ops';
const FOREVER = new AbortController().signal;

const folders = appFolders({
  platform: process.platform,
  environment: process.env,
  home: homedir(),
  userDataDir: app.commandLine.getSwitchValue('user-data-dir') || null,
});
const words = readStartWords(process.argv, { cwd: process.cwd(), packaged: app.isPackaged });
const paths = appPaths(folders, words.safeMode);
makeFolders(folders, paths);
app.setName(TITLE);
// Before the lock is asked for: it lies in this folder, so each data folder has its own running app.
app.setPath('userData', paths.electron);
app.setPath('sessionData', paths.session);
app.setPath('crashDumps', join(folders.state, 'crashes'));
registerPageScheme();
lockProcess();

/** Files to open that come from outside the window. */
const openRequests = new Backlog<WindowRequest>();
openRequests.add(words.request);
// macOS hands files over so, also before the app is ready.
app.on('open-file', (event, path) => {
  event.preventDefault();
  openRequests.add({ files: [path], follow: false });
});

if (app.requestSingleInstanceLock({ ...words.request })) {
  app.whenReady().then(start).catch(stopWithMessage);
} else {
  // The running app takes the files over and brings its window to the front.
  app.quit();
}

function start(): void {
  forgetSafeModes(paths);
  const notices = new Notices();
  const settings = openSettings(paths.settings);
  const snapshots = openSnapshots(paths.snapshots);
  const windowState = openJsonFile(paths.windowState, WindowState, 'the place of the window');
  const database = openDatabase(paths.database);
  settleInterrupted(database.db);
  purgeDeleted(database.db);
  for (const notice of [settings.notice, database.notice]) {
    if (notice) notices.add('warning', notice);
  }

  const ptyHost = createPtyHost(HERE, paths.shellScripts);
  const logsHost = createLogsHost(HERE, paths.logsCache);
  const engineHost = createEngineHost(HERE, paths.engineCache);
  tellOfCrashes(ptyHost, notices, 'The terminal process stopped, and with it every open terminal.');
  tellOfCrashes(logsHost, notices, 'The log process stopped. Your log files are unchanged.');
  tellOfSilence(ptyHost, notices, 'The terminal process');
  tellOfSilence(logsHost, notices, 'The log process');
  tellOfSilence(engineHost, notices, 'The model process');
  const shippedModel = app.isPackaged
    ? join(process.resourcesPath, 'model')
    : join(app.getAppPath(), 'assets', 'model');
  const engine = new Engine(
    engineHost,
    words.safeMode ? null : (settings.get().model ?? shippedModel),
    notices,
  );

  const knowledge = new Knowledge(engine, notices, () => settings.get().machineNames);
  knowledge.start();

  const menu: MenuFrame = { platform: process.platform, developer: !app.isPackaged };
  installMenu(menu, [], () => undefined);
  applyTheme(settings.get().theme);
  lockSession(session.defaultSession);
  servePage(session.defaultSession, join(HERE, '..', 'renderer'));

  const window = createWindow({
    preload: join(HERE, '..', 'preload', 'preload.cjs'),
    title: TITLE,
    state: windowState,
    zoom: settings.get().zoom,
  });
  const terminalSettings = () => {
    const { terminal } = settings.get();
    return words.safeMode ? { ...terminal, integration: false } : terminal;
  };
  settings.watch((now, before) => {
    if (!now.terminal.restore) snapshots.clear();
    if (now.theme !== before.theme) applyTheme(now.theme);
    if (now.zoom !== before.zoom) window.webContents.setZoomFactor(now.zoom);
    knowledge.refresh();
  }, FOREVER);
  const handlers: Handlers<WindowApi> = {
    ...appService(
      { version: __APP_VERSION__, electron: process.versions.electron, platform: process.platform },
      notices,
      openRequests,
    ),
    ...engineService(engine, knowledge, settings, shippedModel, window),
    ...settingsService(settings),
    ...menuService((groups, choose) => installMenu(menu, groups, choose)),
    ...chatService(database.db, engine, async (name) => {
      const { filePath } = await dialog.showSaveDialog(window, { title: 'Export', defaultPath: name });
      return filePath || null;
    }),
    'search.find': ({ query }) => searchAll(database.db, query),
    ...commandService(engine),
    ...contextService(ptyHost, engine),
    ...logsService(logsHost, engine, window, {
      save: (log, diagnosis) => saveFindings(database.db, log, diagnosis),
      forget: (document) => forgetFindings(database.db, document),
    }),
    ...terminalService(ptyHost, window.webContents, terminalSettings, snapshots),
    ...clipboardService(),
  };
  serveWindow(window.webContents, handlers);

  // A terminal is wanted at once and the logs soon; the model would take the processor from both.
  ptyHost.start();
  logsHost.start();
  window.once('show', () => engine.start());
  const outside = serveOutside(folders, openRequests, () => bringToFront(window));
  app.on('window-all-closed', () => app.quit());
  app.once('will-quit', (event) => {
    event.preventDefault();
    outside.close();
    // Calls that are open fail when their host stops, and save what they have: the database closes last.
    Promise.all([ptyHost.stop(), logsHost.stop(), engineHost.stop()]).finally(() => {
      database.close();
      app.exit(0);
    });
  });
  loadPage(window).catch(stopWithMessage);
}

/** Says that a process hangs, before it is ended for that and started again. */
function tellOfSilence(host: PtyHost | LogsHost | EngineHost, notices: Notices, name: string): void {
  host.onSilence((verdict) => {
    if (verdict === 'silent') {
      notices.add('warning', `${name} has not answered for a while. If it stays silent it is started again.`);
    }
  });
}

function tellOfCrashes(host: PtyHost | LogsHost, notices: Notices, what: string): void {
  host.onState((state) => {
    if (state === 'restarting') notices.add('warning', `${what} It is being started again.`);
    if (state === 'failed')
      notices.add('warning', `${what} It keeps stopping; restart Sigma Ops to try again.`);
  });
}

function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function stopWithMessage(thrown: unknown): void {
  const known = thrown instanceof AppError;
  const message = known ? thrown.message : `${TITLE} could not start.`;
  console.error(thrown);
  dialog.showErrorBox(message, known ? '' : thrown instanceof Error ? thrown.message : String(thrown));
  app.exit(1);
}
