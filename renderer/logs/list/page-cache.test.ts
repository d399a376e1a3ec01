import { expect, test } from 'vitest';
import type { LogRow } from '../../../engine/contract/log-views';
import { BLOCK_LINES, PageCache } from './page-cache';

const lines = (from: number, count: number): LogRow[] =>
  Array.from({ length: count }, (_, index) => ({
    number: from + index,
    text: `line ${from + index}`,
    severity: 'info',
    row: from + index,
    time: null,
    pattern: 0,
    continues: false,
    source: 0,
  }));
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const noError = (thrown: unknown) => {
  throw thrown;
};

test('asks for whole blocks and answers single lines', async () => {
  const asked: number[] = [];
  const cache = new PageCache(async (from, count) => {
    asked.push(from);
    return lines(from, count);
  }, noError);
  cache.want({ first: 490, last: 510 });
  expect(cache.row(500)).toBeUndefined();
  await settle();
  expect(asked).toEqual([1, 501]);
  expect(cache.row(500)?.text).toBe('line 500');
  expect(cache.row(501)?.number).toBe(501);
  cache.want({ first: 1, last: 20 });
  await settle();
  expect(asked).toEqual([1, 501]);
});

test('what was passed while requests ran is not asked for', async () => {
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  const cache = new PageCache((from, count) => {
    asked.push(from);
    return new Promise((resolve) => waiting.push(() => resolve(lines(from, count))));
  }, noError);
  for (let block = 0; block < 10; block++)
    cache.want({ first: block * BLOCK_LINES + 1, last: block * BLOCK_LINES + 20 });
  expect(asked).toEqual([1, 501]);
  for (const resolve of waiting.splice(0)) resolve();
  await settle();
  expect(asked).toEqual([1, 501, 9 * BLOCK_LINES + 1]);
});

test('drops the least recently used block', async () => {
  const cache = new PageCache(async (from, count) => lines(from, count), noError);
  for (let block = 0; block < 60; block++) {
    cache.want({ first: block * BLOCK_LINES + 1, last: block * BLOCK_LINES + 1 });
    await settle();
    cache.want({ first: 1, last: 1 });
  }
  expect(cache.row(1)?.number).toBe(1);
  expect(cache.row(BLOCK_LINES + 1)).toBeUndefined();
  expect(cache.row(59 * BLOCK_LINES + 1)).toBeDefined();
});

test('a failed block is reported once and not asked for again', async () => {
  let asked = 0;
  const errors: unknown[] = [];
  const cache = new PageCache(
    async () => {
      asked++;
      throw new Error('gone');
    },
    (thrown) => errors.push(thrown),
  );
  cache.want({ first: 1, last: 10 });
  await settle();
  cache.want({ first: 1, last: 11 });
  await settle();
  expect(asked).toBe(1);
  expect(errors).toHaveLength(1);
});

test('a block that was not full is asked for anew when the list has grown, and shown until then', async () => {
  let length = 30;
  const asked: number[] = [];
  const cache = new PageCache(async (from, count) => {
    asked.push(from);
    return lines(from, Math.min(count, length - from + 1));
  }, noError);
  cache.grow(length);
  cache.want({ first: 1, last: 30 });
  await settle();
  cache.want({ first: 1, last: 30 });
  await settle();
  expect(asked).toEqual([1]);
  length = 40;
  cache.grow(length);
  expect(cache.row(30)?.number).toBe(30);
  cache.want({ first: 20, last: 40 });
  await settle();
  expect(asked).toEqual([1, 1]);
  expect(cache.row(40)?.number).toBe(40);
});

test('a list that is shorter than it was said to be is not asked for again and again', async () => {
  let asked = 0;
  const cache = new PageCache(async (from) => {
    asked++;
    return lines(from, 5);
  }, noError);
  cache.grow(300);
  cache.want({ first: 1, last: 40 });
  await settle();
  cache.want({ first: 1, last: 41 });
  await settle();
  expect(asked).toBe(1);
});
