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
