import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { AppError } from '../../../engine/contract/errors';
import type { LogRow } from '../../../engine/contract/log-views';
import { call } from '../../bridge';
import { notifyError } from '../../ui/notices';
import { isGone } from '../line-lists';
import { refreshLists, remakeList } from '../view-actions';
import { type LogViewState, shownList, viewOf } from '../view-store';
import { PageCache } from './page-cache';

/** What the list shows, as text: two states with the same key have the same rows, but for those that were added. */
export function listKey(view: LogViewState): string {
  if (!shownList(view)) return '';
  const { filter, search } = view;
  return JSON.stringify(search.only && search.found ? [filter, search.query] : [filter]);
}

/** Rows of the list that is shown now; `key` is the list that they are wanted of. */
export async function fetchShown(
  id: string,
  key: string,
  from: number,
  count: number,
): Promise<readonly LogRow[]> {
  const view = viewOf(id);
  if (listKey(view) !== key) throw new AppError('cancelled', 'Another list is shown now.');
  const list = shownList(view);
  if (!list) return call('logs.lines', { id, from, count });
  try {
    return await call('logs.rows', { id, view: list.view, from, count });
  } catch (thrown) {
    if (!isGone(thrown)) throw thrown;
    await (view.search.only ? refreshLists(id) : remakeList(id));
    throw new AppError('cancelled', 'The list was made anew.');
  }
}

/** The rows of the list that is shown, as far as they are here. */
export function useRows(id: string, key: string, rowCount: number, view: string | null): PageCache {
  const cache = useMemo(
    () => new PageCache((from, count) => fetchShown(id, key, from, count), notifyError),
    [id, key],
  );
  useSyncExternalStore(cache.subscribe, cache.version);
  useEffect(() => {
    // A list that was made anew has another name, and rows that failed may be there now.
    void view;
    cache.grow(rowCount);
  }, [cache, rowCount, view]);
  return cache;
}
