import { LINE_VIEW_LIMIT } from '../../../contract/logs';
import { lineEndsAsLf } from '../text-predicate';

/**
 * Text of each of these lines, in order; `start` is the first line of the block that it stands in. Asked in this
 * way DuckDB reads the bytes of just these blocks; with IN it reads those of all blocks between.
 */
export function textsOfLines(
  name: string,
  places: readonly { readonly number: number; readonly start: number }[],
): string {
  const starts = [...new Set(places.map(({ start }) => start))];
  return `WITH
    wanted(number, start) AS (VALUES ${places.map(({ number, start }) => `(${number}, ${start})`).join(', ')}),
    texts AS (SELECT first_line, string_split(${lineEndsAsLf('decode(bytes)')}, chr(10)) AS lines
      FROM ${name}.blocks
      WHERE first_line BETWEEN ${starts[0]} AND ${starts.at(-1)}
        AND list_contains([${starts.join(', ')}]::UINTEGER[], first_line))
    SELECT number, left(lines[number - start + 1], ${LINE_VIEW_LIMIT}) AS text
    FROM wanted JOIN texts ON first_line = start ORDER BY number`;
}

/** Everything but the text of these lines, in order. */
export function rowsOfLines(name: string, numbers: readonly number[]): string {
  return `SELECT l.number, l.severity, l.time, l.continues, l.source, s.pattern
    FROM ${name}.lines l LEFT JOIN ${name}.shapes s ON l.shape = s.id
    WHERE l.number IN (${numbers.join(', ')}) ORDER BY l.number`;
}
