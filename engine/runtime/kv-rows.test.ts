import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CACHE_NUMBERS, fromHalf, rowBytes, SealedRows, TILE, toHalf } from './kv-rows';

/** All finite halves from 0 up, worked out from the format's definition: the index is the bits. */
const HALVES = Array.from({ length: 0x7c00 }, (_, bits) => {
  const exponent = bits >> 10;
  const fraction = (bits & 1023) / 1024;
  return exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15);
});

/** The nearest of HALVES by search, halfway the even one, the last one for all beyond. */
function nearestHalf(size: number): number {
  let low = 0;
  let high = HALVES.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((HALVES[middle] as number) <= size) low = middle;
    else high = middle - 1;
  }
  const below = size - (HALVES[low] as number);
  const above = (HALVES[low + 1] ?? Number.POSITIVE_INFINITY) - size;
  return above < below || (above === below && low % 2 === 1) ? low + 1 : low;
}

function expected(value: number): number {
  return (Object.is(value, -0) || value < 0 ? 0x8000 : 0) | nearestHalf(Math.abs(value));
}

/** Any finite fp32 number, by its bits: as many small ones as large ones. */
const float = fc
  .integer({ min: 0, max: 0xffff_ffff })
  .map((bits) => new Float32Array(Uint32Array.of(bits).buffer)[0] as number)
  .filter(Number.isFinite);

describe('halves', () => {
  it('are read as the format says, all 63,488 finite ones', () => {
    const wrong = HALVES.filter(
      (value, bits) => fromHalf(bits) !== value || fromHalf(bits | 0x8000) !== -value,
    );
    expect(wrong).toEqual([]);
  });

  it('come back from what they stand for', () => {
    const bits = [...HALVES.keys()].flatMap((half) => [half, half | 0x8000]);
    expect(bits.filter((half) => toHalf(fromHalf(half)) !== half)).toEqual([]);
  });

  it('are the nearest ones, halfway the even one: between every two neighbours', () => {
    const scratch = new Float32Array(1);
    const wrong: number[] = [];
    for (let half = 0; half + 1 < HALVES.length; half++) {
      const middle = ((HALVES[half] as number) + (HALVES[half + 1] as number)) / 2;
      for (const factor of [1, 1 - 2 ** -20, 1 + 2 ** -20]) {
        scratch[0] = middle * factor;
        const value = scratch[0];
        for (const signed of [value, -value]) if (toHalf(signed) !== expected(signed)) wrong.push(signed);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('are the nearest ones of any number', () => {
    fc.assert(
      fc.property(float, (value) => {
        expect(toHalf(value)).toBe(expected(value));
      }),
      { numRuns: 3000 },
    );
  });

  it('end at 65,504, and refuse what is no number', () => {
    expect(fromHalf(toHalf(65_519))).toBe(65_504);
    expect(fromHalf(toHalf(1e30))).toBe(65_504);
    expect(fromHalf(toHalf(Number.NEGATIVE_INFINITY))).toBe(-65_504);
    expect(() => toHalf(Number.NaN)).toThrow('no finite number');
  });
});

const HEADS = 2;
const WIDTH = 3;
const STRIDE = TILE + 5;
const CAPACITY = 3;

/** Rows of two heads as they lie open: numbers of very different sizes, rows of zeros among them. */
const open = fc
  .tuple(fc.integer(), fc.integer({ min: -20, max: 14 }), fc.integer({ min: 0, max: TILE - 1 }))
  .map(([seed, power, zeros]) => {
    const rows = Float32Array.from(
      { length: HEADS * STRIDE * WIDTH },
      (_, i) => Math.sin(seed + i * i) * 2 ** power,
    );
    rows.fill(0, zeros * WIDTH, (zeros + 1) * WIDTH);
    return rows;
  });

/** How far a number of a row whose largest magnitude is `largest` may be from what was sealed. */
const LIMITS: Record<(typeof CACHE_NUMBERS)[number], (value: number, largest: number) => number> = {
  fp32: () => 0,
  fp16: (value) => Math.max(Math.abs(value) * 2 ** -11, 2 ** -25),
  // Half a step, and the rounding of the scale and of the product to fp32.
  int8: (_, largest) => (largest / 127) * (0.5 + 2 ** -15),
};

describe.each(CACHE_NUMBERS)('SealedRows of %s', (number) => {
  it.each([true, false])('give back what was sealed within rounding, unsigned %s', (unsigned) => {
    fc.assert(
      fc.property(
        open,
        fc.integer({ min: 0, max: CAPACITY - 1 }),
        fc.integer({ min: 0, max: TILE }),
        (rows, tile, count) => {
          const sealed = new SealedRows(HEADS, WIDTH, CAPACITY, number, unsigned);
          sealed.seal(tile, rows, STRIDE);
          const back = new Float32Array(HEADS * TILE * WIDTH).fill(-7);
          sealed.unseal(tile, count, back, TILE);
          for (let head = 0; head < HEADS; head++) {
            for (let row = 0; row < TILE; row++) {
              const before = rows.subarray((head * STRIDE + row) * WIDTH).subarray(0, WIDTH);
              const after = back.subarray((head * TILE + row) * WIDTH).subarray(0, WIDTH);
              const largest = Math.max(...before.map(Math.abs));
              before.forEach((value, i) => {
                const got = after[i] as number;
                // Rows from `count` on are not asked for.
                if (row >= count) expect(got).toBe(-7);
                else if (!(Math.abs(got - value) <= LIMITS[number](value, largest)))
                  throw new Error(`${value} came back as ${got}`);
              });
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are the same when a tile that came back is sealed again', () => {
    fc.assert(
      fc.property(open, (rows) => {
        const sealed = new SealedRows(HEADS, WIDTH, 2, number, true);
        const back = new Float32Array(HEADS * TILE * WIDTH);
        sealed.seal(0, rows, STRIDE);
        sealed.unseal(0, TILE, back, TILE);
        sealed.seal(1, back, TILE);
        const size = HEADS * TILE * WIDTH;
        const values = sealed.values(2);
        expect([...values.subarray(size)]).toEqual([...values.subarray(0, size)]);
      }),
      { numRuns: 20 },
    );
  });

  it('lie end to end: some tiles are one view of the same memory', () => {
    const sealed = new SealedRows(HEADS, WIDTH, CAPACITY, number, true);
    expect(sealed.values(2)).toHaveLength(2 * HEADS * TILE * WIDTH);
    expect(sealed.values(2).buffer).toBe(sealed.values(3).buffer);
    expect(sealed.values(2).byteOffset).toBe(sealed.values(3).byteOffset);
    if (number !== 'int8') expect(sealed.scales(2)).toBeNull();
    else expect(sealed.scales(2)).toHaveLength(2 * HEADS * TILE);
    const bytes = sealed.values(1).byteLength + (sealed.scales(1)?.byteLength ?? 0);
    expect(bytes).toBe(TILE * HEADS * rowBytes(number, WIDTH));
  });
});

it('int8 and fp16 refuse rows with what is no number, which bytes would hide', () => {
  const rows = new Float32Array(TILE).fill(1);
  rows[5] = Number.NaN;
  for (const number of ['int8', 'fp16'] as const) {
    expect(() => new SealedRows(1, 1, 1, number, true).seal(0, rows, TILE)).toThrow('no finite number');
  }
});
