import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clampTop,
  contentHeight,
  drawnLines,
  isScaled,
  MAX_CONTENT_PX,
  maxTop,
  rowOffset,
  scrollFromTop,
  topFromScroll,
  topToCentre,
  topToReveal,
} from './window-model';

const small = { lineCount: 1000, rowHeight: 20, viewport: 400 };
const huge = { lineCount: 10_000_000, rowHeight: 20, viewport: 410 };
const shapes = fc.record({
  lineCount: fc.integer({ min: 1, max: 50_000_000 }),
  rowHeight: fc.constantFrom(16, 20, 22),
  viewport: fc.integer({ min: 40, max: 3000 }),
});

describe('without scaling', () => {
  test('a row is where its number says', () => {
    expect(isScaled(small)).toBe(false);
    expect(contentHeight(small)).toBe(20_000);
    expect(rowOffset(small, 5, 12)).toBe(220);
    expect(topFromScroll(small, 200)).toBeCloseTo(10, 9);
  });

  test('an empty or short log does not scroll', () => {
    expect(topFromScroll({ ...small, lineCount: 0 }, 0)).toBe(0);
    expect(drawnLines({ ...small, lineCount: 0 }, 0, 5)).toEqual({ first: 1, last: 0 });
    expect(maxTop({ ...small, lineCount: 3 })).toBe(0);
    expect(drawnLines({ ...small, lineCount: 3 }, 0, 5)).toEqual({ first: 1, last: 3 });
  });
});

describe('with ten million lines', () => {
  test('the element stays below the browser limit and both ends are reached', () => {
    expect(isScaled(huge)).toBe(true);
    expect(contentHeight(huge)).toBe(MAX_CONTENT_PX);
    expect(topFromScroll(huge, 0)).toBe(0);
    const end = topFromScroll(huge, MAX_CONTENT_PX - huge.viewport);
    expect(drawnLines(huge, end, 0).last).toBe(huge.lineCount);
  });

  test('rows lie one row height apart, so a move by one line is possible', () => {
    const top = 4_321_000.25;
    expect(rowOffset(huge, top, 4_321_010) - rowOffset(huge, top, 4_321_009)).toBeCloseTo(20, 3);
    expect(rowOffset(huge, top, 4_321_001) - scrollFromTop(huge, top)).toBeCloseTo(-5, 3);
  });
});

test('every line can be brought into view', () => {
  fc.assert(
    fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), (shape, at) => {
      const line = 1 + Math.floor(at * (shape.lineCount - 1));
      for (const top of [
        topToCentre(shape, line),
        topToReveal(shape, 0, line),
        topToReveal(shape, maxTop(shape), line),
      ]) {
        expect(top).toBe(clampTop(shape, top));
        const range = drawnLines(shape, top, 0);
        expect(range.first).toBeLessThanOrEqual(line);
        expect(range.last).toBeGreaterThanOrEqual(line);
      }
    }),
  );
});

test('scroll position and line agree both ways', () => {
  fc.assert(
    fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), (shape, at) => {
      const top = at * maxTop(shape);
      expect(topFromScroll(shape, scrollFromTop(shape, top))).toBeCloseTo(top, 3);
    }),
  );
});

test('drawn rows cover the view and are few', () => {
  fc.assert(
    fc.property(shapes, fc.double({ min: 0, max: 1, noNaN: true }), (shape, at) => {
      const top = at * maxTop(shape);
      const { first, last } = drawnLines(shape, top, 3);
      expect(last - first).toBeLessThanOrEqual(shape.viewport / shape.rowHeight + 8);
      const upper = scrollFromTop(shape, top);
      expect(rowOffset(shape, top, first)).toBeLessThanOrEqual(upper + 0.01);
      if (last < shape.lineCount) {
        expect(rowOffset(shape, top, last + 1)).toBeGreaterThanOrEqual(upper + shape.viewport - 0.01);
      }
    }),
  );
});
