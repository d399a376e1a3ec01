import type { LogRow } from '../../contract/log-views';
import { lowestOf } from './order';

/** Lines before an error among which unusual ones are looked for. */
export const WINDOW_LINES = 40;
/** Most lines that are told of one error. */
const TOLD = 5;
/** A line is unusual where a stretch of this length has one like it by chance less often than this. */
const CHANCE = 0.2;

/**
 * Of the lines just before an error, the rarest ones that are not usual in such a stretch of the log, in their
 * order. `countOf` has the lines of each pattern in the whole log. Lines that continue a record and repeats of one
 * pattern are left out: the nearest to the error stands for them.
 */
export function unusualBefore(
  rows: readonly LogRow[],
  error: number,
  countOf: (pattern: number) => number,
  lineCount: number,
): LogRow[] {
  const nearest = new Map<number, LogRow>();
  for (const row of rows) {
    if (!row.continues && row.pattern !== error && row.text.trim() !== '') nearest.set(row.pattern, row);
  }
  const unusual = [...nearest.values()].filter((row) => {
    const share = Math.min(1, countOf(row.pattern) / lineCount);
    return 1 - (1 - share) ** WINDOW_LINES < CHANCE;
  });
  const told = lowestOf(unusual, (row) => countOf(row.pattern), TOLD);
  return lowestOf(told, ({ number }) => number, TOLD);
}
