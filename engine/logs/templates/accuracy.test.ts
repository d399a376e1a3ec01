import { describe, expect, test } from 'vitest';
import { correctTemplate, measureAccuracy } from './accuracy';

describe('accuracy', () => {
  test('counts only groups that are exactly right', () => {
    const grouping = (found: string[], truth: string[]) => {
      const { groupingAccuracy, groupingF1 } = measureAccuracy(found, truth);
      return [groupingAccuracy, groupingF1];
    };
    expect(grouping(['a', 'a', 'b', 'b'], ['1', '1', '2', '2'])).toEqual([1, 1]);
    expect(grouping(['a', 'a', 'b', 'b'], ['1', '1', '2', '3'])).toEqual([0.5, 0.4]);
    expect(grouping(['a', 'b', 'c', 'c'], ['1', '1', '2', '2'])).toEqual([0.5, 0.4]);
  });

  test('counts templates of the same text', () => {
    const { parsingAccuracy, literalParsingAccuracy } = measureAccuracy(
      ['job job_<*> ends', 'a b', 'a c'],
      ['job <*> ends', 'a b', 'a b'],
    );
    expect([parsingAccuracy, literalParsingAccuracy]).toEqual([2 / 3, 1 / 3]);
  });

  test.each([
    ['block blk_<*> done', 'block <*> done'],
    ['peer <*>:<*> and <*>.<*>', 'peer <*> and <*>'],
    ['open /a/<*>/b:', 'open <*>:'],
    ['set  x=true, y=3', 'set x=<*>, y=<*>'],
    ['hdfs://<*>', 'hdfs://<*>'],
    ['<*>##<*>', '<*>##<*>'],
    ['at <*>#<*>@<*> now', 'at <*> now'],
  ])('writes %s as the evaluations do', (template, corrected) => {
    expect(correctTemplate(template)).toBe(corrected);
  });
});
