/** For each of these lines its source, and its number among that source's lines. */
export function linesInSources(name: string, numbers: readonly number[]): string {
  const wanted = numbers.map((number) => Math.trunc(number)).join(', ');
  return `SELECT w.number, w.source, count(*) AS line
    FROM (SELECT number, source FROM ${name}.lines WHERE number IN (${wanted})) w
      JOIN ${name}.lines l ON l.source = w.source AND l.number <= w.number
    GROUP BY w.number, w.source ORDER BY w.number`;
}
