import fc from 'fast-check';
import { expect, test } from 'vitest';
import { movePx, wrapLayout, wrapMaxTop, wrapTopToCentre, wrapTopToReveal } from './wrap-model';

const heights = fc.array(
  fc.integer({ min: 1, max: 9 }).map((lines) => lines * 20),
  {
    minLength: 1,
    maxLength: 40,
  },
);
const shapes = fc
  .record({ heights, viewport: fc.integer({ min: 60, max: 400 }) })
  .map(({ heights: list, viewport }) => ({
    rowCount: list.length,
    viewport,
    heightOf: (row: number) => list[row] ?? 20,
    total: list.reduce((sum, height) => sum + height, 0),
    /** Distance of a position from the beginning. */
    px: (position: number) => {
      const row = Math.min(Math.floor(position), list.length - 1);
      const before = list.slice(0, row).reduce((sum, height) => sum + height, 0);
      return before + (position - row) * (list[row] ?? 20);
    },
  }));
const share = fc.double({ min: 0, max: 1, noNaN: true });

test('a move is as long as asked for, or ends at an end', () => {
  fc.assert(
    fc.property(shapes, share, fc.integer({ min: -3000, max: 3000 }), (shape, at, px) => {
      const from = at * shape.rowCount;
      const to = movePx(from, px, shape.heightOf, shape.rowCount);
      const wanted = Math.min(Math.max(0, shape.px(from) + px), shape.total);
      expect(shape.px(to)).toBeCloseTo(wanted, 6);
    }),
  );
});

test('at the end the last row is on the lower edge, or all rows fit', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const end = shape.px(wrapMaxTop(shape));
      expect(end).toBeCloseTo(Math.max(0, shape.total - shape.viewport), 6);
    }),
  );
});

test('drawn rows follow on each other and cover the view', () => {
  fc.assert(
    fc.property(shapes, share, (shape, at) => {
      const top = at * wrapMaxTop(shape);
      const rows = wrapLayout(shape, top, 3);
      for (const { row, y } of rows) expect(y).toBeCloseTo(shape.px(row - 1) - shape.px(top), 6);
      const last = rows.at(-1);
      expect(rows[0]?.y).toBeLessThanOrEqual(1e-6);
      if (last && last.row < shape.rowCount)
        expect(last.y + shape.heightOf(last.row - 1)).toBeGreaterThanOrEqual(shape.viewport);
    }),
  );
});

test('a row that is brought into view is in view', () => {
  fc.assert(
    fc.property(shapes, share, share, (shape, from, at) => {
      const row = 1 + Math.floor(at * (shape.rowCount - 1));
      const tops = [wrapTopToCentre(shape, row), wrapTopToReveal(shape, from * wrapMaxTop(shape), row)];
      for (const top of tops) {
        const y = shape.px(row - 1) - shape.px(top);
        expect(y).toBeLessThan(shape.viewport);
        expect(y + shape.heightOf(row - 1)).toBeGreaterThan(0);
        expect(top).toBeLessThanOrEqual(wrapMaxTop(shape) + 1e-9);
      }
    }),
  );
});

test('a row in view is not moved', () => {
  const shape = { rowCount: 10, viewport: 100, heightOf: () => 20 };
  expect(wrapTopToReveal(shape, 2, 4)).toBe(2);
  expect(wrapTopToReveal(shape, 2, 7)).toBe(2);
  expect(wrapTopToReveal(shape, 2, 8)).toBe(3);
});
