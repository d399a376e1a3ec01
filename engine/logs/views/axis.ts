import type { TimeRange } from './log-clock';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Widths of buckets that people read easily, in milliseconds; past them, tens of years. */
const TIME_STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 365, 730, 1825].map((n) => n * DAY),
];

/** Equal buckets side by side that hold a range; `start` is a multiple of `step`. */
export interface Axis {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** The narrowest buckets of a readable width of which at most `most` hold the range. */
export function timeAxis(range: TimeRange, most: number): Axis {
  return axis(range, most, timeSteps());
}

/** The same for line numbers: widths are 1, 2 or 5 times a power of ten. */
export function lineAxis(range: TimeRange, most: number): Axis {
  return axis(range, most, decimalSteps());
}

/** Index of the bucket that a value of the range stands in. */
export function bucketOf({ start, step, count }: Axis, value: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((value - start) / step)));
}

function axis({ from, to }: TimeRange, most: number, steps: Iterable<number>): Axis {
  for (const step of steps) {
    const start = Math.floor(from / step) * step;
    const count = Math.floor((to - start) / step) + 1;
    if (count <= most) return { start, step, count };
    // Two neighbours around a round number share no bucket of whatever width.
    if (most === 1 && step > 2 * (to - from)) return { start: from, step: to - from + 1, count: 1 };
  }
  return { start: from, step: to - from + 1, count: 1 };
}

function* timeSteps(): Generator<number> {
  yield* TIME_STEPS;
  for (let years = 10; ; years *= 10) yield years * 365 * DAY;
}

function* decimalSteps(): Generator<number> {
  for (let power = 1; ; power *= 10) yield* [power, 2 * power, 5 * power];
}
