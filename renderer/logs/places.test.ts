import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ListReader, placeAfter, placeBefore, placeNear } from './places';

/** A list as the log process has it. */
function reader(lines: readonly number[]): ListReader {
  return {
    rows: lines.length,
    rowOfLine: async (line) => {
      if (lines.length === 0) return null;
      const index = lines.findIndex((other) => other >= line);
      return index < 0 ? lines.length : index + 1;
    },
    lineAt: async (row) => {
      const line = lines[row - 1];
      if (line === undefined) throw new Error(`There is no row ${row}.`);
      return line;
    },
  };
}

const lists = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 20 });

test('steps go to the nearest line on either side, and nowhere at the ends', () =>
  fc.assert(
    fc.asyncProperty(lists, fc.integer({ min: 1, max: 60 }), async (unsorted, line) => {
      const lines = unsorted.sort((a, b) => a - b);
      const list = reader(lines);
      expect((await placeAfter(list, line))?.line).toBe(lines.find((other) => other > line));
      expect((await placeBefore(list, line))?.line).toBe(lines.findLast((other) => other < line));
    }),
  ));

test('the nearest place is the line itself, else the one after it, else the last', async () => {
  const list = reader([3, 8]);
  expect(await placeNear(list, 3)).toEqual({ row: 1, line: 3 });
  expect(await placeNear(list, 4)).toEqual({ row: 2, line: 8 });
  expect(await placeNear(list, 9)).toEqual({ row: 2, line: 8 });
  expect(await placeNear(reader([]), 9)).toBeNull();
});
