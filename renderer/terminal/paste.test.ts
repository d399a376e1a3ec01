import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asOneLine, preparePaste } from './paste';

test('one line loses its line end, so it is not run', () => {
  expect(preparePaste('ls -l\r\n')).toEqual({ text: 'ls -l', lines: 1, removed: 0 });
});

test('several lines are counted and kept', () => {
  expect(preparePaste('a\r\nb\rc\n\n')).toEqual({ text: 'a\nb\nc', lines: 3, removed: 0 });
});

test('no control character survives, and they are counted', () => {
  expect(preparePaste('a\u001b[201~b\u0003\u009bc\td')).toMatchObject({ text: 'a[201~bc\td', removed: 3 });
});

test('nothing is nothing', () => {
  expect(preparePaste('\n')).toEqual({ text: '', lines: 0, removed: 0 });
});

test('one line: continued lines are joined, others stand beside each other', () => {
  expect(asOneLine('for f in *; do\n  echo "$f"\ndone')).toBe('for f in *; do echo "$f" done');
  expect(asOneLine('docker run \\\n  -it x')).toBe('docker run -it x');
});

test('whatever is pasted, nothing that a terminal acts on gets through, and one line has no line end', () => {
  const control = fc.integer({ min: 0, max: 0x9f }).map((code) => String.fromCharCode(code));
  const text = fc
    .array(fc.oneof(control, fc.string({ unit: 'binary' }), fc.constant('\x1b[201~')), { maxLength: 20 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(text, (raw) => {
      const { text: pasted } = preparePaste(raw);
      expect(pasted).not.toMatch(/[^\P{Cc}\t\n]|\n$/u);
      expect(asOneLine(pasted)).not.toContain('\n');
    }),
    { numRuns: 500 },
  );
});
