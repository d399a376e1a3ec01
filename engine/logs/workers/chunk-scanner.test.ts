import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toChunks } from '../ingest/chunks';
import { Scanner } from '../masks/scanner';
import { describeSkeleton } from '../templates/describe-skeleton';
import { TimeReader } from '../time/line-time';
import { KindTimes } from './kind-times';
import { MergedShapes } from './merged-shapes';
import { inOrder, ScanPool } from './scan-pool';

const hints = { newest: Date.UTC(2024, 5, 1), dateOrder: null };

let out: string;
beforeAll(async () => {
  // Beside node_modules, so that the built program finds the packages.
  out = await mkdtemp(join(import.meta.dirname, '../../../node_modules/.logs-test-'));
  await build({
    logLevel: 'error',
    configFile: false,
    build: {
      ssr: join(import.meta.dirname, 'scan-worker-main.ts'),
      outDir: out,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: 'worker.mjs' } },
    },
  });
}, 60_000);
afterAll(() => rm(out, { recursive: true, force: true }));

const word = fc.constantFrom('one', 'two', 'three', 'failed', 'ERROR', '10.0.0.1', '0', '500', 'a1b2c3d4e5');
/** What may stand behind a date and clock: near each other, so that what is remembered of one might be taken for the next. */
const ENDS = ['', '.5', ',123', ':30', 'Z', ' +0200', '+02:00', '.5Z', ' PM', ' UTC', 'x', '-5'];
const YEARS = ['', '.5', ' 2023', '  2023', ' CEST 2023', ' UTC', ' host x[1]:', ' LabSZ x[1]:', ' 20235'];
const FAMILIES = [
  ...['2024-05-01 10:00:00', '2024-05-01T10:00', '2024-13-41 10:00:00'].map((date) =>
    ENDS.map((end) => date + end),
  ),
  ['2024-05-01 10:00:00', '2024-05-01 10:00:01', '2024-05-01 10:00:00.5', '2024-05-02 10:00:00.5'],
  ...['May  1 10:00:00', 'May 01 10:00:00', 'Wed May  1 10:00:00'].map((date) =>
    YEARS.map((end) => date + end),
  ),
  ['01/May/2024:10:00:00 +0000]', '01/May/2024:10:00:00 +0200]', '01/May/2024:10:00:01 +0200]'].map(
    (time) => `1.2.3.4 - - [${time}`,
  ),
  ['I0501 10:00:00.000001', 'W0501 10:00:00.5', '05-01 10:00:00.5', '240501 10:00:00', '24 10:00:00'],
  ['    at', '', '12:30:40', '{"ts":1714557600,"msg":"x"}', '{"ts":1714557601,"msg":"x"}'],
  ['{"time":"2024-05-01T10:00:00Z"}', '{"time":"2024-05-01T10:00:00.5+02:00"}'],
];
const header = fc.constantFrom(...FAMILIES.flat()).map((text) => `${text} `);
/** Lines of one family, which meet often. */
const family = fc.constantFrom(...FAMILIES).chain((headers) =>
  fc.array(
    fc.constantFrom(...headers).map((text) => `${text} x`),
    { minLength: 1, maxLength: 40 },
  ),
);
const line = fc
  .tuple(header, fc.array(word, { maxLength: 4 }))
  .map(([head, words]) => head + words.join(' '));

describe('scanning', () => {
  test('times by kind are those of each line alone', () => {
    fc.assert(
      fc.property(fc.oneof(family, fc.array(line, { minLength: 1, maxLength: 60 })), (lines) => {
        const scanner = new Scanner();
        const kinds = new KindTimes(hints);
        for (const text of lines) {
          const alone = new TimeReader(hints);
          const bytes = Buffer.from(text);
          scanner.scan(bytes, 0, bytes.length);
          const place = alone.find(bytes, 0, bytes.length);
          const expected = place === null ? Number.NaN : alone.read(place, bytes, 0, bytes.length);
          expect(kinds.read(scanner, bytes, 0, bytes.length)).toBe(expected);
        }
      }),
      { numRuns: 4000 },
    );
  });

  test('counts are those of each line alone, however the lines are divided into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(line, { minLength: 1, maxLength: 20 }), { maxLength: 8 }),
        async (chunks) => {
          const pool = new ScanPool({ hints });
          const merged = new MergedShapes();
          for (const lines of chunks) {
            merged.add(await pool.scan(Uint8Array.from(Buffer.from(`${lines.join('\n')}\n`))), 0);
          }
          const shapes = merged.shapes.map(({ severity, masked }, at) => [
            `${severity} ${masked}`,
            merged.counts[at],
          ]);
          expect(shapes).toEqual(countedAlone(chunks.flat()));
          expect(merged.severities.reduce((sum, count) => sum + count, 0)).toBe(chunks.flat().length);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('threads find what one scanner finds, in the same order', async () => {
    const sample = fc.sample(line, { numRuns: 3000, seed: 7 });
    const text = Buffer.from(
      Array.from({ length: 60 }, (_, at) => sample.map((each) => `${each} ${at}`).join('\n')).join('\n'),
    );
    const read = async (worker: string | undefined, threads: number) => {
      async function* pieces() {
        for (let at = 0; at < text.length; at += 100_000)
          yield { bytes: text.subarray(at, at + 100_000), source: 0 };
      }
      const pool = new ScanPool({ hints, worker, threads });
      const merged = new MergedShapes();
      const rows: unknown[] = [];
      const bytes: Uint8Array[] = [];
      for await (const { scanned } of inOrder(toChunks(pieces()), pool)) {
        const lines = merged.add(scanned, 0);
        rows.push([...lines.shapes], [...lines.severities], [...lines.times], [...lines.continues]);
        bytes.push(scanned.bytes);
      }
      await pool.close();
      expect(Buffer.concat(bytes).equals(text)).toBe(true);
      return {
        rows,
        shapes: merged.shapes,
        counts: merged.counts,
        severities: merged.severities,
        lines: merged.lines,
      };
    };
    const alone = await read(undefined, 1);
    expect(text.length).toBeGreaterThan(3_000_000);
    expect(alone.lines).toBe(180_000);
    for (const threads of [1, 3]) expect(await read(join(out, 'worker.mjs'), threads)).toEqual(alone);
  });

  test('a thread that can not be started fails the reading, with one message', async () => {
    const pool = new ScanPool({ hints, worker: join(out, 'none.mjs'), threads: 2 });
    const chunk = () => new Uint8Array(3 * 1024 * 1024).fill(0x61);
    await expect(pool.scan(chunk())).rejects.toMatchObject({
      kind: 'internal',
      message: expect.stringMatching(/Scanning/),
    });
    await pool.close();
  });
});

/** Shapes in the order of their first lines, and how many lines each has. */
function countedAlone(lines: readonly string[]): [string, number][] {
  const byText = new Map<string, number>();
  for (const text of lines) {
    const bytes = Buffer.from(text);
    const scanner = new Scanner();
    scanner.scan(bytes, 0, bytes.length);
    const { severity, masked } = describeSkeleton(scanner.text());
    const key = `${severity} ${masked}`;
    byText.set(key, (byText.get(key) ?? 0) + 1);
  }
  return [...byText];
}
