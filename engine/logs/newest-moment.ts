import { stat } from 'node:fs/promises';
import type { LogSourceInfo } from '../contract/logs';

/** The last change of a log's files, in ms since 1970: no line is newer. A paste or stream is as new as now. */
export async function newestMoment(sources: readonly LogSourceInfo[]): Promise<number> {
  const changed = await Promise.all(
    sources.map(({ path }) =>
      path === null
        ? Date.now()
        : stat(path).then(
            ({ mtimeMs }) => mtimeMs,
            () => 0,
          ),
    ),
  );
  const newest = Math.max(...changed);
  // A clock that was wrong, or an archive without times.
  return newest > 0 ? newest : Date.now();
}
