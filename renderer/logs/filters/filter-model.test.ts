import { describe, expect, test } from 'vitest';
import { LogFilter } from '../../../engine/contract/log-views';
import {
  chipsOf,
  type Filter,
  isEmpty,
  NO_FILTER,
  toggleSeverity,
  toLogFilter,
  withPatterns,
  withQuery,
} from './filter-model';

const query = (text: string, regex = false) => ({ text, regex, matchCase: false });
const FULL: Filter = {
  severities: ['error', 'fatal'],
  include: [query('a'), query('b+', true)],
  exclude: [query('c')],
  only: [{ pattern: 1, text: 'one <*>' }],
  hide: [{ pattern: 2, text: 'two' }],
  time: { from: 0, to: 1000 },
  lines: { from: 1, to: 20 },
  bookmarked: true,
};

describe('chips', () => {
  test('each part is one, and taking all of them away leaves nothing', () => {
    expect(chipsOf(FULL).map(({ what, text }) => `${what}: ${text}`)).toEqual([
      'Severity: fatal, error',
      'Contains: “a”',
      'Contains: /b+/',
      'Without: “c”',
      'Only pattern: one <*>',
      'Hidden pattern: two',
      'Time: 1970-01-01 00:00:00 to 1970-01-01 00:00:01',
      'Lines: 1 to 20',
      'Bookmarked: lines with a bookmark',
    ]);
    let filter = FULL;
    for (let left = chipsOf(filter).length; left > 0; left--) {
      filter = chipsOf(filter)[0]?.without ?? filter;
      expect(chipsOf(filter)).toHaveLength(left - 1);
    }
    expect(filter).toEqual(NO_FILTER);
    expect(isEmpty(filter)).toBe(true);
  });

  test('keys are different', () => {
    const keys = chipsOf(FULL).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('the log process takes every filter', () => {
  expect(LogFilter.parse(toLogFilter(FULL))).toMatchObject({
    severities: ['error', 'fatal'],
    onlyPatterns: [1],
    hidePatterns: [2],
    time: { from: 0, to: 1000 },
    lines: { from: 1, to: 20 },
    onlyBookmarked: true,
  });
  expect(toLogFilter(NO_FILTER)).not.toHaveProperty('severities');
  expect(toLogFilter(NO_FILTER)).not.toHaveProperty('onlyPatterns');
});

test('severities: all on is no filter', () => {
  let filter = NO_FILTER;
  for (const severity of ['fatal', 'error', 'warning', 'info', 'debug', 'none'] as const)
    filter = toggleSeverity(filter, severity);
  expect(isEmpty(filter)).toBe(true);
  expect(toggleSeverity(toggleSeverity(NO_FILTER, 'info'), 'info')).toEqual(NO_FILTER);
});

test('the same text is added once, and a pattern is never both shown and hidden', () => {
  const twice = withQuery(withQuery(NO_FILTER, 'include', query('x')), 'include', query('x'));
  expect(twice.include).toHaveLength(1);
  const one = { pattern: 7, text: 'seven' };
  const hidden = withPatterns(NO_FILTER, 'hide', [one]);
  expect(withPatterns(hidden, 'only', [one])).toEqual({ ...NO_FILTER, only: [one] });
  expect(withPatterns(withPatterns(NO_FILTER, 'only', [one]), 'hide', [one])).toEqual(hidden);
});
