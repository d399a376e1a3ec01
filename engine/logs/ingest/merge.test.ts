import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogPiece } from './log-source';
import { type MergeInput, mergeByTime } from './merge';

/** Lines of the tests: `123 text` has a time, anything else has none. */
const timeOf = (bytes: Uint8Array, start: number, end: number) =>
  Number.parseInt(Buffer.from(bytes.subarray(start, end)).toString(), 10);

function input(text: string, source: number, pieceSize: number): MergeInput {
  const bytes = Buffer.from(text);
  async function* pieces(): AsyncIterable<LogPiece> {
    for (let start = 0; start < bytes.length; start += pieceSize) {
      yield { bytes: bytes.subarray(start, start + pieceSize), source };
    }
  }
  return { pieces: pieces(), timeOf };
}

async function merged(inputs: readonly MergeInput[]): Promise<[source: number, line: string][]> {
  const lines: [number, string][] = [];
  for await (const { bytes, source } of mergeByTime(inputs)) {
    const text = Buffer.from(bytes).toString();
    expect(text.endsWith('\n')).toBe(true);
    const texts = text.slice(0, -1).split('\n');
    expect((source as Uint8Array).length).toBe(texts.length);
    for (const [index, line] of texts.entries()) lines.push([(source as Uint8Array)[index] as number, line]);
  }
  return lines;
}

/** What merging is, said simply: lines sorted by their time or that of the line before, stable. */
function expected(logs: readonly string[][]): [number, string][] {
  const timed = logs.flatMap((lines, source) => {
    let time = Number.NEGATIVE_INFINITY;
    return lines.map((line) => {
      const own = Number.parseInt(line, 10);
      if (!Number.isNaN(own)) time = own;
      return { source, line, time };
    });
  });
  return timed
    .sort((a, b) => (a.time === b.time ? 0 : a.time - b.time))
    .map(({ source, line }) => [source, line]);
}

const text = fc.string({ unit: fc.constantFrom('a', 'é', ' '), maxLength: 10 });
/** A log whose times go up, with lines without a time. */
const log = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.boolean(), text), { maxLength: 30 }).map((lines) => {
  let time = 0;
  return lines.map(([step, timed, rest]) => {
    time += step;
    return timed ? `${time} ${rest}` : `x${rest}`;
  });
});

test('merged lines are sorted by time, stable, each with its source, in any chunking', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(log, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 40 }),
      async (logs, pieceSize) => {
        const inputs = logs.map((lines, source) =>
          input(lines.map((line) => `${line}\n`).join(''), source, pieceSize),
        );
        expect(await merged(inputs)).toEqual(expected(logs));
      },
    ),
  );
});

test('a log whose times jump back keeps its order', async () => {
  const result = await merged([input('5 a\n1 b\n7 c\n', 0, 100), input('2 x\n6 y\n', 1, 100)]);
  expect(result.map(([, line]) => line)).toEqual(['2 x', '5 a', '1 b', '6 y', '7 c']);
});

test('large logs and lines of megabytes pass', async () => {
  const lines = (start: number) => Array.from({ length: 30_000 }, (_, i) => `${2 * i + start} line`);
  const logs = [lines(0), [...lines(1), `90000 ${'x'.repeat(500_000)}`], ['30001 y', 'x'.repeat(300_000)]];
  const inputs = logs.map((all, source) => input(`${all.join('\n')}\n`, source, 100_000));
  expect(await merged(inputs)).toEqual(expected(logs));
});
