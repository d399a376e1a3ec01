import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, formatTime, parseTime, timeLabels } from './log-time';

const NOON = Date.UTC(2024, 0, 31, 12, 0, 5, 120);

test('a moment is written and read back', () => {
  expect(formatTime(NOON)).toBe('2024-01-31 12:00:05.120');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
      expect(parseTime(formatTime(ms), null)).toBe(ms);
    }),
  );
});

test('a clock alone is on the day that is near; a day alone begins it', () => {
  expect(parseTime('12:00', NOON)).toBe(Date.UTC(2024, 0, 31, 12));
  expect(parseTime('7:05:09.5', NOON)).toBe(Date.UTC(2024, 0, 31, 7, 5, 9, 500));
  expect(parseTime('2024-02-01', null)).toBe(Date.UTC(2024, 1, 1));
  expect(parseTime('2024-02-01T03:04Z', null)).toBe(Date.UTC(2024, 1, 1, 3, 4));
});

test('what is no moment is none', () => {
  for (const text of ['', 'noon', '25:00', '12:61', '2024-02-31', '12:00 12:00', '2024-01-01 x', '1234'])
    expect(parseTime(text, NOON)).toBeNull();
  expect(parseTime('12:00', null)).toBeNull();
});

test('durations name a unit that fits', () => {
  const minute = 60_000;
  expect([350, 12_540, 3 * minute, 125 * minute, 120 * minute, 96 * 60 * minute].map(formatDuration)).toEqual(
    ['350 ms', '12.5 s', '3 min', '2 h 5 min', '2 h', '4 days'],
  );
});

test('marks of an axis are no finer than their distance, and a new day is named', () => {
  const evening = Date.UTC(2024, 0, 31, 22);
  const hour = 3_600_000;
  expect(timeLabels([evening, evening + hour, evening + 2 * hour], hour)).toEqual([
    '22:00',
    '23:00',
    '02-01',
  ]);
  expect(timeLabels([NOON, NOON + 1000], 1000)).toEqual(['12:00:05', '12:00:06']);
  expect(timeLabels([NOON], 10)).toEqual(['12:00:05.120']);
  expect(timeLabels([evening], 24 * hour)).toEqual(['2024-01-31']);
});
