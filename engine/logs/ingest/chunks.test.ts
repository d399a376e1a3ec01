import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChunkScanner, type ScannedChunk } from '../workers/chunk-scanner';
import { CHUNK_BYTES, LINE_KEEP_BYTES, type LineChunk, toChunks } from './chunks';
import type { LogPiece } from './log-source';

async function* arriving(pieces: readonly LogPiece[]) {
  yield* pieces;
}

async function chunksOf(pieces: readonly LogPiece[], isEager?: () => boolean): Promise<LineChunk[]> {
  const chunks: LineChunk[] = [];
  for await (const chunk of toChunks(arriving(pieces), isEager)) chunks.push(chunk);
  return chunks;
}

/** The text as it is stored, of pieces of one source. */
async function stored(pieces: readonly Uint8Array[]): Promise<{ text: string; scanned: ScannedChunk[] }> {
  const scanner = new ChunkScanner({ newest: 0, dateOrder: null });
  const chunks = await chunksOf(pieces.map((bytes) => ({ bytes, source: 0 })));
  const scanned = chunks.map(({ bytes }) => scanner.scan(bytes));
  return { text: Buffer.concat(scanned.map(({ bytes }) => bytes)).toString('utf8'), scanned };
}

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; start < bytes.length; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    pieces.push(bytes.subarray(start, start + size));
    start += size;
  }
  return pieces;
}

const sizes = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 5 });

describe('chunks', () => {
  test('hold the same text however it comes, and end at line ends', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.integer({ min: 0, max: LINE_KEEP_BYTES }).map((length) => 'x'.repeat(length)),
    );
    const end = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), end, sizes, async (lines, lineEnd, pieceSizes) => {
        const bytes = Buffer.from(lines.join(lineEnd));
        const { text, scanned } = await stored(cut(bytes, pieceSizes));
        expect(text).toBe(bytes.toString());
        expect(scanned.every(({ notes }) => !notes.replaced && notes.cutLines === 0)).toBe(true);
        for (const chunk of scanned.slice(0, -1)) expect(chunk.bytes.at(-1)).toBe(0x0a);
        for (const { blocks, bytes: all, lines: count } of scanned) {
          const pairs = Array.from({ length: blocks.length / 2 }, (_, at) =>
            blocks.subarray(at * 2, at * 2 + 2),
          );
          expect(pairs.reduce((sum, [blockLines = 0]) => sum + blockLines, 0)).toBe(count);
          expect(pairs.reduce((sum, [, blockBytes = 0]) => sum + blockBytes, 0)).toBe(all.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('invalid UTF-8 is replaced as one decoder over the whole text does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), sizes, async (bytes, pieceSizes) => {
        expect((await stored(cut(bytes, pieceSizes))).text).toBe(Buffer.from(bytes).toString('utf8'));
      }),
    );
  });

  test.each([1000, 16_384, 65_536, 1_000_000, 20_000_000])(
    'a line of 10 MB that comes in pieces of %i is cut, once',
    async (size) => {
      for (const end of ['\n', '\r\n']) {
        const bytes = Buffer.from(`first\n${'é'.repeat(5_000_000)}${end}last`);
        const { text, scanned } = await stored(cut(bytes, [size]));
        const lines = text.split(/\r?\n/);
        expect(lines).toHaveLength(3);
        expect(lines[1]).toBe('é'.repeat(LINE_KEEP_BYTES / 2));
        expect([lines[0], lines[2]]).toEqual(['first', 'last']);
        expect(scanned.reduce((sum, { notes }) => sum + notes.cutLines, 0)).toBe(1);
      }
    },
  );

  test('a line at the limit, with CR LF, is not cut', async () => {
    const text = `${'x'.repeat(LINE_KEEP_BYTES)}\r\ny`;
    const { scanned } = await stored(cut(Buffer.from(text), [LINE_KEEP_BYTES + 1]));
    expect(scanned.every(({ notes }) => notes.cutLines === 0)).toBe(true);
  });

  test('memory stays bounded: no chunk is far over its aim', async () => {
    const bytes = Buffer.from('a line of some length\n'.repeat(500_000));
    const chunks = await chunksOf([{ bytes, source: 0 }]);
    expect(Math.max(...chunks.map((chunk) => chunk.bytes.length))).toBeLessThan(2 * CHUNK_BYTES);
    expect(chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0)).toBe(bytes.length);
  });

  test('each line keeps its source', async () => {
    const piece = fc.oneof(
      fc.record({ lines: fc.integer({ min: 1, max: 5 }), source: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ lines: fc.integer({ min: 1, max: 5 }), source: fc.constant(null) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (parts) => {
        const expected: number[] = [];
        const pieces = parts.map(({ lines, source }): LogPiece => {
          const each = Array.from({ length: lines }, (_, at) => source ?? at % 3);
          expected.push(...each);
          return { bytes: Buffer.from('x\n'.repeat(lines)), source: source ?? Uint8Array.from(each) };
        });
        const found = (await chunksOf(pieces)).flatMap(({ bytes, source }) =>
          typeof source === 'number' ? Array(bytes.length / 2).fill(source) : [...source],
        );
        expect(found).toEqual(expected);
      }),
    );
  });

  test('eager: a line is handed on once it has ended, and an empty piece comes back', async () => {
    const texts = ['one\ntw', 'o\n', '', 'thr', '', 'ee\n'];
    const pieces = texts.map((text) => ({ bytes: Buffer.from(text), source: 0 }));
    const chunks = await chunksOf(pieces, () => true);
    expect(chunks.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      'one\n',
      'two\n',
      '',
      '',
      'three\n',
    ]);
  });
});
