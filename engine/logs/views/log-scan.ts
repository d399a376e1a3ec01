import type { Histogram } from '../../contract/log-views';
import type { DocumentReader } from '../store/document-reader';
import { type LineColumns, lineColumns } from '../store/line-columns';
import { HistogramCounts, logAxis, TimeSpan } from './histogram';
import type { LineList } from './line-list';
import type { LogFacts } from './log-state';

/** Gives every part of a question all lines of the log, or the first ones up to the last of a list. */
export async function scan(
  reader: DocumentReader,
  { lineCount }: LogFacts,
  list: LineList | null,
  parts: readonly { add(columns: LineColumns): void }[],
  signal?: AbortSignal,
): Promise<void> {
  // From the first line on, as lines take their time from those before them.
  const to = list ? (list.at(-1) ?? 0) : lineCount;
  if (to === 0) return;
  for await (const columns of lineColumns(reader, { to, signal }))
    for (const part of parts) part.add(columns);
}

/** Histogram of a log, or of a list with an axis of its own that begins and ends with it. */
export async function histogram(
  reader: DocumentReader,
  state: LogFacts,
  list: LineList | null,
  buckets: number,
  signal?: AbortSignal,
): Promise<Histogram> {
  const { clock, lineCount } = state;
  let range = clock?.range ?? null;
  if (clock && list) {
    const span = new TimeSpan(clock, list);
    await scan(reader, state, list, [span], signal);
    range = span.range ?? range;
  }
  const lines = { from: list?.[0] ?? 1, to: list?.at(-1) ?? Math.max(1, lineCount) };
  const counts = new HistogramCounts(logAxis(range, lines, buckets), clock, list);
  await scan(reader, state, list, [counts], signal);
  return counts.finish();
}
