import type { SqlResult } from '../../../engine/contract/log-views';
import { formatTime } from '../log-time';

type Value = SqlResult['rows'][number][number];
type Column = SqlResult['columns'][number];

export interface Example {
  readonly title: string;
  readonly query: string;
}

/** Questions to start from, over the tables that every log has. */
export const EXAMPLES: readonly Example[] = [
  {
    title: 'Lines by severity',
    query: 'SELECT severity, count(*) AS lines\nFROM log\nGROUP BY severity\nORDER BY lines DESC',
  },
  {
    title: 'Errors over time',
    query:
      "SELECT date_trunc('minute', time) AS minute, count(*) AS errors\nFROM log\nWHERE severity IN ('error', 'fatal')\nGROUP BY minute\nORDER BY minute",
  },
  {
    title: 'Most frequent patterns of errors',
    query:
      "SELECT p.text, count(*) AS lines, min(l.line) AS line\nFROM log l JOIN patterns p ON p.pattern = l.pattern\nWHERE l.severity IN ('error', 'fatal')\nGROUP BY p.text\nORDER BY lines DESC\nLIMIT 20",
  },
  {
    title: 'Addresses by number of lines',
    query:
      "SELECT regexp_extract(text, '\\d+\\.\\d+\\.\\d+\\.\\d+') AS address, count(*) AS lines\nFROM log\nGROUP BY address\nHAVING address <> ''\nORDER BY lines DESC\nLIMIT 20",
  },
  {
    title: 'Longest lines',
    query: 'SELECT line, length(text) AS characters\nFROM log\nORDER BY characters DESC\nLIMIT 20',
  },
];

/** A value as the grid shows it; null is told from the text 'null' by its style. */
export function cellText(value: Value, { type }: Column): string {
  if (value === null) return 'null';
  if (type === 'time' && typeof value === 'number') return formatTime(value);
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(10)));
  return String(value);
}

/** The result as text for a spreadsheet: tabs between columns, no tab or line end inside a cell. */
export function toTsv({ columns, rows }: SqlResult): string {
  const clean = (text: string) => text.replace(/[\t\r\n]+/g, ' ');
  const lines = rows.map((row) =>
    columns.map((column, index) => {
      const value = row[index] ?? null;
      return value === null ? '' : clean(cellText(value, column));
    }),
  );
  return [columns.map(({ name }) => clean(name)), ...lines].map((cells) => cells.join('\t')).join('\n');
}

export interface ChartData {
  readonly kind: 'time' | 'number' | 'category';
  readonly xName: string;
  /** Of categories: their places; their names are in `labels`. */
  readonly x: readonly number[];
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

const MOST_SERIES = 6;

/**
 * What a chart can show of a result: the first column as x (a time, else a text, else a number when there are more),
 * each other column of numbers as a series. Null where there is nothing to draw.
 */
export function chartOf({ columns, rows }: SqlResult): ChartData | null {
  if (rows.length === 0) return null;
  const place = (type: Column['type']) => columns.findIndex((column) => column.type === type);
  const numbers = columns.flatMap(({ type }, index) => (type === 'number' ? [index] : []));
  const timeAt = place('time');
  const textAt = place('text');
  let xAt = timeAt >= 0 ? timeAt : textAt;
  if (xAt < 0 && numbers.length > 1) xAt = numbers[0] ?? -1;
  const kind = timeAt >= 0 ? 'time' : textAt >= 0 || xAt < 0 ? 'category' : 'number';
  const yAt = numbers.filter((index) => index !== xAt).slice(0, MOST_SERIES);
  if (yAt.length === 0) return null;
  const numeric = (value: Value | undefined) =>
    typeof value === 'number' && Number.isFinite(value) ? value : null;
  // uPlot wants x in order and without gaps.
  const points = rows
    .map((row, index) => ({ row, x: kind === 'category' ? index : numeric(row[xAt]) }))
    .filter((point): point is { row: Value[]; x: number } => point.x !== null);
  if (kind !== 'category') points.sort((a, b) => a.x - b.x);
  if (points.length === 0) return null;
  const xColumn = columns[xAt];
  return {
    kind,
    xName: xColumn?.name ?? 'row',
    x: points.map(({ x }) => x),
    labels:
      kind === 'category'
        ? points.map(({ row, x }) => (xColumn ? cellText(row[xAt] ?? null, xColumn) : String(x + 1)))
        : [],
    series: yAt.map((index) => ({
      name: columns[index]?.name ?? '',
      values: points.map(({ row }) => numeric(row[index])),
    })),
  };
}

/** Where in a query an error is, as its message ends: 'At line 2, character 6.' Null where it does not say so. */
export function errorPlace(message: string, query: string): number | null {
  const [, line, character] = /At line (\d+), character (\d+)\./.exec(message) ?? [];
  const lines = query.split('\n');
  const text = lines[Number(line) - 1];
  if (text === undefined) return null;
  const start = lines.slice(0, Number(line) - 1).reduce((sum, earlier) => sum + earlier.length + 1, 0);
  return start + Math.min(Number(character) - 1, text.length);
}
