import { AppError } from '../contract/errors';
import type { DecoderShape } from './config';
import { bytesOf, type CacheNumber, rowBytes, SealedRows, TILE } from './kv-rows';

export interface CacheForm {
  readonly k: CacheNumber;
  readonly v: CacheNumber;
}

/** By name, as settings and benches give them. */
export const CACHE_FORMS = {
  fp32: { k: 'fp32', v: 'fp32' },
  fp16: { k: 'fp16', v: 'fp16' },
  int8: { k: 'int8', v: 'int8' },
  /** K, which DiffQKV has few heads of, as it is; V in a quarter of the bytes. */
  mixed: { k: 'fp32', v: 'int8' },
} as const satisfies Record<string, CacheForm>;
export type CacheFormName = keyof typeof CACHE_FORMS;

/**
 * The form that is used where nobody asks for another. K of one head stays fp32: its products are faster so, and it is
 * little. K of several heads is most of the cache, and int8 costs perplexity nothing (engine/bench/results/quality.md).
 * `exactBytes`: see int8ProductsAreExact.
 */
export function defaultCacheForm({ n_k }: DecoderShape, exactBytes: boolean): CacheFormName {
  if (!exactBytes) return 'fp32';
  return n_k === 1 ? 'mixed' : 'int8';
}

/** Rows of all branches, see `append`. */
export const SHARED = -1;

/** Open rows are padded to whole steps of this many, so that a step's shapes change seldom. */
const STEP = 32;
/** Open rows at which the oldest tile is sealed: the newest ones always stay exact. */
const SEAL_AT = TILE + STEP;

/** One layer's rows as the graph takes them. */
export interface LayerRows {
  readonly sealedK: SealedRows;
  readonly sealedV: SealedRows;
  /** fp32 [n_k, openRows, d_k] and [n_v, openRows, d_v]; rows from `openCount` on hold leftovers. */
  readonly openK: Float32Array;
  readonly openV: Float32Array;
}

/** How many tokens a cache's bytes are of: `sealedTiles` whole tiles and `openCount` open rows. */
export interface RowCounts {
  readonly sealedTiles: number;
  readonly openCount: number;
}

/**
 * The only owner of K and V. A layer's oldest rows are sealed in tiles, in the numbers that `form` names; the newest are
 * open, fp32, and may belong to a branch: one of several continuations that share all that is sealed.
 */
export class KvCache {
  #sealedTiles = 0;
  #openCount = 0;
  #openRows = STEP;
  #owners: number[] = [];
  #layers: { sealedK: SealedRows; sealedV: SealedRows; k: Float32Array; v: Float32Array }[];
  /** Changes whenever a view that `layers` gave is no longer the right one. */
  #revision = 0;

