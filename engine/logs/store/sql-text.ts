/**
 * A text as it stands in SQL. Used where a value must be a constant for DuckDB: a pattern is then compiled
 * once and not for each row. NUL, which would end the statement, becomes RE2's name for it.
 */
export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''").replaceAll('\0', '\\x00')}'`;
}
