import { isAbsolute, join } from 'node:path';

/** Where indexes are kept when the caller names no folder, by the customs of each system. Safe to delete. */
export function knowledgeCache(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Sigma Ops', 'knowledge');
  if (platform === 'win32') {
    const local = environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
    return join(local, 'Sigma Ops', 'cache', 'knowledge');
  }
  // The XDG rules: a path that is not absolute is invalid and to be ignored.
  const set = environment.XDG_CACHE_HOME;
  return join(set && isAbsolute(set) ? set : join(home, '.cache'), 'sigma-ops', 'knowledge');
}
