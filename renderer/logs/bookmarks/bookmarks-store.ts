import { create } from 'zustand';
import type { Bookmark } from '../../../engine/contract/log-views';
import { call } from '../../bridge';
import { notifyError } from '../../ui/notices';
import { say } from '../view-store';

const NONE: readonly Bookmark[] = [];

/** Bookmarks of each log, by line. The log process keeps them. */
export const useBookmarkStore = create<{
  readonly byDocument: Readonly<Record<string, readonly Bookmark[]>>;
}>(() => ({ byDocument: {} }));

export function useBookmarks(id: string): readonly Bookmark[] {
  return useBookmarkStore(({ byDocument }) => byDocument[id] ?? NONE);
}

export function bookmarksOf(id: string): readonly Bookmark[] {
  return useBookmarkStore.getState().byDocument[id] ?? NONE;
}

function put(id: string, bookmarks: readonly Bookmark[]): void {
  const sorted = [...bookmarks].sort((a, b) => a.line - b.line);
  useBookmarkStore.setState(({ byDocument }) => ({ byDocument: { ...byDocument, [id]: sorted } }));
}

export async function loadBookmarks(id: string): Promise<void> {
  try {
    put(id, await call('logs.bookmarks', { id }));
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Sets a bookmark, or takes it away where `note` is null. */
export async function setBookmark(id: string, line: number, note: string | null): Promise<void> {
  try {
    put(id, await call('logs.setBookmark', { id, line, note }));
  } catch (thrown) {
    notifyError(thrown);
  }
}

export async function toggleBookmark(id: string, line: number): Promise<void> {
  const known = bookmarksOf(id).some((bookmark) => bookmark.line === line);
  await setBookmark(id, line, known ? null : '');
  say(id, known ? `Bookmark of line ${line} removed.` : `Line ${line} bookmarked.`);
}
