import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Histogram } from '../../../engine/contract/log-views';
import { NO_FILTER } from '../filters/filter-model';
import { brushed, brushOf, bucketAt, bucketsFor, describeBuckets, lineOfBucket } from './histogram-model';

const START = Date.UTC(2024, 0, 31, 12);
const MINUTE = 60_000;

function histogram(counts: number[][], change: Partial<Histogram> = {}): Histogram {
  let line = 1;
  const { step = MINUTE, axis = 'time' } = change;
  const buckets = counts.map((of, index) => {
    const total = of.reduce((sum, count) => sum + count, 0);
    const bucket = {
      start: (axis === 'time' ? START : 1) + index * step,
      firstLine: total > 0 ? line : null,
      counts: of,
    };
    line += total;
    return bucket;
  });
  return { axis, step, buckets };
}

const THREE = histogram([
  [0, 2, 1, 5, 0, 0],
  [0, 0, 0, 0, 0, 0],
  [1, 0, 0, 3, 0, 0],
]);

test('each value of the axis is in a bucket', () => {
  fc.assert(
    fc.property(fc.double({ min: -2, max: 5, noNaN: true }), (at) => {
      const index = bucketAt(THREE, START + at * MINUTE);
      expect(index).toBe(Math.min(2, Math.max(0, Math.floor(at))));
    }),
  );
  expect(bucketAt(histogram([]), START)).toBe(-1);
  expect(bucketAt(histogram([[0, 1, 0, 0, 0, 0]], { step: 0 }), START)).toBe(0);
});

test('a bucket leads to its first line, an empty one to the next', () => {
  expect([0, 1, 2].map((index) => lineOfBucket(THREE, index))).toEqual([1, 9, 9]);
  expect(
    lineOfBucket(
      histogram([
        [0, 1, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0],
      ]),
      1,
    ),
  ).toBe(1);
  expect(lineOfBucket(histogram([]), 0)).toBeNull();
});

test('brushing makes a filter of just those buckets, in either direction', () => {
  const filter = brushed(NO_FILTER, THREE, 1, 0);
  expect(filter.time).toEqual({ from: START, to: START + 2 * MINUTE });
  expect(brushOf(filter, THREE)).toEqual({ from: START, to: START + 2 * MINUTE });
  const byLine = histogram(
    [
      [0, 0, 0, 10, 0, 0],
      [0, 0, 0, 10, 0, 0],
    ],
    { axis: 'line', step: 10 },
  );
  expect(brushed(NO_FILTER, byLine, 0, 0).lines).toEqual({ from: 1, to: 10 });
  expect(brushed(NO_FILTER, byLine, 1, 1).lines).toEqual({ from: 11, to: 20 });
  expect(brushed(NO_FILTER, histogram([]), 0, 1)).toBe(NO_FILTER);
});

test('buckets are told in words', () => {
  expect(describeBuckets(THREE, 0, 0)).toBe('2024-01-31 12:00:00 to 12:01:00: 8 lines, 2 errors, 1 warning');
  expect(describeBuckets(THREE, 2, 1)).toBe('2024-01-31 12:01:00 to 12:03:00: 4 lines, 1 error');
  expect(describeBuckets(histogram([[0, 0, 0, 1, 0, 0]], { axis: 'line', step: 1 }), 0, 0)).toBe(
    'lines 1 to 1: 1 line',
  );
  expect(describeBuckets(histogram([]), 0, 0)).toBe('');
});

test('buckets fit into the width', () => {
  fc.assert(
    fc.property(fc.integer({ min: 150, max: 4000 }), (width) => {
      expect(bucketsFor(width) * 5).toBeLessThanOrEqual(width);
    }),
  );
  expect(bucketsFor(10)).toBe(30);
});
