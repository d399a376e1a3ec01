import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intersect, LineListBuilder, rowOfLine } from './line-list';

const list = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 300 })
  .map((lines) => Uint32Array.from(lines).sort());

test('a list holds what was put in, in as much memory as it needs', () => {
  fc.assert(
    fc.property(list, fc.nat(300), (lines, split) => {
      const builder = new LineListBuilder(lines.slice(0, split));
      const rest = lines.slice(split);
      rest.forEach((line, index) => {
        if (index % 2 === 0) builder.push(line);
        else builder.pushAll(Uint32Array.of(line));
      });
      expect(builder.finish()).toEqual(lines);
      expect(builder.finish().buffer.byteLength).toBe(lines.length * 4);
    }),
  );
});

test('the row of a line is its own, or that of the next one, or the last', () => {
  fc.assert(
    fc.property(list, fc.integer({ min: 1, max: 500 }), (lines, line) => {
      const next = lines.findIndex((each) => each >= line);
      const expected = lines.length === 0 ? null : next < 0 ? lines.length : next + 1;
      expect(rowOfLine(lines, line)).toBe(expected);
    }),
  );
});

test('lists meet in what both have, piece by piece too', () => {
  fc.assert(
    fc.property(list, list, fc.nat(300), (a, b, split) => {
      const expected = a.filter((line) => b.includes(line));
      const first = intersect(a.subarray(0, split), b);
      const second = intersect(a.subarray(split), b, first.next);
      expect([...first.both, ...second.both]).toEqual([...expected]);
    }),
  );
});
