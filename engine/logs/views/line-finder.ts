import type { LogFilter, LogQuery } from '../../contract/log-views';
import type { DocumentReader } from '../store/document-reader';
import { lineColumns } from '../store/line-columns';
import { checkQueries } from '../store/line-matches';
import { textPredicate } from '../store/text-predicate';
import { ColumnFilter } from './filter';
import { type LineList, LineListBuilder, lowerBound } from './line-list';
import type { LogFacts, LogState } from './log-state';
import { type Report, searchText } from './text-search';

export interface Running {
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** What is known already of the same question: its lines before line `from`. */
export interface KnownLines {
  readonly lines: LineList;
  readonly from: number;
}

/** Lines known from when the log ended at line `lineCount`; the last one may have been half written. */
export function knownBefore(lines: LineList, lineCount: number): KnownLines {
  return { lines: lines.subarray(0, lowerBound(lines, lineCount)), from: lineCount };
}

/** Whether a line that it lets through, or not, stays so when the log grows: it depends on that line alone. */
export function isLasting({ time, onlyPatterns, hidePatterns }: LogFilter): boolean {
  return !time && !onlyPatterns && hidePatterns.length === 0;
}

/** The lines that a filter lets through. */
export async function filterLines(
  reader: DocumentReader,
  state: LogFacts,
  filter: LogFilter,
  bookmarked: LineList,
  known: KnownLines | undefined,
  running: Running,
): Promise<LineList> {
  const { include, exclude } = filter;
  await checkQueries(reader, [...include, ...exclude]);
  const hasText = include.length + exclude.length > 0;
  const columns = new ColumnFilter(filter, { ...state, bookmarked });
  if (columns.isOpen && hasText) {
    const predicate = textPredicate(include, exclude);
    return searchText(reader, state, { predicate, candidates: null, known, ...running });
  }

  const found = new LineListBuilder(hasText ? undefined : known?.lines);
  const { from, to } = columns.range(state.lineCount);
  for await (const step of lineColumns(reader, {
    from: Math.max(from, known?.from ?? 1),
    to,
    signal: running.signal,
  })) {
    columns.addTo(found, step);
  }
  const candidates = columns.bookmarkedOf(found.finish());
  if (!hasText) return candidates;
  const predicate = textPredicate(include, exclude);
  return searchText(reader, state, { predicate, candidates, known, ...running });
}

/** The lines of a list, or of the whole log, that a query finds. */
export async function findLines(
  reader: DocumentReader,
  state: LogState,
  query: LogQuery,
  candidates: LineList | null,
  known: KnownLines | undefined,
  running: Running,
): Promise<LineList> {
  await checkQueries(reader, [query]);
  return searchText(reader, state, { predicate: textPredicate([query]), candidates, known, ...running });
}
