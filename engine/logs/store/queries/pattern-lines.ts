import { lineEndsAsLf } from '../text-predicate';

/** Longest text of a line in which values are looked for, in characters. */
const TEXT_LIMIT = 2000;

/** Number, pattern and text of the lines from .. to of some patterns. */
export function linesOfPatterns(name: string, patterns: readonly number[], from: number, to: number): string {
  const range = `BETWEEN ${Math.trunc(from)} AND ${Math.trunc(to)}`;
  return `WITH
    wanted AS (SELECT l.number, s.pattern FROM ${name}.lines l JOIN ${name}.shapes s ON s.id = l.shape
      WHERE s.pattern IN (${patterns.map(Math.trunc).join(', ')}) AND l.number ${range}),
    texts AS (SELECT
        first_line + unnest(range(last_line - first_line + 1)) AS number,
        unnest(string_split(${lineEndsAsLf('decode(bytes)')}, chr(10))[:last_line - first_line + 1]) AS text
      FROM ${name}.blocks WHERE first_line <= ${Math.trunc(to)} AND last_line >= ${Math.trunc(from)})
    SELECT number::UINTEGER, pattern, left(text, ${TEXT_LIMIT}) FROM texts JOIN wanted USING (number)`;
}
