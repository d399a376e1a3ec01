/** Weights of one scale. */
export const BLOCK = 32;
const BLOCK_BYTES = BLOCK / 2;
/** The zero point where none is stored. */
const MIDDLE = 8;
/** Rows handled together: their int8 weights of one input fill a cache line of the transposed matrix. */
const TILE_ROWS = 64;
/** Rows whose int8 weights of one input are written as one 32-bit word. */
const GROUP = 4;
/** Makes values of -127..127 positive, so that cutting the fraction rounds to the nearest. */
const ROUND = 128.5;
/** Takes 128 from each of a word's four bytes. */
const SIGNED = 0x80808080;
/** A row whose largest weight is below this is taken for zeros: its scale would have too few bits left. */
const SMALLEST_PEAK = 127 * 2 ** -126;

/** A matrix (outWidth, inWidth) in 4-bit blocks along its rows; engine/training/quantize.py describes the layout. */
export interface Int4Matrix {
  /** K, a multiple of 32. */
  readonly inWidth: number;
  /** N. */
  readonly outWidth: number;
  /** Each row has K/32 more columns, which hold the rests of its blocks' offsets. */
  readonly offsets: boolean;
  /** [N, blocks, 16], low nibble first; blocks = storedBlocks(). */
  readonly q: Uint8Array;
  /** [N, blocks]. */
  readonly scale: Float32Array;
  /** [N, ceil(blocks / 2)], low nibble first; null where every zero point is 8. */
  readonly zero: Uint8Array | null;
}

/** Blocks of a row as stored, offset columns included. */
export function storedBlocks(inWidth: number, offsets: boolean): number {
  return Math.ceil((offsets ? inWidth + inWidth / BLOCK : inWidth) / BLOCK);
}

/** 32-bit words that int8Columns needs to work in. */
export function workWords(inWidth: number, outWidth: number): number {
  return inWidth * Math.ceil(outWidth / GROUP);
}

/**
 * Turns a 4-bit matrix, each input k multiplied by `factors[k]`, into int8 with one scale an output column, transposed
 * for a product x W^T: `scale[n]` = max_k |w[n, k] * factors[k]| / 127 (1 for a row of zeros),
 * result[k * N + n] = round(w[n, k] * factors[k] / scale[n]).
 * The result's K * N bytes lie at the start of `words`, which has at least workWords(K, N) elements. Work is done in
 * tiles, because a column written alone would touch one cache line a weight.
 */
export function int8Columns(
  matrix: Int4Matrix,
  factors: Float32Array,
  scale: Float32Array,
  words: Uint32Array,
): Int8Array {
  const { inWidth, outWidth, q } = matrix;
  const stride = Math.ceil(outWidth / GROUP);
  const rowBytes = storedBlocks(inWidth, matrix.offsets) * BLOCK_BYTES;
  const blocks = inWidth / BLOCK;
  const inputs = inputFactors(factors, blocks);
  const lines = { slope: new Float64Array(TILE_ROWS * blocks), base: new Float64Array(TILE_ROWS * blocks) };
  const bounds = new Float64Array(blocks);
  const levels = new Float64Array(GROUP * 16);
  for (let first = 0; first < outWidth; first += TILE_ROWS) {
    const rows = Math.min(TILE_ROWS, outWidth - first);
    for (let row = 0; row < rows; row++)
      scale[first + row] = rowLines(matrix, inputs, first + row, row * blocks, lines, bounds);
    for (let block = 0; block < blocks; block++) {
      for (let row = 0; row < rows; row += GROUP) {
        for (let lane = 0; lane < GROUP; lane++) {
          // Behind the last row its weights are written again, into bytes that are dropped at the end.
          const line = Math.min(row + lane, rows - 1) * blocks + block;
          fillLevels(levels, lane, lines.slope[line] as number, lines.base[line] as number);
        }
        const source = (first + row) * rowBytes + block * BLOCK_BYTES;
        const step = (lane: number) => Math.min(lane, rows - 1 - row) * rowBytes;
        const target = block * BLOCK * stride + (first + row) / GROUP;
        const into = { words, target, stride };
        writeBlock(q, source, step(1), step(2), step(3), levels, inputs.factors, block * BLOCK, into);
      }
    }
  }
  return withoutPadding(words, inWidth, outWidth, stride * GROUP);
}

/** The inputs' factors [K], and the largest of each block [K/32]. */
interface InputFactors {
  readonly factors: Float64Array;
  readonly largest: Float64Array;
}

function inputFactors(factors: Float32Array, blocks: number): InputFactors {
  const largest = Float64Array.from({ length: blocks }, (_, block) =>
    Math.max(...factors.subarray(block * BLOCK, (block + 1) * BLOCK)),
  );
  return { factors: Float64Array.from(factors), largest };
}

/**
 * Finds the row's scale, which is returned, and for each of its blocks the line `slope * q + base` that gives
 * w / scale, written from index `at`. `bounds` [K/32] is for work.
 */
