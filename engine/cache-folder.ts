import { join } from 'node:path';
import { appFolders } from './contract/app-folders';

/** Folders of this program's cache. All of it can be made again, so it is safe to delete. */
export interface CacheFolders {
  /** Indexes of what is known of programs. */
  readonly knowledge: string;
  /** Weights made from a model's, and prompts that were read once. */
  readonly model: string;
}

/** The folders below one cache folder. */
export function cacheFolders(folder: string): CacheFolders {
  return { knowledge: join(folder, 'knowledge'), model: join(folder, 'model') };
}

/** Where the cache is when the caller names no folder, by the customs of each system. */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform = process.platform,
): string {
  return appFolders({ platform, environment, home, userDataDir: null }).cache;
}
