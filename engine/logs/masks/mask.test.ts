import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskMessage } from './mask';
import { maskRules } from './mask-rules';
import { Scanner, skeletonOf } from './scanner';

const mask = (line: string) => maskMessage(skeletonOf(line));

describe('mask rules', () => {
  test.each(maskRules.map(({ name, sample }) => [name, ...sample] as const))('%s', (_, line, masked) => {
    expect(mask(line)).toBe(masked);
  });

  test.each([
    ['id 123e4567-e89b-12d3-a456-426614174000 gone', 'id <*> gone'],
    ['mac 00:1a:2B:3c:4d:5e up', 'mac <*> up'],
    ['at 0x7fff12ab now', 'at <*> now'],
    ['blk_-6952295868487656571 moved', 'blk_<*> moved'],
    ['session k3Jd8fK2lqWe9x0a ends', 'session <*> ends'],
    ['\x1b[1;31mred\x1b[0m   and\tblue', 'red and blue'],
  ])('%s', (line, masked) => {
    expect(mask(line)).toBe(masked);
  });

  test('lines that differ in numbers only have one skeleton', () => {
    const number = fc.integer({ min: 10, max: 499 });
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(skeletonOf(`took ${a} of ${b}`)).toBe(skeletonOf('took 12 of 34'));
      }),
    );
  });

  test('any line is masked without a throw, within the limit, and masking again changes nothing', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom('1', 'ab', '/', ':', '.', '-', ' ', '<', '[', '9f4e', '=', 'é', '@', '0x', '\x1b['),
          { maxLength: 60 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(line, (text) => {
        const masked = mask(text);
        expect(masked).not.toMatch(/(?<![A-Za-z\x80-\u{10FFFF}])\d|[0157]/u);
        expect(maskMessage(masked).length).toBeLessThanOrEqual(masked.length);
      }),
      { numRuns: 500 },
    );
  });

  test('no rule takes long on a line made to slow it down', () => {
    for (const part of ['1.', 'a.', '1:', '/a', 'a@', '<*>', '9f4ef6-', '1 ', 'a-1', '[', '1-1-1 1:1']) {
      const started = performance.now();
      mask(part.repeat(20_000));
      expect(performance.now() - started).toBeLessThan(200);
    }
  });
});

describe('scanner', () => {
  test('equal skeletons have equal hashes and others do not', () => {
    const scanner = new Scanner();
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(fc.string(), (line) => {
        const bytes = Buffer.from(line);
        scanner.scan(bytes, 0, bytes.length);
        const hash = `${scanner.hash1} ${scanner.hash2}`;
        expect(seen.get(hash) ?? scanner.text()).toBe(scanner.text());
        seen.set(hash, scanner.text());
      }),
      { numRuns: 2000 },
    );
  });
});
