import { createHash } from 'node:crypto';

/** How alike in meaning one request is to the requests of the examples that ship with the app. */
export interface RequestMeaning {
  /** -1..1 between this request and an example's; null for one that has no vector. */
  cosine(exampleRequest: string): number | null;
  /** Positions in the list of examples of those most alike, the nearest first. */
  nearest(limit: number): number[];
}

/** The file of vectors beside the encoder: a row for each example, its key and then its bytes, in no given order. */
export const VECTORS_FILE = 'examples.vectors';
export const VECTOR_WIDTH = 384;
const KEY_BYTES = 8;
const ROW_BYTES = KEY_BYTES + VECTOR_WIDTH;

/** A vector of length 1 as signed bytes, its largest part 127. */
export function vectorBytes(vector: Float32Array): Int8Array {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int8Array.from(vector, (value) => Math.round((value / (largest || 1)) * 127));
}

/** A row of the file. A request that was changed has another key, so a stale row is never taken. */
export function vectorRow(request: string, vector: Float32Array): Uint8Array {
  const row = new Uint8Array(ROW_BYTES);
  row.set(keyOf(request));
  row.set(new Uint8Array(vectorBytes(vector).buffer), KEY_BYTES);
  return row;
}

/** The row of a request in a file that was written before, or null. */
export function keptRows(file: Uint8Array): (request: string) => Uint8Array | null {
  const rows = new Map<string, Uint8Array>();
  for (let start = 0; start + ROW_BYTES <= file.length; start += ROW_BYTES) {
    const row = file.subarray(start, start + ROW_BYTES);
    rows.set(Buffer.from(row.subarray(0, KEY_BYTES)).toString('hex'), row);
  }
  return (request) => rows.get(keyOf(request).toString('hex')) ?? null;
}

const keyOf = (request: string) => createHash('sha256').update(request).digest().subarray(0, KEY_BYTES);

/** Vectors of requests, out of the file's bytes. */
export class ExampleMeanings {
  /** Each request's row; -1 for one that has none. */
  private readonly rows: Int32Array;
  private readonly vectors: Int8Array;
  /** 1 / length of each row's vector. */
  private readonly inverses: Float32Array;
  private readonly places: ReadonlyMap<string, number>;

  constructor(requests: readonly string[], file: Uint8Array) {
    const count = Math.floor(file.length / ROW_BYTES);
    this.vectors = new Int8Array(file.buffer, file.byteOffset, file.length);
    const byKey = new Map<string, number>();
    this.inverses = new Float32Array(count);
    for (let row = 0; row < count; row++) {
      const start = row * ROW_BYTES;
      byKey.set(Buffer.from(file.subarray(start, start + KEY_BYTES)).toString('hex'), row);
      let squares = 0;
      for (let i = start + KEY_BYTES; i < start + ROW_BYTES; i++) squares += (this.vectors[i] as number) ** 2;
      this.inverses[row] = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    }
    this.rows = Int32Array.from(requests, (request) => byKey.get(keyOf(request).toString('hex')) ?? -1);
    this.places = new Map(requests.map((request, at) => [request, at]));
  }

  /** Requests without a vector. */
  get missing(): number {
    return this.rows.filter((row) => row < 0).length;
  }

  /** `vector`: float [384] of length 1. */
  of(vector: Float32Array): RequestMeaning {
    const cosines = Float32Array.from(this.rows, (row) => (row < 0 ? -1 : this.cosine(row, vector)));
    return {
      cosine: (request) => {
        const at = this.places.get(request);
        return at === undefined || (this.rows[at] as number) < 0 ? null : (cosines[at] as number);
      },
      nearest: (limit) =>
        Array.from(cosines.keys())
          .sort((a, b) => (cosines[b] as number) - (cosines[a] as number))
          .slice(0, Math.max(0, limit)),
    };
  }

  private cosine(row: number, vector: Float32Array): number {
    const start = row * ROW_BYTES + KEY_BYTES;
    let product = 0;
    for (let i = 0; i < VECTOR_WIDTH; i++)
      product += (vector[i] as number) * (this.vectors[start + i] as number);
    return product * (this.inverses[row] as number);
  }
}
