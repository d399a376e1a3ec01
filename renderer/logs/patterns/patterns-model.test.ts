import { expect, test } from 'vitest';
import type { PatternSummary } from '../../../engine/contract/log-views';
import { arrange, sparkPath, templatePieces } from './patterns-model';

const pattern = (id: number, change: Partial<PatternSummary>): PatternSummary => ({
  pattern: id,
  key: String(id),
  text: `pattern ${id}`,
  severity: 'info',
  count: 1,
  firstLine: 1,
  lastLine: 1,
  spark: [],
  signs: [],
  ...change,
});
const ALL = [
  pattern(1, { text: 'Connection from <*> closed', count: 50, firstLine: 3, lastLine: 90 }),
  pattern(2, {
    text: 'Disk <*> failed',
    severity: 'error',
    count: 2,
    firstLine: 9,
    lastLine: 9,
    signs: ['rare'],
  }),
  pattern(3, {
    text: 'connection refused',
    severity: 'error',
    count: 7,
    firstLine: 5,
    lastLine: 95,
    signs: ['burst'],
  }),
];
const ids = (patterns: readonly PatternSummary[]) => patterns.map((found) => found.pattern);

test('each order puts first what it is named for', () => {
  expect(ids(arrange(ALL, '', 'count'))).toEqual([1, 3, 2]);
  expect(ids(arrange(ALL, '', 'rare'))).toEqual([2, 3, 1]);
  expect(ids(arrange(ALL, '', 'severity'))).toEqual([3, 2, 1]);
  expect(ids(arrange(ALL, '', 'first'))).toEqual([1, 3, 2]);
  expect(ids(arrange(ALL, '', 'last'))).toEqual([3, 1, 2]);
  expect(ids(arrange(ALL, '', 'signs'))).toEqual([3, 2, 1]);
});

test('all words have to be there, in any case', () => {
  expect(ids(arrange(ALL, 'CONNECTION', 'count'))).toEqual([1, 3]);
  expect(ids(arrange(ALL, 'closed connection', 'count'))).toEqual([1]);
  expect(arrange(ALL, 'nothing', 'count')).toEqual([]);
});

test('variables are told from text, and nothing is lost', () => {
  const text = 'from <*> to <ip>:<*> a < b > c';
  const pieces = templatePieces(text);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(pieces.flatMap((piece) => (piece.variable ? [piece.text] : []))).toEqual(['<*>', '<ip>', '<*>']);
});

test('a sparkline has a bar for each part that has lines', () => {
  expect(sparkPath([0, 1, 4], 30, 12).match(/M/g)).toHaveLength(2);
  expect(sparkPath([0, 0], 30, 12)).toBe('');
  expect(sparkPath([], 30, 12)).toBe('');
});
