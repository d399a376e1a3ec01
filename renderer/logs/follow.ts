import type { LogDocument } from '../../engine/contract/logs';
import { setFollowing } from './logs-store';
import { changeView } from './view-store';

/** Follows a log's file, or stops. Text that was pasted has no file to follow. */
export function toggleFollow({ id, state }: LogDocument): void {
  if (state !== 'following') changeView(id, { atEnd: true });
  void setFollowing(id, state !== 'following');
}

/** A log that comes from files can grow. */
export function canFollow({ state, sources }: LogDocument): boolean {
  return state !== 'reading' && sources.some(({ path }) => path !== null);
}
