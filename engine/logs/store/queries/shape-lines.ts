/** The first and last line of each shape, with its pattern; shapes that no pattern has yet are left out. */
export function firstLinesOfShapes(name: string): string {
  return `SELECT s.pattern, min(l.number) AS number, max(l.number) AS last, arg_min(l.continues, l.number) AS continues, count(*) AS lines
    FROM ${name}.lines l JOIN ${name}.shapes s ON l.shape = s.id
    WHERE s.pattern IS NOT NULL GROUP BY s.pattern, l.shape ORDER BY number`;
}
