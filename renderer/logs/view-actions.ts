import { toErrorData } from '../../engine/contract/errors';
import type { LogQuery } from '../../engine/contract/log-views';
import { call } from '../bridge';
import { notifyError } from '../ui/notices';
import { cursorOf } from './cursor-store';
import { type Filter, isEmpty, NO_FILTER, toLogFilter } from './filters/filter-model';
import { isGone, readerOf } from './line-lists';
import { jumpToLine } from './logs-store';
import { placeAfter, placeBefore, placeNear } from './places';
import { inTurn, stepLine } from './steps';
import { changeSearch, changeView, type LineList, say, viewOf } from './view-store';

/** What is being made for each log; a new one stops the one before it. */
const filtering = new Map<string, AbortController>();
const searching = new Map<string, AbortController>();

function restart(running: Map<string, AbortController>, id: string): AbortController {
  running.get(id)?.abort();
  const abort = new AbortController();
  running.set(id, abort);
  return abort;
}

/** Shows the lines that a filter lets through. Returns what is wrong with it, or null; then nothing has changed. */
export async function applyFilter(id: string, filter: Filter): Promise<string | null> {
  const abort = restart(filtering, id);
  if (isEmpty(filter)) {
    changeView(id, { filter: NO_FILTER, list: null, counting: null });
    void searchAgain(id);
    return null;
  }
  const cancel = () => abort.abort();
  const onEvent = ({ count, done }: { count: number; done: number }) => {
    if (filtering.get(id) === abort) changeView(id, { counting: { count, done, cancel } });
  };
  try {
    const list = await call(
      'logs.filter',
      { id, filter: toLogFilter(filter) },
      { signal: abort.signal, onEvent },
    );
    if (filtering.get(id) !== abort) return null;
    changeView(id, { filter, list, counting: null, aside: null });
    void searchAgain(id);
    return null;
  } catch (thrown) {
    if (filtering.get(id) === abort) changeView(id, { counting: null });
    const { kind, message } = toErrorData(thrown);
    if (kind === 'cancelled') return null;
    if (kind !== 'invalid-input') notifyError(thrown);
    return message;
  }
}

/** Shows a line among all the others; the filter is put aside and can be put back. */
export function showInWholeLog(id: string, line: number): void {
  const { filter, list } = viewOf(id);
  changeSearch(id, { only: false });
  if (list) {
    void applyFilter(id, NO_FILTER);
    changeView(id, { aside: filter });
  }
  jumpToLine(id, line);
}

/** Looks for `query` in what the filter shows, and goes to the match at or after the current line. */
export async function search(id: string, query: LogQuery): Promise<void> {
  const abort = restart(searching, id);
  if (query.text === '') {
    changeSearch(id, { query, found: null, counting: null, error: null, position: null, only: false });
    return;
  }
  const current = () => searching.get(id) === abort;
  const cancel = () => abort.abort();
  changeSearch(id, { query, error: null, counting: { count: 0, done: 0, cancel } });
  try {
    const found = await findIn(id, query, abort.signal, ({ count, done }) => {
      if (current()) changeSearch(id, { counting: { count, done, cancel } });
    });
    if (!current()) return;
    changeSearch(id, { found, counting: null, position: null });
    if (found.rows > 0) await goToMatch(id, found);
  } catch (thrown) {
    if (!current()) return;
    const { kind, message } = toErrorData(thrown);
    changeSearch(id, { counting: null, found: null, position: null, only: false });
    if (kind === 'cancelled') return;
    if (kind === 'invalid-input') changeSearch(id, { error: message });
    else notifyError(thrown);
  }
}

async function findIn(
  id: string,
  query: LogQuery,
  signal: AbortSignal,
  onEvent: (found: { count: number; done: number }) => void,
): Promise<LineList> {
  const ask = () => {
    const { list } = viewOf(id);
    return call('logs.search', { id, query, ...(list ? { view: list.view } : {}) }, { signal, onEvent });
  };
  try {
    return await ask();
  } catch (thrown) {
    if (!isGone(thrown) || !viewOf(id).list) throw thrown;
    await remakeList(id);
    return ask();
  }
}

/** After the list has changed under it. */
function searchAgain(id: string): Promise<void> {
  const { open, query } = viewOf(id).search;
  return open && query.text !== '' ? search(id, query) : Promise.resolve();
}

/** Goes to the match at or after the current line. */
async function goToMatch(id: string, found: LineList): Promise<void> {
  const place = await placeNear(readerOf(id, found), cursorOf(id).line);
  if (!place || viewOf(id).search.found !== found) return;
  changeSearch(id, { position: place.row });
  jumpToLine(id, place.line);
}

/** Goes to the next or previous match; from the last one on to the first. */
export function stepMatch(id: string, forward: boolean): Promise<void> {
  return inTurn(id, () => toMatch(id, forward));
}

async function toMatch(id: string, forward: boolean): Promise<void> {
  const { found } = viewOf(id).search;
  if (!found || found.rows === 0) return;
  try {
    const list = readerOf(id, found);
    const line = stepLine(id);
    let place = await (forward ? placeAfter(list, line) : placeBefore(list, line));
    if (!place) {
      const row = forward ? 1 : found.rows;
      place = { row, line: await list.lineAt(row) };
      say(id, forward ? 'Search went on at the first match.' : 'Search went on at the last match.');
    } else say(id, '');
    changeSearch(id, { position: place.row });
    jumpToLine(id, place.line);
  } catch (thrown) {
    if (!isGone(thrown)) return notifyError(thrown);
    await searchAgain(id);
  }
}

/** Makes the filtered list anew after the log process has let it go. */
export async function remakeList(id: string): Promise<void> {
  const { filter } = viewOf(id);
  if (!isEmpty(filter)) await remakeOnce(id, filter);
}

const remaking = new Map<string, Promise<void>>();

function remakeOnce(id: string, filter: Filter): Promise<void> {
  const running = remaking.get(id);
  if (running) return running;
  const made = call('logs.filter', { id, filter: toLogFilter(filter) })
    .then((list) => {
      // Another filter may be wanted by now.
      if (viewOf(id).filter === filter) changeView(id, { list });
    })
    .catch(notifyError)
    .finally(() => remaking.delete(id));
  remaking.set(id, made);
  return made;
}

/** Makes the lists anew over a log that has grown; the current match stays where it is. */
export async function refreshLists(id: string): Promise<void> {
  await remakeList(id);
  const { open, query, found } = viewOf(id).search;
  if (!open || !found) return;
  try {
    const grown = await findIn(id, query, new AbortController().signal, () => undefined);
    if (viewOf(id).search.found === found) changeSearch(id, { found: grown });
  } catch (thrown) {
    notifyError(thrown);
  }
}

export function openSearch(id: string): void {
  changeSearch(id, { open: true, serial: viewOf(id).search.serial + 1 });
}

/** Closes the search bar; its marks go with it. */
export function closeSearch(id: string): void {
  searching.get(id)?.abort();
  searching.delete(id);
  changeSearch(id, { open: false, found: null, counting: null, error: null, position: null, only: false });
}
