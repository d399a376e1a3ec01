import type { LogDocument } from '../../../engine/contract/logs';
import { toggleBookmark } from '../bookmarks/bookmarks-store';
import { cursorOf } from '../cursor-store';
import { toggleOption } from '../log-options';
import { setFollowing } from '../logs-store';
import { stepBookmark, stepSeverity } from '../steps';
import { closeSearch, openSearch, stepMatch } from '../view-actions';
import { changeView, showPanel, togglePanel, viewOf } from '../view-store';
import type { ListAction } from './list-keys';

/** Follows a log's file, or stops. Text that was pasted has no file to follow. */
export function toggleFollow({ id, state }: LogDocument): void {
  if (state !== 'following') changeView(id, { atEnd: true });
  void setFollowing(id, state !== 'following');
}

/** A log that comes from files can grow. */
export function canFollow({ state, sources }: LogDocument): boolean {
  return state !== 'reading' && sources.some(({ path }) => path !== null);
}

/** Keys that do not need the list itself. */
const ACTIONS: Partial<Record<ListAction, (document: LogDocument) => unknown>> = {
  nextError: ({ id }) => stepSeverity(id, 'error', true),
  previousError: ({ id }) => stepSeverity(id, 'error', false),
  nextWarning: ({ id }) => stepSeverity(id, 'warning', true),
  previousWarning: ({ id }) => stepSeverity(id, 'warning', false),
  nextMatch: ({ id }) => stepMatch(id, true),
  previousMatch: ({ id }) => stepMatch(id, false),
  bookmark: ({ id }) => toggleBookmark(id, cursorOf(id).line),
  nextBookmark: ({ id }) => stepBookmark(id, true),
  previousBookmark: ({ id }) => stepBookmark(id, false),
  search: ({ id }) => openSearch(id),
  related: ({ id }) => {
    changeView(id, { related: cursorOf(id).line });
    showPanel(id, 'related');
  },
  follow: (document) => canFollow(document) && toggleFollow(document),
  histogram: () => toggleOption('histogram'),
  sql: ({ id }) => togglePanel(id, 'sql'),
  escape: ({ id }) => viewOf(id).search.open && closeSearch(id),
};

/** Does what a key asks for; those that move in the list are its own. */
export function runAction(document: LogDocument, action: ListAction): void {
  ACTIONS[action]?.(document);
}
