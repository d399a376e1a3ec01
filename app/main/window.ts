import { BrowserWindow, Menu, nativeTheme, screen } from 'electron';
import { APP_ORIGIN } from '../contract/channels';
import type { Theme } from '../contract/settings';
import type { JsonFile } from '../stores/json-file';
import { MINIMUM_SIZE, startBounds, type WindowState } from './window-bounds';

/** The page's own backgrounds, so that nothing flashes before its first frame. */
const BACKGROUND = { dark: '#14161a', light: '#ffffff' };
/** Moving a window tells of every pixel. */
const SAVE_DELAY_MS = 500;

export interface WindowOptions {
  readonly preload: string;
  readonly title: string;
  readonly state: JsonFile<WindowState>;
  /** Size of the page; 1 is as it is drawn. */
  readonly zoom: number;
}

export function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light;
}

/** Makes page, menus and dialogs follow the chosen theme. */
export function applyTheme(theme: Theme): void {
  nativeTheme.themeSource = theme === 'contrast' ? 'dark' : theme;
  for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(background());
}

/** Makes the window; the caller loads the page once it serves its calls. */
export function createWindow({ preload, title, state, zoom }: WindowOptions): BrowserWindow {
  const saved = state.get();
  const window = new BrowserWindow({
    ...startBounds(
      saved.bounds,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    title,
    show: false,
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      // Its dictionaries would be downloaded.
      spellcheck: false,
      // A terminal in a hidden window keeps reading, or its programs would stop.
      backgroundThrottling: false,
      zoomFactor: zoom,
    },
  });
  if (saved.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  addTextMenu(window);
  rememberPlace(window, state);
  return window;
}

export function loadPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(`${APP_ORIGIN}/index.html`);
}

function rememberPlace(window: BrowserWindow, state: JsonFile<WindowState>): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    try {
      state.set({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    } catch (error) {
      // A full disk: the window then opens at its old place, and nobody needs a dialog for that.
      console.error('The place of the window could not be saved.', error);
    }
  };
  const saveSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_DELAY_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('close', save);
}

/** Copy and paste by mouse, where the page has no menu of its own. */
function addTextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, { isEditable, selectionText }) => {
    if (!isEditable && selectionText === '') return;
    const items: Electron.MenuItemConstructorOptions[] = isEditable
      ? [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }]
      : [{ role: 'copy' }];
    Menu.buildFromTemplate(items).popup({ window });
  });
}
