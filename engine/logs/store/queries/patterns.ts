/** Every pattern with its counts. */
export function patterns(name: string): string {
  return `SELECT id, key, severity, text, count, first_line, last_line FROM ${name}.patterns ORDER BY id`;
}
