import { sqlText } from '../sql-text';
import { quoteForRe2 } from '../text-predicate';

/**
 * Numbers of lines from .. to that have one of the words, and which of them as bits. A word stands as a whole:
 * no letter, digit or underscore beside it.
 */
export function linesWithWords(name: string, words: readonly string[], from: number, to: number): string {
  const anyWord = (text: string) => words.map((word) => `contains(${text}, ${sqlText(word)})`).join(' OR ');
  const bits = words.map((word, at) => {
    const whole = sqlText(`(?:^|\\W)${quoteForRe2(word)}(?:\\W|$)`);
    return `(CASE WHEN contains(text, ${sqlText(word)}) AND regexp_matches(text, ${whole}) THEN ${1 << at} ELSE 0 END)`;
  });
  return `WITH
    texts AS (SELECT first_line, last_line, decode(bytes) AS text FROM ${name}.blocks
      WHERE first_line <= ${Math.trunc(to)} AND last_line >= ${Math.trunc(from)}),
    lines AS (SELECT
        first_line + unnest(range(last_line - first_line + 1)) AS number,
        unnest(string_split(text, chr(10))[:last_line - first_line + 1]) AS text
      FROM texts WHERE ${anyWord('text')})
    SELECT number, words FROM (
      SELECT number::UINTEGER AS number, (${bits.join(' + ')})::UTINYINT AS words
      FROM lines WHERE (${anyWord('text')}) AND number BETWEEN ${Math.trunc(from)} AND ${Math.trunc(to)})
    WHERE words > 0`;
}
