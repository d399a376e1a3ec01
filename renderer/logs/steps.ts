import type { Severity } from '../../engine/contract/log-views';
import { call } from '../bridge';
import { notifyError } from '../ui/notices';
import { bookmarksOf } from './bookmarks/bookmarks-store';
import { cursorOf } from './cursor-store';
import { toLogFilter } from './filters/filter-model';
import { isGone, readerOf } from './line-lists';
import { documentOf, jumpToLine, lineAhead } from './logs-store';
import { placeAfter, placeBefore } from './places';
import { type LineList, say, viewOf } from './view-store';

export type StepKind = 'error' | 'warning';

const STEPS: Readonly<Record<StepKind, readonly Severity[]>> = {
  error: ['fatal', 'error'],
  warning: ['warning'],
};

/** Lists that keys step through, newest last; each is made once for a log, a filter and a length. */
const lists = new Map<string, Promise<LineList>>();
const MOST_LISTS = 8;

function listOf(id: string, kind: StepKind): { key: string; list: Promise<LineList> } {
  const { filter } = viewOf(id);
  const asked = toLogFilter(filter);
  const severities = STEPS[kind].filter((one) => !asked.severities || asked.severities.includes(one));
  const key = JSON.stringify([id, documentOf(id)?.lineCount, asked, kind]);
  const known = lists.get(key);
  if (known) return { key, list: known };
  // A filter without severities lets all of them through, which an empty intersection must not.
  const list =
    severities.length === 0
      ? Promise.resolve({ view: '', rows: 0 })
      : call('logs.filter', { id, filter: { ...asked, severities } });
  lists.set(key, list);
  list.catch(() => lists.delete(key));
  const oldest = lists.keys().next();
  if (lists.size > MOST_LISTS && !oldest.done) lists.delete(oldest.value);
  return { key, list };
}

/** Steps of a key that is pressed again before the first one is done are taken one after the other. */
const turns = new Map<string, { last: Promise<void>; waiting: number }>();
/** A key that is held down asks faster than a large log answers. */
const MOST_WAITING = 8;

export function inTurn(id: string, step: () => Promise<void>): Promise<void> {
  const turn = turns.get(id) ?? { last: Promise.resolve(), waiting: 0 };
  turns.set(id, turn);
  if (turn.waiting >= MOST_WAITING) return turn.last;
  turn.waiting++;
  turn.last = turn.last.then(step).finally(() => {
    turn.waiting--;
  });
  return turn.last;
}

/** The current line, or the one that a step before this has gone to. */
export function stepLine(id: string): number {
  return lineAhead(id) ?? cursorOf(id).line;
}

/** Goes to the next or previous error or warning among the lines that are shown. */
export function stepSeverity(id: string, kind: StepKind, forward: boolean): Promise<void> {
  return inTurn(id, () => toSeverity(id, kind, forward, true));
}

async function toSeverity(id: string, kind: StepKind, forward: boolean, again: boolean): Promise<void> {
  const { key, list } = listOf(id, kind);
  try {
    const made = await list;
    const line = stepLine(id);
    const step = forward ? placeAfter : placeBefore;
    const place = made.rows === 0 ? null : await step(readerOf(id, made), line);
    say(id, place ? '' : `There is no ${forward ? 'later' : 'earlier'} ${kind}.`);
    if (place) jumpToLine(id, place.line);
  } catch (thrown) {
    lists.delete(key);
    if (isGone(thrown) && again) return toSeverity(id, kind, forward, false);
    notifyError(thrown);
  }
}

/** Goes to the next or previous bookmark. */
export function stepBookmark(id: string, forward: boolean): void {
  const line = stepLine(id);
  const lines = bookmarksOf(id).map((bookmark) => bookmark.line);
  const found = forward ? lines.find((other) => other > line) : lines.findLast((other) => other < line);
  say(id, found === undefined ? `There is no ${forward ? 'later' : 'earlier'} bookmark.` : '');
  if (found !== undefined) jumpToLine(id, found);
}

/** The first line at or after a moment; null where there is none. */
export async function lineAtTime(id: string, time: number): Promise<number | null> {
  const list = await call('logs.filter', { id, filter: { time: { from: time, to: null } } });
  return list.rows === 0 ? null : readerOf(id, list).lineAt(1);
}
