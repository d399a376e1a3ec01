import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { AppFolders } from '../../engine/contract/app-folders';

/**
 * Files and folders of the app, by their use. In safe mode all that is restored or chosen comes from, and goes to, an empty
 * folder of its own, so what the person has is neither read nor changed; conversations are the usual ones.
 */
export function appPaths(own: AppFolders, safeMode = false) {
  const safe = join(own.cache, 'safe-mode', String(process.pid));
  const folders = safeMode ? { ...own, config: safe, state: safe, cache: safe } : own;
  return {
    database: join(folders.data, 'sigma-ops.db'),
    /** Scrollback of terminals. */
    snapshots: join(safeMode ? safe : folders.data, 'terminals'),
    settings: join(folders.config, 'settings.json'),
    windowState: join(folders.state, 'window.json'),
    logsCache: join(folders.cache, 'logs'),
    /** What shells are given to read; written anew as needed. */
    shellScripts: join(folders.cache, 'shell'),
    /** The engine process lays out this one itself. */
    engineCache: own.cache,
    /** The lock of the running instance. */
    electron: join(own.state, 'electron'),
    /** Chromium's profile with the page's local storage. */
    session: join(folders.state, 'electron'),
    /** Deleted at the start after. */
    safe,
  };
}
export type AppPaths = ReturnType<typeof appPaths>;

/** Makes the folders, readable by their owner only, also where they exist already. */
export function makeFolders(folders: AppFolders, paths: AppPaths): void {
  for (const folder of [...Object.values(folders), paths.logsCache, paths.electron, paths.session]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (process.platform !== 'win32') chmodSync(folder, 0o700);
  }
}

/** Takes away what earlier starts in safe mode have left. Call it as the running instance. */
export function forgetSafeModes({ safe }: AppPaths): void {
  const all = dirname(safe);
  if (!existsSync(all)) return;
  for (const name of readdirSync(all)) {
    if (name !== basename(safe)) rmSync(join(all, name), { recursive: true, force: true });
  }
}
