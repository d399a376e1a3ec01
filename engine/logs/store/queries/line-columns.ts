/** Columns of lines from .. to, in order; NaN stands for no time. */
export function columnsInRange(name: string, from: number, to: number): string {
  return `SELECT shape, severity, coalesce(time::DOUBLE, 'nan'::DOUBLE), continues::UTINYINT
    FROM ${name}.lines WHERE number BETWEEN ${Math.trunc(from)} AND ${Math.trunc(to)}`;
}

/** Pattern of each shape. */
export function patternsOfShapes(name: string): string {
  return `SELECT id, pattern FROM ${name}.shapes WHERE pattern IS NOT NULL`;
}

/** One more than the greatest shape. */
export function shapeCount(name: string): string {
  return `SELECT coalesce(max(id) + 1, 0) AS shapes FROM ${name}.shapes`;
}

/** First line of each block of text, in order. */
export function blockStarts(name: string): string {
  return `SELECT first_line FROM ${name}.blocks ORDER BY first_line`;
}
