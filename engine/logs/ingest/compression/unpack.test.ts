import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type UnpackLimit, unpack } from './unpack';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const fixture = (name: string) => readFileSync(join(FIXTURES, name));

/** What the fixtures `one.*` and `two.*` hold, made by the formats' own programs. */
const TEXT = Array.from(
  { length: 40_000 },
  (_, i) => `2026-01-01T00:00:00Z INFO request ${i % 97} took ${(i * 7) % 89} ms\n`,
).join('');
const HALF = TEXT.indexOf('\n', TEXT.length / 2) + 1;

const one: Record<string, Uint8Array> = {
  gz: gzipSync(TEXT),
  zst: fixture('one.zst'),
  bz2: fixture('one.bz2'),
  xz: fixture('one.xz'),
};
const two: Record<string, Uint8Array> = {
  gz: Buffer.concat([gzipSync(TEXT.slice(0, HALF)), gzipSync(TEXT.slice(HALF))]),
  zst: fixture('two.zst'),
  bz2: fixture('two.bz2'),
  xz: fixture('two.xz'),
};
const empty: Record<string, Uint8Array> = {
  gz: gzipSync(''),
  zst: fixture('empty.zst'),
  bz2: fixture('empty.bz2'),
  xz: fixture('empty.xz'),
};
const FORMATS = Object.keys(one);

async function* arriving(bytes: Uint8Array, pieceSize: number) {
  for (let start = 0; start < bytes.length; start += pieceSize)
    yield bytes.subarray(start, start + pieceSize);
}

async function unpacked(
  bytes: Uint8Array,
  {
    pieceSize = 64 * 1024,
    path = null,
    limit,
  }: { pieceSize?: number; path?: string | null; limit?: UnpackLimit } = {},
): Promise<{ text: string; length: number; warnings: string[] }> {
  const warnings: string[] = [];
  const parts: Uint8Array[] = [];
  const pieces = unpack(arriving(bytes, pieceSize), 'x', path, (warning) => warnings.push(warning), limit);
  for await (const part of pieces) parts.push(part);
  const whole = Buffer.concat(parts);
  return { text: whole.toString(), length: whole.length, warnings };
}

describe('unpack', () => {
  test.each(FORMATS)('%s: one part, several parts, nothing', async (format) => {
    expect((await unpacked(one[format] as Uint8Array)).text === TEXT).toBe(true);
    expect((await unpacked(two[format] as Uint8Array)).text === TEXT).toBe(true);
    expect(await unpacked(empty[format] as Uint8Array)).toEqual({ text: '', length: 0, warnings: [] });
  });

  test.each(FORMATS)('%s arrives in pieces of any size', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), async (pieceSize) => {
        expect((await unpacked(two[format] as Uint8Array, { pieceSize })).text === TEXT).toBe(true);
      }),
      { numRuns: 5, examples: [[1]] },
    );
  });

  test.each(FORMATS)('%s cut off anywhere gives a beginning of the text and a warning', async (format) => {
    const whole = one[format] as Uint8Array;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: Math.ceil(whole.length / 2), max: whole.length - 20 }),
        async (length) => {
          const { text, warnings } = await unpacked(whole.subarray(0, length));
          expect(TEXT.startsWith(text)).toBe(true);
          // A bzip2 block of 900 KB is there or is not.
          expect(text.length).toBeGreaterThan(format === 'bz2' ? 0 : 100_000);
          expect(warnings).toEqual([expect.stringMatching(/cut off.*are here/)]);
        },
      ),
      { numRuns: 8 },
    );
  });

  test.each(FORMATS)('%s cut off before any text is refused', async (format) => {
    await expect(unpacked((one[format] as Uint8Array).subarray(0, 16))).rejects.toMatchObject({
      kind: 'unreadable',
      message: expect.stringMatching(/cut off.*no text/),
    });
  });

  test.each(FORMATS)('%s with broken bytes never breaks the reader', async (format) => {
    const whole = one[format] as Uint8Array;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 10, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const broken = Uint8Array.from(whole);
          broken[at] = (broken[at] as number) ^ flip;
          const result = await unpacked(broken, { limit: { bytes: 50_000_000, ratio: 1 } }).catch(
            (thrown: unknown) => thrown,
          );
          if (result instanceof Error) expect(result).toMatchObject({ kind: 'unreadable' });
        },
      ),
      { numRuns: 25 },
    );
  });

  test.each([
    ['gz', gzipSync(Buffer.alloc(200_000_000, `${'a'.repeat(99)}\n`))],
    ['zst', fixture('bomb.zst')],
    ['bz2', fixture('bomb.bz2')],
    ['xz', fixture('bomb.xz')],
  ])('a bomb of %s is read up to the limit', async (_, bytes) => {
    const { length, warnings } = await unpacked(bytes, { limit: { bytes: 10_000_000, ratio: 10 } });
    expect(length).toBeLessThanOrEqual(10_000_000);
    expect(length).toBeGreaterThan(9_000_000);
    expect(warnings).toEqual([expect.stringMatching(/unpacks to more than/)]);
  });

  test('two xz streams are read side by side', async () => {
    const texts = await Promise.all([unpacked(one.xz as Uint8Array), unpacked(two.xz as Uint8Array)]);
    expect(texts.every(({ text }) => text === TEXT)).toBe(true);
    const left = unpack(arriving(one.xz as Uint8Array, 999), 'l', null, () => {})[Symbol.asyncIterator]();
    const right = unpack(arriving(one.xz as Uint8Array, 999), 'r', null, () => {})[Symbol.asyncIterator]();
    let [a, b] = [await left.next(), await right.next()];
    for (; !a.done; [a, b] = [await left.next(), await right.next()]) expect(b).toEqual(a);
    expect(b.done).toBe(true);
  });

  test('zeros behind gzip are padding', async () => {
    const { text, warnings } = await unpacked(Buffer.concat([gzipSync('a\n'), Buffer.alloc(512)]));
    expect([text, warnings]).toEqual(['a\n', []]);
  });

  test('text is handed on as it is, whatever it begins with', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('', 'B', 'BZh is no bzip2\n', 'PK\n', 'a line\n'), async (text) => {
        expect(await unpacked(Buffer.from(text))).toMatchObject({ text, warnings: [] });
      }),
    );
  });

  test('a zip archive with one file is read, one with several is refused by name', async () => {
    const path = join(FIXTURES, 'one.zip');
    expect(await unpacked(fixture('one.zip'), { path })).toMatchObject({ text: 'a line\n', warnings: [] });
    await expect(unpacked(fixture('two.zip'), { path: join(FIXTURES, 'two.zip') })).rejects.toMatchObject({
      message: expect.stringContaining('(a.log, b.log)'),
    });
    await expect(unpacked(fixture('one.zip'))).rejects.toMatchObject({
      message: expect.stringContaining('unzip -p'),
    });
  });
});
