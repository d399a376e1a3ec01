import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, type LogClock, TimeProfile } from './log-clock';

const NOON = Date.UTC(2024, 4, 1, 12);

function clockOf(times: readonly (number | null)[]): LogClock | null {
  const profile = new TimeProfile();
  times.forEach((time, index) => {
    profile.add(index + 1, time ?? Number.NaN);
  });
  return profile.clock();
}

const seconds = (count: number) => Array.from({ length: count }, (_, index) => NOON + index * 1000);

describe('the range of a log', () => {
  test.each([
    ['1970', 0],
    ['2099', Date.UTC(2099, 0)],
    ['a year too early', NOON - 365 * DAY],
  ])('one line of %s does not count', (_, wrong) => {
    const times = seconds(500);
    expect(clockOf([...times.slice(0, 250), wrong, ...times.slice(250)])?.range).toEqual({
      from: NOON,
      to: NOON + 499_000,
    });
  });

  test('wrong clocks at both ends do not count', () => {
    const times = seconds(5000);
    expect(clockOf([0, ...times, Date.UTC(2099, 0)])?.range.from).toBe(NOON);
    expect(clockOf([0, ...times, Date.UTC(2099, 0)])?.range.to).toBe(NOON + 4_999_000);
  });

  test('a quiet month before a busy hour is part of the log, and so is a share of lines far away', () => {
    const quiet = [NOON - 20 * DAY, NOON - 10 * DAY];
    expect(clockOf([...quiet, ...seconds(3000)])?.range.from).toBe(quiet[0]);
    const old = seconds(100).map((time) => time - 1000 * DAY);
    expect(clockOf([...old, ...seconds(900)])?.range.from).toBe(old[0]);
  });

  test('times within the range of any log are all kept', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: NOON, max: NOON + 30 * DAY }), { minLength: 1 }), (times) => {
        expect(clockOf(times)?.range).toEqual({ from: Math.min(...times), to: Math.max(...times) });
      }),
    );
  });
});

test('lines without a time of the log count as the line before them, the first ones as the first time', () => {
  const times = [null, ...seconds(30), null, 0, null];
  const now = clockOf(times)?.reader();
  const counted = times.map((time) => now?.(time ?? Number.NaN));
  expect(counted.slice(0, 2)).toEqual([NOON, NOON]);
  expect(counted.slice(-3)).toEqual([NOON + 29_000, NOON + 29_000, NOON + 29_000]);
});

test('a log without times has no clock', () => {
  expect(clockOf([null, null])).toBeNull();
});
