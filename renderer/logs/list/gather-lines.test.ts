import { expect, test } from 'vitest';
import { LINE_VIEW_LIMIT, LINES_PER_CALL } from '../../../engine/contract/logs';
import { gatherLines } from './gather-lines';
import type { FetchRows } from './page-cache';

/** A log of `length` lines; each call gives no more than the log process does. */
const log =
  (length: number, text = (number: number) => `line ${number}`): FetchRows =>
  async (from, count) => {
    expect(count).toBeLessThanOrEqual(LINES_PER_CALL);
    return Array.from({ length: Math.max(0, Math.min(count, length - from + 1)) }, (_, index) => ({
      number: from + index,
      row: from + index,
      text: text(from + index),
      severity: 'none',
      time: null,
      pattern: 0,
      continues: false,
      source: 0,
    }));
  };

test('lines come in parts and in order, with their numbers if asked for', async () => {
  const { text, lines } = await gatherLines(log(10_000), 3, 5002, false);
  expect(lines).toBe(5000);
  expect(text.split('\n')).toEqual(Array.from({ length: 5000 }, (_, index) => `line ${index + 3}`));
  expect((await gatherLines(log(10), 2, 3, true)).text).toBe('2: line 2\n3: line 3');
});

test('a limit ends between lines, and the end of the log is the end', async () => {
  expect(await gatherLines(log(100), 1, 100, false, 20)).toEqual({
    text: 'line 1\nline 2',
    lines: 2,
    cut: 0,
  });
  expect((await gatherLines(log(4), 3, 100, false)).lines).toBe(2);
});

test('lines that the view has cut are counted', async () => {
  const long = log(3, (number) => 'x'.repeat(number === 2 ? LINE_VIEW_LIMIT : 5));
  expect((await gatherLines(long, 1, 3, false)).cut).toBe(1);
});
