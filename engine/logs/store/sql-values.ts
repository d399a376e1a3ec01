import { type DuckDBResult, DuckDBTypeId } from '@duckdb/node-api';
import type { SqlResult } from '../../contract/log-views';
import { LINE_VIEW_LIMIT } from '../../contract/logs';

export type ColumnType = SqlResult['columns'][number]['type'];
type Row = SqlResult['rows'][number];

const NUMBERS: ReadonlySet<number> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
]);
const TIMES: ReadonlySet<number> = new Set([
  DuckDBTypeId.DATE,
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
]);

/**
 * A question that brings the columns of the view `answer` into the four types that a window shows: numbers as
 * doubles, times as milliseconds since 1970, everything else as text that is cut to LINE_VIEW_LIMIT characters.
 */
export function typedAnswer(columns: readonly { readonly typeId: number }[]): {
  sql: string;
  types: ColumnType[];
} {
  const types = columns.map(({ typeId }) => columnType(typeId));
  const names = columns.map((_, at) => `c${at}`);
  const values = types.map((type, at) => {
    if (type === 'number') return `c${at}::DOUBLE`;
    if (type === 'time') return `epoch_ms(c${at}::TIMESTAMP)::DOUBLE`;
    return type === 'boolean' ? `c${at}` : `left(c${at}::VARCHAR, ${LINE_VIEW_LIMIT})`;
  });
  return { sql: `SELECT ${values.join(', ')} FROM answer AS a(${names.join(', ')})`, types };
}

/** The first `most` rows of a typed answer. */
export async function readAnswer(
  result: DuckDBResult,
  types: readonly ColumnType[],
  most: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  while (rows.length < most) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    for (const row of chunk.getRows()) rows.push(row.map((value, at) => answerValue(value, types[at])));
  }
  return rows.slice(0, most);
}

function columnType(typeId: number): ColumnType {
  if (NUMBERS.has(typeId)) return 'number';
  if (TIMES.has(typeId)) return 'time';
  return typeId === DuckDBTypeId.BOOLEAN ? 'boolean' : 'text';
}

function answerValue(value: unknown, type: ColumnType | undefined): Row[number] {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  // Infinity and NaN are no numbers of a chart, nor of JSON.
  if (type === 'number' || type === 'time') return Number.isFinite(value) ? Number(value) : null;
  return String(value);
}