function rowLines(
  { inWidth, offsets, q, scale, zero }: Int4Matrix,
  { factors, largest }: InputFactors,
  row: number,
  at: number,
  { slope, base }: { slope: Float64Array; base: Float64Array },
  bounds: Float64Array,
): number {
  const blocks = inWidth / BLOCK;
  const stored = storedBlocks(inWidth, offsets);
  const zeroBytes = Math.ceil(stored / 2);
  const level = (block: number) => (zero ? nibble(zero, row * zeroBytes, block) : MIDDLE);
  let widest = 0;
  for (let block = 0; block < blocks; block++) {
    const step = scale[row * stored + block] as number;
    let offset = -level(block) * step;
    if (offsets) {
      const column = inWidth + block;
      const restBlock = column >> 5;
      const rest = nibble(q, row * stored * BLOCK_BYTES, column) - level(restBlock);
      offset += rest * (scale[row * stored + restBlock] as number);
    }
    slope[at + block] = step;
    base[at + block] = offset;
    // A block's largest weight is at its lowest or its highest level.
    const seen = seenLevels(q, (row * stored + block) * BLOCK_BYTES);
    const low = Math.abs((31 - Math.clz32(seen & -seen)) * step + offset);
    const high = Math.abs((31 - Math.clz32(seen)) * step + offset);
    bounds[block] = Math.max(low, high) * (largest[block] as number);
    if ((bounds[block] as number) > (bounds[widest] as number)) widest = block;
  }
  // The block of the largest bound first: after it few others can hold the largest weight.
  const peakOf = (block: number) => {
    const source = (row * stored + block) * BLOCK_BYTES;
    return blockPeak(
      q,
      source,
      slope[at + block] as number,
      base[at + block] as number,
      factors,
      block * BLOCK,
    );
  };
  let peak = peakOf(widest);
  for (let block = 0; block < blocks; block++)
    if ((bounds[block] as number) > peak) peak = Math.max(peak, peakOf(block));
  const rowScale = peak < SMALLEST_PEAK ? 1 : Math.fround(peak / 127);
  for (let i = at; i < at + blocks; i++) {
    slope[i] = (slope[i] as number) / rowScale;
    base[i] = (base[i] as number) / rowScale;
  }
  return rowScale;
}

/** Number `index` of the 4-bit values that start at byte `start`. */
function nibble(packed: Uint8Array, start: number, index: number): number {
  return ((packed[start + (index >> 1)] as number) >> ((index & 1) * 4)) & 15;
}

/** Bit i is set when level i occurs in the byte. */
const LEVELS_OF_BYTE = Uint16Array.from(
  { length: 256 },
  (_, byte) => (1 << (byte & 15)) | (1 << (byte >> 4)),
);

/** Bit i is set when level i occurs in the block at byte `start`. */
function seenLevels(q: Uint8Array, start: number): number {
  let seen = 0;
  for (let i = start; i < start + BLOCK_BYTES; i++) seen |= LEVELS_OF_BYTE[q[i] as number] as number;
  return seen;
}

/** The largest |(slope * q + base) * factor| of the block at byte `start`, whose first input is `k`. */
function blockPeak(
  q: Uint8Array,
  start: number,
  slope: number,
  base: number,
  factors: Float64Array,
  k: number,
): number {
  let peak = 0;
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const byte = q[start + i] as number;
    const even = Math.abs(((byte & 15) * slope + base) * (factors[k + 2 * i] as number));
    const odd = Math.abs(((byte >> 4) * slope + base) * (factors[k + 2 * i + 1] as number));
    if (even > peak) peak = even;
    if (odd > peak) peak = odd;
  }
  return peak;
}

/** The values of a block's 16 levels, at the place of `lane`. */
function fillLevels(levels: Float64Array, lane: number, slope: number, base: number): void {
  for (let q = 0; q < 16; q++) levels[lane * 16 + q] = slope * q + base;
}

/** Writes a block of four rows, which lie at `source` and `step*` bytes behind it, as 32 words `stride` apart. */
function writeBlock(
  q: Uint8Array,
  source: number,
  step1: number,
  step2: number,
  step3: number,
  levels: Float64Array,
  factors: Float64Array,
  first: number,
  { words, target, stride }: { words: Uint32Array; target: number; stride: number },
): void {
  let to = target;
  let k = first;
  for (let from = source; from < source + BLOCK_BYTES; from++) {
    const a = q[from] as number;
    const b = q[from + step1] as number;
    const c = q[from + step2] as number;
    const d = q[from + step3] as number;
    const even = factors[k] as number;
    words[to] =
      (((levels[a & 15] as number) * even + ROUND) |
        ((((levels[16 + (b & 15)] as number) * even + ROUND) | 0) << 8) |
        ((((levels[32 + (c & 15)] as number) * even + ROUND) | 0) << 16) |
        ((((levels[48 + (d & 15)] as number) * even + ROUND) | 0) << 24)) ^
      SIGNED;
    const odd = factors[k + 1] as number;
    words[to + stride] =
      (((levels[a >> 4] as number) * odd + ROUND) |
        ((((levels[16 + (b >> 4)] as number) * odd + ROUND) | 0) << 8) |
        ((((levels[32 + (c >> 4)] as number) * odd + ROUND) | 0) << 16) |
        ((((levels[48 + (d >> 4)] as number) * odd + ROUND) | 0) << 24)) ^
      SIGNED;
    to += 2 * stride;
    k += 2;
  }
}

/** Closes the gaps between rows of `padded` bytes; a view of the first inWidth * outWidth bytes. */
function withoutPadding(words: Uint32Array, inWidth: number, outWidth: number, padded: number): Int8Array {
  const bytes = new Int8Array(words.buffer, words.byteOffset, inWidth * padded);
  if (padded > outWidth)
    for (let k = 1; k < inWidth; k++) bytes.copyWithin(k * outWidth, k * padded, k * padded + outWidth);
  return bytes.subarray(0, inWidth * outWidth);
}
