import type { DuckDBDataChunk } from '@duckdb/node-api';
import { asNumber, type DocumentReader } from './document-reader';
import { columnsInRange, patternsOfShapes, shapeCount } from './queries/line-columns';

/** What is stored of some lines that follow each other, one entry a line. The arrays are used again: copy what stays. */
export interface LineColumns {
  /** Number of the first of them. */
  readonly first: number;
  readonly count: number;
  readonly shapes: Uint32Array;
  /** Places in the contract's list of severities. */
  readonly severities: Uint8Array;
  /** Milliseconds since 1970, UTC, of the line's own header; NaN where it has none. */
  readonly times: Float64Array;
  /** 1 for a line of a record that an earlier line began. */
  readonly continues: Uint8Array;
}

/** Rows of one DuckDB vector, and so of one step. */
const STEP = 2048;

/** Lines from .. to in order, some thousand a step; ten million take about half a second and no memory. */
export async function* lineColumns(
  reader: DocumentReader,
  {
    from = 1,
    to = 0xffff_ffff,
    signal,
  }: { from?: number; to?: number; signal?: AbortSignal | undefined } = {},
): AsyncGenerator<LineColumns> {
  const shapes = new Uint32Array(STEP);
  const severities = new Uint8Array(STEP);
  const times = new Float64Array(STEP);
  const continues = new Uint8Array(STEP);
  let first = from;
  for await (const chunk of reader.stream(columnsInRange(reader.name, from, to), signal)) {
    const count = chunk.rowCount;
    copyColumn(chunk, 0, shapes);
    copyColumn(chunk, 1, severities);
    copyColumn(chunk, 2, times);
    copyColumn(chunk, 3, continues);
    yield { first, count, shapes, severities, times, continues };
    first += count;
  }
}

/** Numbers of a column that has no nulls. */
export function copyColumn<T extends Uint32Array | Uint8Array | Float64Array>(
  chunk: DuckDBDataChunk,
  column: number,
  into: T,
): void {
  const vector = chunk.getColumnVector(column);
  // The vector's own array, which its class keeps private: `getItem` looks at each row's validity and takes
  // 40 ns a number, as long as DuckDB needs for ten.
  const { items } = vector as unknown as { items?: unknown };
  if (items instanceof into.constructor) into.set(items as T);
  else for (let row = 0; row < chunk.rowCount; row++) into[row] = vector.getItem(row) as number;
}

/** Stands for the pattern of a shape that has none yet. */
export const NO_PATTERN = 0xffff_ffff;

/** Pattern of each shape. */
export async function shapePatterns(reader: DocumentReader): Promise<Uint32Array> {
  const [row] = await reader.rows(shapeCount(reader.name));
  const patterns = new Uint32Array(asNumber(row?.shapes)).fill(NO_PATTERN);
  for await (const chunk of reader.stream(patternsOfShapes(reader.name))) {
    const ids = new Uint32Array(chunk.rowCount);
    const of = new Uint32Array(chunk.rowCount);
    copyColumn(chunk, 0, ids);
    copyColumn(chunk, 1, of);
    ids.forEach((id, at) => {
      patterns[id] = of[at] ?? NO_PATTERN;
    });
  }
  return patterns;
}
