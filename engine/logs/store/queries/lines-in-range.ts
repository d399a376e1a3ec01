/** Blocks that hold lines $from .. $to. The compared columns are in order, so DuckDB skips the others. */
export function linesInRange(name: string, limit: number): string {
  return `SELECT first_line, last_line, bytes FROM ${name}.blocks
    WHERE first_line <= $to AND last_line >= $from ORDER BY first_line LIMIT ${Math.trunc(limit)}`;
}

/** Everything but the text of lines $from .. $to, in order. */
export function rowsInRange(name: string): string {
  return `SELECT l.severity, l.time, l.continues, l.source, s.pattern
    FROM ${name}.lines l LEFT JOIN ${name}.shapes s ON l.shape = s.id
    WHERE l.number BETWEEN $from AND $to ORDER BY l.number`;
}
