import { useEffect, useState } from 'react';
import { call } from '../../bridge';
import { useBookmarks } from '../bookmarks/bookmarks-store';
import { readerOf } from '../line-lists';
import { type LineList, useLogView } from '../view-store';

/** Up to so many matches each has its mark; of more, the first one of each part of the log. */
const MOST_EXACT = 300;
/** Where a filter is on, each mark costs a question. */
const MOST_IN_FILTER = 100;
const NONE: readonly number[] = [];

/** Where in the list there are matches and bookmarks, from 0 to 1. */
export function useTrackPlaces(
  id: string,
  lineCount: number,
): { matches: readonly number[]; bookmarks: readonly number[] } {
  const list = useLogView(id, (view) => view.list);
  const found = useLogView(id, (view) => (view.search.only ? null : view.search.found));
  const bookmarks = useBookmarks(id);
  const [matches, setMatches] = useState(NONE);
  useEffect(() => {
    if (!found || found.rows === 0) return setMatches(NONE);
    let over = false;
    placesOf(id, found, list, lineCount).then(
      (places) => {
        if (!over) setMatches(places);
      },
      // Marks are an extra; the search itself reports what went wrong.
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [id, found, list, lineCount]);
  // In a filtered list a bookmarked line may have no row.
  return {
    matches,
    bookmarks: list ? NONE : bookmarks.map(({ line }) => (line - 0.5) / Math.max(1, lineCount)),
  };
}

async function placesOf(
  id: string,
  found: LineList,
  list: LineList | null,
  lineCount: number,
): Promise<number[]> {
  const lines = await linesOf(id, found);
  if (!list) return lines.map((line) => (line - 0.5) / lineCount);
  const reader = readerOf(id, list);
  const step = Math.ceil(lines.length / MOST_IN_FILTER);
  const rows = await Promise.all(lines.filter((_, index) => index % step === 0).map(reader.rowOfLine));
  return rows.flatMap((row) => (row === null ? [] : [(row - 0.5) / list.rows]));
}

async function linesOf(id: string, { view, rows }: LineList): Promise<number[]> {
  if (rows <= MOST_EXACT) {
    const found = await call('logs.rows', { id, view, from: 1, count: rows });
    return found.map(({ number }) => number);
  }
  const { buckets } = await call('logs.histogram', { id, view, buckets: MOST_EXACT });
  return buckets.flatMap(({ firstLine }) => (firstLine === null ? [] : [firstLine]));
}
