import { describe, expect, test } from 'vitest';
import type { SqlResult } from '../../../engine/contract/log-views';
import { withQuery } from './sql-history';
import { cellText, chartOf, errorPlace, toTsv } from './sql-model';

const result = (columns: SqlResult['columns'], rows: SqlResult['rows']): SqlResult => ({
  columns,
  rows,
  cut: false,
  ms: 1,
});
const number = (name: string) => ({ name, type: 'number' }) as const;
const text = (name: string) => ({ name, type: 'text' }) as const;
const time = (name: string) => ({ name, type: 'time' }) as const;

describe('what a chart shows', () => {
  test('times are the axis, in order, each number is a series', () => {
    const chart = chartOf(
      result(
        [number('errors'), time('minute')],
        [
          [2, 2000],
          [1, 1000],
          [5, null],
        ],
      ),
    );
    expect(chart).toMatchObject({ kind: 'time', xName: 'minute', x: [1000, 2000] });
    expect(chart?.series).toEqual([{ name: 'errors', values: [1, 2] }]);
  });

  test('texts are categories in the order of the rows', () => {
    const chart = chartOf(
      result(
        [text('severity'), number('lines')],
        [
          ['info', 9],
          ['error', null],
        ],
      ),
    );
    expect(chart).toMatchObject({ kind: 'category', labels: ['info', 'error'], x: [0, 1] });
    expect(chart?.series[0]?.values).toEqual([9, null]);
  });

  test('the first of several numbers is the axis, one alone is drawn by row', () => {
    expect(
      chartOf(
        result(
          [number('a'), number('b')],
          [
            [3, 1],
            [1, 2],
          ],
        ),
      ),
    ).toMatchObject({ kind: 'number', x: [1, 3] });
    expect(chartOf(result([number('a')], [[3], [1]]))).toMatchObject({
      kind: 'category',
      labels: ['1', '2'],
    });
  });

  test('without numbers or rows there is nothing', () => {
    expect(chartOf(result([text('a')], [['x']]))).toBeNull();
    expect(chartOf(result([number('a')], []))).toBeNull();
  });
});

test('cells are written by their kind', () => {
  expect(cellText(0, time('t'))).toBe('1970-01-01 00:00:00');
  expect(cellText(0.1 + 0.2, number('n'))).toBe('0.3');
  expect(cellText(12_345_678, number('n'))).toBe('12345678');
  expect(cellText(true, { name: 'b', type: 'boolean' })).toBe('true');
  expect(cellText(null, text('t'))).toBe('null');
});

test('copied cells hold no tab or line end', () => {
  expect(
    toTsv(
      result(
        [text('a'), number('b')],
        [
          ['x\ty\nz', 1],
          [null, 2],
        ],
      ),
    ),
  ).toBe('a\tb\nx y z\t1\n\t2');
});

test('the place of an error is found in the query', () => {
  const query = 'SELECT *\nFROM lag\nWHERE x';
  const message =
    'Table with name lag does not exist. The tables are log and patterns. At line 2, character 6.';
  expect(query.slice(errorPlace(message, query) ?? 0)).toBe('lag\nWHERE x');
  expect(errorPlace('At line 1, character 99.', query)).toBe('SELECT *'.length);
  expect(errorPlace('At line 9, character 1.', query)).toBeNull();
  expect(errorPlace('Out of memory', query)).toBeNull();
});

test('history keeps each query once, the newest first', () => {
  expect(withQuery(['b', 'a'], ' a ')).toEqual(['a', 'b']);
  expect(withQuery(['a'], '  ')).toEqual(['a']);
  expect(
    withQuery(
      Array.from({ length: 50 }, (_, index) => String(index)),
      'new',
    ),
  ).toHaveLength(30);
});
