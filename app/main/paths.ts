import { chmodSync, mkdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Folders by what happens when they are lost: choices, work, traces, or nothing at all. */
export interface AppFolders {
  readonly config: string;
  readonly data: string;
  readonly state: string;
  /** Safe to delete. */
  readonly cache: string;
}

export interface FolderOptions {
  readonly platform: string;
  readonly environment: Environment;
  readonly home: string;
  /** --user-data-dir: everything lives under it. */
  readonly userDataDir: string | null;
}

/** Where the app keeps its things, by the customs of each system. */
export function appFolders({ platform, environment, home, userDataDir }: FolderOptions): AppFolders {
  if (userDataDir) {
    const under = (name: string) => join(resolve(userDataDir), name);
    return { config: under('config'), data: under('data'), state: under('state'), cache: under('cache') };
  }
  if (platform === 'darwin') {
    const support = join(home, 'Library', 'Application Support', 'Sigma Ops');
    const cache = join(home, 'Library', 'Caches', 'Sigma Ops');
    return { config: support, data: support, state: join(support, 'state'), cache };
  }
  if (platform === 'win32') {
    const local = join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Sigma Ops');
    const roaming = join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Sigma Ops');
    return {
      config: roaming,
      data: join(local, 'data'),
      state: join(local, 'state'),
      cache: join(local, 'cache'),
    };
  }
  // The XDG rules: a path that is not absolute is invalid and to be ignored.
  const xdg = (name: string, fallback: string) => {
    const set = environment[name];
    return join(set && isAbsolute(set) ? set : join(home, fallback), 'sigma-ops');
  };
  return {
    config: xdg('XDG_CONFIG_HOME', '.config'),
    data: xdg('XDG_DATA_HOME', '.local/share'),
    state: xdg('XDG_STATE_HOME', '.local/state'),
    cache: xdg('XDG_CACHE_HOME', '.cache'),
  };
}

/** Files and folders of the app, by their use. */
export function appPaths(folders: AppFolders) {
  return {
    database: join(folders.data, 'sigma-ops.db'),
    /** Scrollback of terminals. */
    snapshots: join(folders.data, 'terminals'),
    settings: join(folders.config, 'settings.json'),
    windowState: join(folders.state, 'window.json'),
    logsCache: join(folders.cache, 'logs'),
    /** What shells are given to read; written anew as needed. */
    shellScripts: join(folders.cache, 'shell'),
    /** The engine process lays out this one itself. */
    engineCache: folders.cache,
    /** Chromium's profile: the lock of a running instance, the page's local storage. */
    electron: join(folders.state, 'electron'),
  };
}
export type AppPaths = ReturnType<typeof appPaths>;

/** Makes the folders, readable by their owner only, also where they exist already. */
export function makeFolders(folders: AppFolders, paths: AppPaths): void {
  for (const folder of [...Object.values(folders), paths.logsCache, paths.electron]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (process.platform !== 'win32') chmodSync(folder, 0o700);
  }
}
