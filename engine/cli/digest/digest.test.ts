import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { templateKey } from '../../logs/templates/patterns';
import { syntheticLog } from '../../logs/templates/testing/synthetic-log';
import { findBursts } from './bursts';
import { type Digest, digestLog } from './digest';
import { digestText } from './digest-text';
import { csvField } from './templates-csv';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-ops-digest-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const nothing = { stdin: arriving([]) };

function digestFile(text: string | Uint8Array, templates?: string): Promise<Digest> {
  writeFileSync(at('a.log'), text);
  return digestLog({ files: [at('a.log')], ...(templates ? { templates } : {}) }, nothing);
}

async function* arriving(pieces: readonly Uint8Array[]) {
  yield* pieces;
}

/** Rows of the written file, as any reader of RFC 4180 has them. */
function rows(path: string): string[][] {
  const found: string[][] = [[]];
  for (const [, quoted, plain, end] of readFileSync(path, 'utf8').matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g,
  )) {
    found.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') found.push([]);
  }
  return found.filter((row) => row.length > 1);
}

describe('digest', () => {
  test('counts every line, finds the form, the times and the first error', async () => {
    const { lines } = syntheticLog('log4j', 500, 1);
    const digest = await digestFile(
      `${lines.join('\n')}\n2024-05-02 00:00:00,000 ERROR [main] com.acme.Pool: it broke\n`,
    );
    expect(digest).toMatchObject({ name: 'a.log', lines: 501, format: expect.stringMatching(/log4j/i) });
    expect(digest.time).toEqual({ from: '2024-05-01T00:00:00.000Z', to: '2024-05-02T00:00:00.000Z' });
    expect(digest.patterns.reduce((sum, { count }) => sum + count, 0)).toBe(501);
    expect(digest.patterns).toContainEqual({
      key: templateKey('it broke'),
      severity: 'error',
      text: 'it broke',
      count: 1,
      firstLine: 501,
      lastLine: 501,
      burst: null,
    });
    expect(digestText(digest)).toMatch(/^a\.log: 501 lines, .*log4j.*\nFrom 2024-05-01T00:00:00.000Z to/is);
  });

  test.each([
    ['no line end at the end', 'a b\nc d', ['a b', 'c d']],
    ['CRLF', 'a b\r\nc d\r\n', ['a b', 'c d']],
    ['empty lines', '\n\na\n\n', ['', '', 'a', '']],
    ['a comma and quotes', 'say "hi", you\n', ['say "hi", you']],
    ['escape codes', '\u001b[31mred\u001b[0m\n', ['red']],
    ['a stack trace', 'it broke\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\n', 3],
    ['a line of a megabyte', `${'x'.repeat(1_000_000)}\nb\n`, 2],
  ])('writes a row for each line: %s', async (_, text, expected) => {
    const digest = await digestFile(text, at('out.csv'));
    const [head, ...found] = rows(at('out.csv'));
    expect(head).toEqual(['LineId', 'EventId', 'EventTemplate']);
    expect(found.map(([line]) => line)).toEqual(found.map((_row, index) => String(index + 1)));
    expect(found).toHaveLength(digest.lines);
    if (typeof expected === 'number') expect(found).toHaveLength(expected);
    else expect(found.map(([, , template]) => template)).toEqual(expected);
    for (const [, id = '', template = ''] of found) expect(id).toBe(templateKey(template));
  });

  test('rows agree with the patterns, whatever the lines and however they arrive', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.nat(400).map((seed) => syntheticLog('syslog', 1, seed).lines[0] ?? ''),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        async (all, size) => {
          const text = `${all.join('\n')}\n`;
          // Many control characters are a binary file.
          fc.pre(!/(?!\s)\p{Cc}/u.test(text));
          const whole = await digestFile(text, at('whole.csv'));
          const bytes = Buffer.from(text);
          const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          );
          const cut = await digestLog(
            { files: ['-'], templates: at('cut.csv') },
            { stdin: arriving(pieces) },
          );
          expect(cut).toEqual({ ...whole, name: 'stdin', time: cut.time });
          expect(readFileSync(at('cut.csv'), 'utf8')).toBe(readFileSync(at('whole.csv'), 'utf8'));
          const counts = new Map<string, number>();
          for (const [, id = ''] of rows(at('cut.csv')).slice(1)) counts.set(id, (counts.get(id) ?? 0) + 1);
          const byKey = new Map<string, number>();
          for (const { key, count } of whole.patterns) byKey.set(key, (byKey.get(key) ?? 0) + count);
          expect(counts).toEqual(byKey);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('one template at two severities is one id', async () => {
    const digest = await digestFile('INFO: done 1\nERROR: done 2\n', at('out.csv'));
    expect(digest.patterns.map(({ severity }) => severity).sort()).toEqual(['error', 'info']);
    const ids = rows(at('out.csv'))
      .slice(1)
      .map(([, id]) => id);
    expect(new Set(ids).size).toBe(1);
  });

  test('never writes over the log, nor where it can not', async () => {
    writeFileSync(at('kept.log'), 'kept\n');
    const digest = (templates: string) => digestLog({ files: [at('kept.log')], templates }, nothing);
    await expect(digest(at('kept.log'))).rejects.toThrow(/names the log itself/);
    await expect(digest(at('no/such/folder.csv'))).rejects.toThrow(/can't be written/);
    await expect(digest(folder)).rejects.toThrow(/directory|written/);
    expect(readFileSync(at('kept.log'), 'utf8')).toBe('kept\n');
  });

  test('an empty log and a missing one are said to be so', async () => {
    await expect(digestFile('')).rejects.toMatchObject({ kind: 'invalid-input', message: /is empty/ });
    await expect(digestLog({ files: [at('none.log')] }, nothing)).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  test('stops when it is told to', async () => {
    const abort = new AbortController();
    abort.abort();
    const stopped = digestLog(
      { files: ['-'] },
      { stdin: arriving([Buffer.from('a\n')]), signal: abort.signal },
    );
    await expect(stopped).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

test('a burst is where a pattern comes much more often than elsewhere', async () => {
  const lines = Array.from({ length: 10_000 }, (_, line) => (line >= 4000 && line < 4030 ? 1 : 0));
  async function* chunks() {
    yield lines.slice(0, 4015);
    yield lines.slice(4015);
  }
  const bursts = await findBursts(chunks(), [9970, 30], lines.length);
  expect(bursts).toEqual([null, { firstLine: 4001, lastLine: 4050, count: 30 }]);
});

test.each([
  ['a', 'a'],
  ['a,b', '"a,b"'],
  ['a "b"', '"a ""b"""'],
  ['', ''],
])('%j is the field %s', (text, field) => {
  expect(csvField(text)).toBe(field);
});
