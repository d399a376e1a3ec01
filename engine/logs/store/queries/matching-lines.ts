import type { TextPredicate } from '../text-predicate';

/**
 * Numbers of the lines from .. to whose text a predicate lets through, in order. Whole blocks are looked
 * through first: lines are made only of blocks that can hold a match.
 */
export function matchingLines(name: string, predicate: TextPredicate, from: number, to: number): string {
  const inBlock = predicate.block('text');
  return `WITH
    texts AS (SELECT first_line, last_line, ${predicate.blockText('bytes')} AS text FROM ${name}.blocks
      WHERE first_line <= ${Math.trunc(to)} AND last_line >= ${Math.trunc(from)}),
    lines AS (SELECT
        first_line + unnest(range(last_line - first_line + 1)) AS number,
        unnest(string_split(text, chr(10))[:last_line - first_line + 1]) AS text
      FROM texts ${inBlock === null ? '' : `WHERE ${inBlock}`})
    SELECT number::UINTEGER FROM lines
    WHERE ${predicate.line('text')} AND number BETWEEN ${Math.trunc(from)} AND ${Math.trunc(to)}`;
}
