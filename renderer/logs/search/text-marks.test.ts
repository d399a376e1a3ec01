import fc from 'fast-check';
import { expect, test } from 'vitest';
import { markerFor, piecesOf } from './text-marks';

const marked = (line: string, query: { text: string; regex?: boolean; matchCase?: boolean }) => {
  const marker = markerFor({ regex: false, matchCase: false, ...query });
  return marker && piecesOf(line, marker(line)).flatMap((piece) => (piece.marked ? [piece.text] : []));
};

test('plain text is found as it stands, in any case unless asked otherwise', () => {
  expect(marked('a.b A.B axb', { text: 'a.b' })).toEqual(['a.b', 'A.B']);
  expect(marked('a.b A.B', { text: 'a.b', matchCase: true })).toEqual(['a.b']);
});

test('letters outside of ASCII are found in any case too', () => {
  expect(marked('Ärger ärger', { text: 'ärger' })).toEqual(['Ärger', 'ärger']);
  expect(marked('ERROR é error', { text: 'error' })).toEqual(['ERROR', 'error']);
});

test('expressions are those of RE2', () => {
  expect(marked('took 15 ms, 230 ms', { text: '\\d+ ms', regex: true })).toEqual(['15 ms', '230 ms']);
  expect(marked('Error error', { text: '(?-i)error', regex: true })).toEqual(['error']);
  expect(marked('x', { text: '(', regex: true })).toBeNull();
  expect(marked('aa', { text: '(a)\\1', regex: true })).toBeNull();
});

test('an expression that matches nothing marks nothing, and ends', () => {
  expect(marked('abc', { text: 'x*', regex: true })).toEqual([]);
});

test('what would take a backtracking matcher for ever is done at once', () => {
  const line = `${'a'.repeat(2000)}b`;
  const started = performance.now();
  expect(marked(line, { text: '(a+)+$', regex: true })).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('pieces make up the line', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1, maxLength: 3 }), (line, text) => {
      const marker = markerFor({ text, regex: false, matchCase: true });
      const pieces = piecesOf(line, marker?.(line) ?? []);
      expect(pieces.map((piece) => piece.text).join('')).toBe(line);
      expect(pieces.some((piece) => piece.marked)).toBe(line.includes(text));
    }),
  );
});
