import { BLOB, type DuckDBAppender, DuckDBDataChunk, type DuckDBType, UINTEGER } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** Rows in one DuckDB vector. */
const CHUNK_ROWS = 2048;

/** Values of one column, laid out as DuckDB lays out a vector of `type`. */
export interface Column {
  readonly type: DuckDBType;
  readonly values: Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;
  /** Where a value is null: NaN here. */
  readonly nulls?: Float64Array;
}

/**
 * Appends `rows` rows. Whole stretches of memory are handed over, as DuckDB's vectors have them: a call a value, which
 * the package's own appender makes, takes ten times as long.
 */
export function appendColumns(appender: DuckDBAppender, rows: number, columns: readonly Column[]): void {
  const chunk = DuckDBDataChunk.create(columns.map(({ type }) => type));
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const size = Math.min(CHUNK_ROWS, rows - start);
    // The appender copies what it is given, so one chunk serves for all.
    chunk.reset();
    chunk.rowCount = size;
    columns.forEach(({ values, nulls }, index) => {
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
      const width = values.BYTES_PER_ELEMENT;
      duckdb.copy_data_to_vector(vector, 0, values.buffer, values.byteOffset + start * width, size * width);
      const valid = nulls && validity(nulls, start, size);
      if (!valid) return;
      duckdb.vector_ensure_validity_writable(vector);
      duckdb.copy_data_to_vector_validity(vector, 0, valid.buffer, 0, valid.byteLength);
    });
    appender.appendDataChunk(chunk);
  }
}

/** Appends rows of numbers and, as the last column, bytes. */
export function appendBlobs(
  appender: DuckDBAppender,
  numbers: readonly Uint32Array<ArrayBuffer>[],
  blobs: readonly Uint8Array[],
): void {
  const chunk = DuckDBDataChunk.create([...numbers.map(() => UINTEGER), BLOB]);
  for (let start = 0; start < blobs.length; start += CHUNK_ROWS) {
    const size = Math.min(CHUNK_ROWS, blobs.length - start);
    chunk.reset();
    chunk.rowCount = size;
    numbers.forEach((values, index) => {
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
      duckdb.copy_data_to_vector(vector, 0, values.buffer, values.byteOffset + start * 4, size * 4);
    });
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, numbers.length);
    for (let row = 0; row < size; row++) {
      duckdb.vector_assign_string_element_len(vector, row, blobs[start + row] as Uint8Array);
    }
    appender.appendDataChunk(chunk);
  }
}

/** One bit a row, set where there is a value; null where all have one. */
function validity(nulls: Float64Array, start: number, size: number): Uint8Array<ArrayBuffer> | null {
  let bits: Uint8Array<ArrayBuffer> | null = null;
  for (let row = 0; row < size; row++) {
    if (!Number.isNaN(nulls[start + row])) continue;
    bits ??= new Uint8Array(Math.ceil(size / 64) * 8).fill(0xff);
    bits[row >> 3] = (bits[row >> 3] as number) & ~(1 << (row & 7));
  }
  return bits;
}

/** Whole numbers as 64-bit integers; NaN becomes 0. */
export function toInt64(values: Float64Array, length: number): BigInt64Array<ArrayBuffer> {
  const result = new BigInt64Array(length);
  // Two 32-bit halves: a BigInt a value would be an object a value.
  const halves = new Int32Array(result.buffer);
  for (let index = 0; index < length; index++) {
    const value = values[index] as number;
    halves[index * 2] = value;
    halves[index * 2 + 1] = Math.floor(value / 0x1_0000_0000);
  }
  return result;
}