  constructor(
    readonly shape: DecoderShape,
    readonly capacity: number,
    readonly form: CacheForm = CACHE_FORMS.fp32,
  ) {
    const { n_k, n_v, d_k, d_v } = shape;
    const tiles = Math.ceil(capacity / TILE);
    this.#layers = Array.from({ length: shape.layers }, () => ({
      sealedK: new SealedRows(n_k, d_k, tiles, form.k, true),
      sealedV: new SealedRows(n_v, d_v, tiles, form.v, false),
      k: new Float32Array(n_k * STEP * d_k),
      v: new Float32Array(n_v * STEP * d_v),
    }));
  }

  /** Cached tokens, those of all branches included. */
  get length(): number {
    return this.#sealedTiles * TILE + this.#openCount;
  }

  get sealedTiles(): number {
    return this.#sealedTiles;
  }

  /** Open rows that hold tokens. */
  get openCount(): number {
    return this.#openCount;
  }

  /** Rows of the open views, a multiple of 32. */
  get openRows(): number {
    return this.#openRows;
  }

  get revision(): number {
    return this.#revision;
  }

  /** The branch of each open row, or SHARED. */
  get owners(): readonly number[] {
    return this.#owners;
  }

  /** Views of every layer, right until `revision` changes. */
  layers(): LayerRows[] {
    return this.#layers.map(({ sealedK, sealedV, k, v }) => ({ sealedK, sealedV, openK: k, openV: v }));
  }

  /**
   * Adds `count` tokens: `k` is [layers, n_k, count, d_k], `v` [layers, n_v, count, d_v]. `owners` names each token's
   * branch; without it they are everybody's. While a branch has rows nothing is sealed.
   */
  append(k: Float32Array, v: Float32Array, count: number, owners?: readonly number[]): void {
    this.checkRoom(count);
    this.#growOpen(this.#openCount + count);
    const { n_k, n_v, d_k, d_v } = this.shape;
    this.#layers.forEach((layer, index) => {
      copyRows(k, index * n_k, count, layer.k, this.#openCount, this.#openRows, n_k, d_k);
      copyRows(v, index * n_v, count, layer.v, this.#openCount, this.#openRows, n_v, d_v);
    });
    this.#openCount += count;
    for (let i = 0; i < count; i++) this.#owners.push(owners?.[i] ?? SHARED);
    if (this.#owners.every((owner) => owner === SHARED)) this.#seal();
  }

  /** Forgets all but the first `length` tokens. Rows of a tile that is cut open come back as they were kept. */
  truncate(length: number): void {
    if (length < 0 || length > this.length)
      throw new AppError('internal', `Cannot truncate the KV cache to ${length}.`);
    const sealed = this.#sealedTiles * TILE;
    if (length < sealed) {
      const tile = Math.floor(length / TILE);
      const rest = length - tile * TILE;
      this.#sealedTiles = tile;
      this.#openCount = 0;
      this.#resizeOpen(padded(rest));
      for (const { sealedK, sealedV, k, v } of this.#layers) {
        sealedK.unseal(tile, rest, k, this.#openRows);
        sealedV.unseal(tile, rest, v, this.#openRows);
      }
      this.#openCount = rest;
      this.#owners = Array.from({ length: rest }, () => SHARED);
    } else {
      this.#openCount = length - sealed;
      this.#owners.length = this.#openCount;
      this.#resizeOpen(padded(this.#openCount));
    }
  }

  /**
   * The first `length` tokens as bytes, which is what the cache would hold after truncate(length). For each layer: K's
   * sealed tiles and their scales, V's, open K fp32 [n_k, openCount, d_k], open V [n_v, openCount, d_v]. Views, right
   * until the cache changes. Throws AppError('internal') if some of these tokens are one branch's.
   */
  exportRows(length: number): RowCounts & { readonly bytes: readonly Uint8Array[] } {
    const sealed = this.#sealedTiles * TILE;
    if (length > this.length || this.#owners.slice(0, Math.max(0, length - sealed)).some((o) => o !== SHARED))
      throw new AppError('internal', `The KV cache does not hold ${length} tokens of everybody's.`);
    const sealedTiles = Math.min(this.#sealedTiles, Math.floor(length / TILE));
    const openCount = length - sealedTiles * TILE;
    if (length >= sealed) return { sealedTiles, openCount, bytes: this.#bytes(sealedTiles, openCount) };
    const opened = (rows: SealedRows, heads: number, width: number) => {
      const open = new Float32Array(heads * openCount * width);
      rows.unseal(sealedTiles, openCount, open, openCount);
      return bytesOf(open);
    };
    const { n_k, n_v, d_k, d_v } = this.shape;
    const bytes = this.#layers.flatMap(({ sealedK, sealedV }) => [
      ...sealedK.bytes(sealedTiles),
      ...sealedV.bytes(sealedTiles),
      opened(sealedK, n_k, d_k),
      opened(sealedV, n_v, d_v),
    ]);
    return { sealedTiles, openCount, bytes };
  }

  /** Holds what exportRows gave, end to end, of a cache with the same shape and form; nothing else any more. */
  importRows({ sealedTiles, openCount }: RowCounts, bytes: Uint8Array): void {
    if (bytes.length !== keptBytes(this.shape, this.form, { sealedTiles, openCount }))
      throw new AppError('internal', 'Rows for the KV cache are not as many bytes as they should be.');
    if (sealedTiles * TILE + openCount > this.capacity)
      throw new AppError('internal', 'Rows for the KV cache are more than it has room for.');
    this.truncate(0);
    this.#resizeOpen(padded(openCount));
    let from = 0;
    for (const part of this.#bytes(sealedTiles, openCount)) {
      part.set(bytes.subarray(from, from + part.length));
      from += part.length;
    }
    this.#sealedTiles = sealedTiles;
    this.#openCount = openCount;
    this.#owners = Array.from({ length: openCount }, () => SHARED);
  }

  dispose(): void {
    this.#sealedTiles = 0;
    this.#openCount = 0;
    this.#owners = [];
    this.#layers = [];
    this.#revision++;
  }

  /** Throws AppError('internal') if `count` tokens more do not fit. */
  checkRoom(count: number): void {
    if (this.length + count > this.capacity) throw new AppError('internal', 'The KV cache is full.');
  }

  /** The memory of the first `sealedTiles` tiles and `openCount` open rows, in the order of exportRows. */
  #bytes(sealedTiles: number, openCount: number): Uint8Array[] {
    const { n_k, n_v, d_k, d_v } = this.shape;
    const open = (rows: Float32Array, heads: number, width: number) =>
      Array.from({ length: heads }, (_, head) => {
        const from = head * this.#openRows * width;
        return bytesOf(rows.subarray(from, from + openCount * width));
      });
    return this.#layers.flatMap(({ sealedK, sealedV, k, v }) => [
      ...sealedK.bytes(sealedTiles),
      ...sealedV.bytes(sealedTiles),
      ...open(k, n_k, d_k),
      ...open(v, n_v, d_v),
    ]);
  }

  #seal(): void {
    if (this.#openCount < SEAL_AT) return;
    const { n_k, n_v, d_k, d_v } = this.shape;
    while (this.#openCount >= SEAL_AT) {
      for (const { sealedK, sealedV, k, v } of this.#layers) {
        sealedK.seal(this.#sealedTiles, k, this.#openRows);
        sealedV.seal(this.#sealedTiles, v, this.#openRows);
        moveDown(k, n_k, this.#openRows, d_k, this.#openCount);
        moveDown(v, n_v, this.#openRows, d_v, this.#openCount);
      }
      this.#sealedTiles++;
      this.#openCount -= TILE;
    }
    this.#owners.length = this.#openCount;
    this.#resizeOpen(padded(this.#openCount));
    this.#revision++;
  }

  #growOpen(count: number): void {
    if (count > this.#openRows) this.#resizeOpen(padded(count));
  }

  /** Lays the open rows out anew, `rows` a head. */
  #resizeOpen(rows: number): void {
    this.#revision++;
    if (rows === this.#openRows) return;
    const { n_k, n_v, d_k, d_v } = this.shape;
    for (const layer of this.#layers) {
      layer.k = laidOut(layer.k, n_k, this.#openRows, rows, d_k);
      layer.v = laidOut(layer.v, n_v, this.#openRows, rows, d_v);
    }
    this.#openRows = rows;
  }
}

/** Bytes of K and V, all layers, that one sealed token takes. */
export function cacheBytesPerToken(shape: DecoderShape, form: CacheForm): number {
  const { layers, n_k, n_v, d_k, d_v } = shape;
  return layers * (n_k * rowBytes(form.k, d_k) + n_v * rowBytes(form.v, d_v));
}

/** Bytes that exportRows gives for so many rows. */
export function keptBytes(
  shape: DecoderShape,
  form: CacheForm,
  { sealedTiles, openCount }: RowCounts,
): number {
  const { layers, n_k, n_v, d_k, d_v } = shape;
  const openToken = layers * (n_k * d_k + n_v * d_v) * Float32Array.BYTES_PER_ELEMENT;
  return sealedTiles * TILE * cacheBytesPerToken(shape, form) + openCount * openToken;
}

const padded = (count: number) => Math.max(STEP, Math.ceil(count / STEP) * STEP);

/** Rows `from` [.., heads, count, width], starting at head `fromHead`, to rows `at` of `to` [heads, stride, width]. */
function copyRows(
  from: Float32Array,
  fromHead: number,
  count: number,
  to: Float32Array,
  at: number,
  stride: number,
  heads: number,
  width: number,
): void {
  for (let head = 0; head < heads; head++) {
    const start = (fromHead + head) * count * width;
    to.set(from.subarray(start, start + count * width), (head * stride + at) * width);
  }
}

/** Moves rows TILE to `count` of every head to its start. */
function moveDown(rows: Float32Array, heads: number, stride: number, width: number, count: number): void {
  for (let head = 0; head < heads; head++) {
    const start = head * stride * width;
    rows.copyWithin(start, start + TILE * width, start + count * width);
  }
}

function laidOut(
  rows: Float32Array,
  heads: number,
  stride: number,
  newStride: number,
  width: number,
): Float32Array {
  const result = new Float32Array(heads * newStride * width);
  const kept = Math.min(stride, newStride) * width;
  for (let head = 0; head < heads; head++)
    result.set(rows.subarray(head * stride * width, head * stride * width + kept), head * newStride * width);
  return result;
}
