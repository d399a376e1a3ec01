import { AppError } from '../contract/errors';

/** How K or V rows are kept once they are sealed. */
export const CACHE_NUMBERS = ['fp32', 'fp16', 'int8'] as const;
export type CacheNumber = (typeof CACHE_NUMBERS)[number];

/** Rows that are sealed together. A tile of V is one block of the product with the probabilities. */
export const TILE = 128;

type Values = Float32Array | Uint16Array | Uint8Array | Int8Array;

/**
 * Sealed rows of one layer's K or V in whole tiles: [tiles, heads, TILE, width], so that they grow in place and any
 * number of tiles is one contiguous view. int8 keeps one scale a row, the row's largest magnitude over 127; as unsigned
 * bytes with zero point 128 where `unsigned`, which is what onnxruntime takes as the left operand of a product.
 *
 * The whole context is reserved at once: the operating system backs such zero-filled pages with memory only when they
 * are first written, so a short conversation stays small.
 */
export class SealedRows {
  readonly #values: Values;
  readonly #scales: Float32Array | null;

  constructor(
    private readonly heads: number,
    private readonly width: number,
    capacityTiles: number,
    readonly number: CacheNumber,
    private readonly unsigned: boolean,
  ) {
    const rows = capacityTiles * heads * TILE;
    this.#values = emptyValues(number, unsigned, rows * width);
    this.#scales = number === 'int8' ? new Float32Array(rows) : null;
  }

  /** The first `tiles` tiles, a view that shares this memory. */
  values(tiles: number): Values {
    return this.#values.subarray(0, tiles * this.heads * TILE * this.width);
  }

  /** Scales of the first `tiles` tiles, [tiles, heads, TILE]; null where rows are kept as floats. */
  scales(tiles: number): Float32Array | null {
    return this.#scales?.subarray(0, tiles * this.heads * TILE) ?? null;
  }

  /** The first `tiles` tiles and their scales as bytes that share this memory, to keep them on disk and fetch them back. */
  bytes(tiles: number): Uint8Array[] {
    const scales = this.scales(tiles);
    return (scales ? [this.values(tiles), scales] : [this.values(tiles)]).map(bytesOf);
  }

  /** Writes rows 0 to TILE - 1 of `open` [heads, stride, width] as tile number `tile`. */
  seal(tile: number, open: Float32Array, stride: number): void {
    const { heads, width } = this;
    const size = TILE * width;
    for (let head = 0; head < heads; head++) {
      const from = head * stride * width;
      const to = (tile * heads + head) * size;
      if (this.#values instanceof Float32Array) this.#values.set(open.subarray(from, from + size), to);
      else if (this.#values instanceof Uint16Array)
        for (let i = 0; i < size; i++) this.#values[to + i] = toHalf(open[from + i] as number);
      else this.#quantize(open, from, to);
    }
  }

  /** Puts the first `count` rows of a sealed tile back into `open` [heads, stride, width]. */
  unseal(tile: number, count: number, open: Float32Array, stride: number): void {
    const { heads, width } = this;
    const zero = this.unsigned ? 128 : 0;
    for (let head = 0; head < heads; head++) {
      const from = (tile * heads + head) * TILE * width;
      const to = head * stride * width;
      for (let i = 0; i < count * width; i++) {
        const value = this.#values[from + i] as number;
        if (this.number === 'int8') {
          const row = (tile * heads + head) * TILE + Math.floor(i / width);
          open[to + i] = (value - zero) * (this.#scales?.[row] as number);
        } else open[to + i] = this.number === 'fp16' ? fromHalf(value) : value;
      }
    }
  }

  #quantize(open: Float32Array, from: number, to: number): void {
    const { width } = this;
    const values = this.#values;
    const scales = this.#scales as Float32Array;
    const zero = this.unsigned ? 128 : 0;
    for (let row = 0; row < TILE; row++) {
      const start = from + row * width;
      let largest = 0;
      let total = 0;
      for (let i = start; i < start + width; i++) {
        const size = Math.abs(open[i] as number);
        if (size > largest) largest = size;
        total += size;
      }
      // A row with one NaN would become bytes that look like any other's.
      if (!Number.isFinite(total)) throw notFinite();
      const scale = largest > 0 ? largest / 127 : 1;
      const inverse = 1 / scale;
      const out = to + row * width;
      for (let i = 0; i < width; i++)
        values[out + i] = Math.round((open[start + i] as number) * inverse) + zero;
      scales[to / width + row] = scale;
    }
  }
}

export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function emptyValues(number: CacheNumber, unsigned: boolean, size: number): Values {
  if (number === 'fp32') return new Float32Array(size);
  if (number === 'fp16') return new Uint16Array(size);
  return unsigned ? new Uint8Array(size) : new Int8Array(size);
}

/** Bytes of one cached row of `width` numbers, its scale included. */
export function rowBytes(number: CacheNumber, width: number): number {
  switch (number) {
    case 'fp32':
      return 4 * width;
    case 'fp16':
      return 2 * width;
    case 'int8':
      return width + Float32Array.BYTES_PER_ELEMENT;
  }
}

const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

/** 65,504. */
const LARGEST_HALF = 0x7bff;

/**
 * An fp32 number to the bits of the nearest fp16 one; halfway to the one whose last bit is 0, as IEEE 754 and
 * onnxruntime's casts round. Beyond fp16's range, infinity included, it gives the largest finite number: a score
 * that is a little off is better than an infinite one.
 */
export function toHalf(value: number): number {
  FLOAT[0] = value;
  const bits = BITS[0] as number;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  if (Number.isNaN(value)) throw notFinite();
  if (exponent >= 31) return sign | LARGEST_HALF;
  if (exponent < -10) return sign;
  // Normal halves drop 13 bits of the fraction; subnormal ones, which have no implied 1, drop more.
  const fraction = bits & 0x7fffff;
  const isNormal = exponent > 0;
  const kept = isNormal ? (exponent << 23) | fraction : fraction | 0x800000;
  const dropped = isNormal ? 13 : 14 - exponent;
  const half = kept >>> dropped;
  const rest = kept & ((1 << dropped) - 1);
  const tie = 1 << (dropped - 1);
  const isUp = rest > tie || (rest === tie && (half & 1) === 1);
  // Rounding up may carry into the exponent, which is then the right one, unless it is that of infinity.
  return sign | Math.min(half + (isUp ? 1 : 0), LARGEST_HALF);
}

/** The number that the bits of a finite fp16 stand for. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const mantissa = bits & 0x3ff;
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}

function notFinite(): AppError {
  return new AppError('internal', 'The KV cache was given a value that is no finite number.');
}
