import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketOf, lineAxis, timeAxis } from './axis';

const range = fc
  .tuple(fc.integer({ min: -1e12, max: 4e12 }), fc.nat(3e12))
  .map(([from, length]) => ({ from, to: from + length }));

test('buckets hold the range, are as many as allowed at most, and a narrower width would not do', () => {
  fc.assert(
    fc.property(range, fc.integer({ min: 1, max: 500 }), (times, most) => {
      const axis = timeAxis(times, most);
      expect(axis.count).toBeGreaterThanOrEqual(1);
      expect(axis.count).toBeLessThanOrEqual(most);
      expect(axis.start).toBeLessThanOrEqual(times.from);
      expect(axis.start + axis.count * axis.step).toBeGreaterThan(times.to);
      expect(bucketOf(axis, times.from)).toBe(0);
      expect(bucketOf(axis, times.to)).toBe(axis.count - 1);
      // No width is more than ten times the one before, so no axis has far fewer buckets than it may.
      if (times.to - times.from > most * 20) expect(axis.count).toBeGreaterThan(most / 11 - 1);
    }),
  );
});

test('widths are those that people read', () => {
  const hour = { from: Date.UTC(2024, 0, 1, 9, 7), to: Date.UTC(2024, 0, 1, 10, 7) };
  expect(timeAxis(hour, 100)).toEqual({ start: hour.from, step: 60_000, count: 61 });
  expect(timeAxis(hour, 20).step).toBe(5 * 60_000);
  expect(lineAxis({ from: 1, to: 10_000_000 }, 100)).toEqual({ start: 0, step: 200_000, count: 51 });
});
