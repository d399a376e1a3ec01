import { expect, test } from 'vitest';
import type { LogDocument } from '../../../engine/contract/logs';
import { formatShare, rangeOf } from './compare-model';

const START = Date.UTC(2024, 0, 31, 8);
const timed = { lineCount: 100, time: { from: START, to: START + 3_600_000 } } as LogDocument;
const plain = { lineCount: 100, time: null } as LogDocument;
const side = (from: string, to: string) => ({ id: 'a', from, to });

test('a side without a range is the whole log', () => {
  expect(rangeOf(side('', ' '), timed)).toEqual({ kind: 'whole' });
});

test('ranges are of time where the log has times, else of lines', () => {
  expect(rangeOf(side('08:10', ''), timed)).toEqual({ kind: 'time', from: START + 600_000, to: null });
  expect(rangeOf(side('', '2024-01-31 08:30'), timed)).toEqual({
    kind: 'time',
    from: null,
    to: START + 1_800_000,
  });
  expect(rangeOf(side('1,0', ''), plain)).toEqual({ kind: 'lines', from: 10, to: 100 });
});

test('what can not be read is no range', () => {
  expect(rangeOf(side('noon', ''), timed)).toBeNull();
  expect(rangeOf(side('x', ''), plain)).toBeNull();
  expect(rangeOf(side('9', '5'), plain)).toBeNull();
});

test('shares keep two figures', () => {
  expect([0, 0.00001, 0.00412, 0.123, 1].map(formatShare)).toEqual([
    '0 %',
    'below 0.01 %',
    '0.41 %',
    '12 %',
    '100 %',
  ]);
});
