import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EvidencePack, type IngestProgress, LINE_VIEW_LIMIT, LogDocument } from '../contract/logs';
import { createLogService, type LogService } from './log-service';
import { evidenceOnce } from './read-once';

let folder: string;
let service: LogService;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-ops-test-'));
  service = createLogService({ cacheDir: join(folder, 'cache') });
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const never = new AbortController().signal;
const context = { signal: never, emit: () => undefined };
/** A context for methods without events. */
const plain = context as never;

const openFile = async (path: string) =>
  service.handlers.open({ kind: 'file', paths: [path], follow: false, rotated: false }, context);
const openText = async (text: string) =>
  service.handlers.open({ kind: 'text', name: 'Pasted log', text }, context);
const readLines = async (id: string, from: number, count: number) =>
  service.handlers.lines({ id, from, count }, plain);
const evidenceOf = async (id: string) => service.handlers.evidence({ id }, plain);
const list = async () => service.handlers.list({}, plain);

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function restart(): Promise<void> {
  await service.close();
  service = createLogService({ cacheDir: join(folder, 'cache') });
}

/** What the splitter does, said simply. */
function splitLines(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line, index, all) => (index < all.length - 1 ? line.replace(/\r$/, '') : line));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function sampleLog(lines: number): string {
  const texts = Array.from({ length: lines }, (_, index) => {
    const time = new Date(Date.UTC(2024, 4, 1) + index * 1000).toISOString();
    if (index === 700) return `${time} ERROR [db] pool: connection to 10.0.0.7:5432 refused`;
    if (index > 700 && index % 10 === 0) return `${time} ERROR [web] request ${index} failed: no connection`;
    return `${time} INFO [web] request ${index} took ${index % 90} ms`;
  });
  return `${texts.join('\n')}\n`;
}

describe('documents', () => {
  test('lines and counts of any text come back as they were', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom('', 'ERROR x 1', 'ERROR x 2', 'é'.repeat(3000), 'a\r', '\x1b[31mred', '"quoted"'),
    );
    const text = fc
      .tuple(fc.array(line, { minLength: 1, maxLength: 40 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
      .map(([lines, end, closed]) => lines.join(end) + (closed ? end : ''))
      .filter(
        (joined) =>
          joined !== '' &&
          [...joined].every((char) =>
            char >= ' ' ? char !== '\uFEFF' && char !== '\x7f' : '\r\n\x1b'.includes(char),
          ),
      );
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const expected = splitLines(Buffer.from(content).toString());
        const document = await openText(content);
        expect(LogDocument.parse(document)).toEqual(document);
        expect(document.lineCount).toBe(expected.length);
        expect(Object.values(document.severities).reduce((sum, count) => sum + count, 0)).toBe(
          expected.length,
        );
        const all = await readLines(document.id, 1, 2000);
        expect(all.map(({ text: shown }) => shown)).toEqual(expected);
        expect(all.map(({ number }) => number)).toEqual(expected.map((_, index) => index + 1));
        const middle = Math.ceil(expected.length / 2);
        expect(await readLines(document.id, middle, 1)).toEqual(all.slice(middle - 1, middle));
        await service.handlers.close({ id: document.id }, plain);
      }),
      { numRuns: 25 },
    );
  });

  test('a large file reads the same at its start, middle and end', async () => {
    const text = sampleLog(60_000);
    const document = await openFile(await fileWith('large.log', text));
    const expected = splitLines(text);
    expect(document.lineCount).toBe(60_000);
    for (const from of [1, 29_990, 59_990]) {
      const lines = await readLines(document.id, from, 11);
      expect(lines.map((line) => line.text)).toEqual(expected.slice(from - 1, from + 10));
    }
    expect(await readLines(document.id, 60_001, 5)).toEqual([]);
    const pack = await evidenceOf(document.id);
    expect(EvidencePack.parse(pack)).toEqual(pack);
    for (const piece of pack.pieces) {
      for (const line of [...piece.lines, ...piece.before]) {
        expect(await readLines(document.id, line.number, 1)).toMatchObject([line]);
      }
    }
  });

  test('evidence names the first error, with the lines before it', async () => {
    const { id } = await openText(sampleLog(2000));
    const { healthy, pieces } = await evidenceOf(id);
    expect(healthy).toBe(false);
    expect(pieces[0]).toMatchObject({ reason: 'first-error', severity: 'error', count: 1, firstLine: 701 });
    expect(pieces[0]?.before.map(({ number }) => number)).toEqual([698, 699, 700]);
    expect(pieces[1]).toMatchObject({ count: 129, firstLine: 711, lastLine: 1991 });
  });

  test('a log of harmless lines is healthy, rare ones or not', async () => {
    const { id } = await openText('INFO start\nINFO 0 errors\nINFO request 1\nINFO request 2\nINFO stop\n');
    expect(await evidenceOf(id)).toMatchObject({ healthy: true });
  });

  test('the original file is not changed, and the cache is private', async () => {
    const path = await fileWith('a.log', sampleLog(500));
    await chmod(path, 0o444);
    const hash = async () =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
    const before = await hash();
    const document = await openFile(path);
    await evidenceOf(document.id);
    expect(await hash()).toBe(before);
    const paste = await openText('ERROR x\n');
    const cache = join(folder, 'cache');
    expect((await stat(cache)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(cache)) {
      if (file !== 'spill') expect((await stat(join(cache, file))).mode & 0o077).toBe(0);
    }
    expect(await readFile(join(cache, `${paste.id}.txt`), 'utf8')).toBe('ERROR x\n');
  });

  test('documents survive a restart, newest first, and close deletes them', async () => {
    const first = await openFile(await fileWith('a.log', sampleLog(900)));
    const second = await openText('ERROR x\n');
    const lines = await readLines(first.id, 1, 900);
    await restart();
    expect(await list()).toEqual([second, first]);
    expect(await readLines(first.id, 1, 900)).toEqual(lines);
    await service.handlers.close({ id: first.id }, plain);
    await service.handlers.close({ id: second.id }, plain);
    expect(await list()).toEqual([]);
    expect((await readdir(join(folder, 'cache'))).filter((file) => file !== 'spill')).toEqual([]);
    await expect(readLines(first.id, 1, 1)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('an unchanged file opens as the document that it already is; a changed one anew', async () => {
    const path = await fileWith('a.log', 'one\n');
    const first = await openFile(path);
    expect((await openFile(path)).id).toBe(first.id);
    await writeFile(path, 'one\ntwo\n');
    expect(await openFile(path)).toMatchObject({ lineCount: 2 });
  });

  test('many documents at once', async () => {
    const documents = await Promise.all(
      Array.from({ length: 12 }, (_, i) => openText(`ERROR ${'x'.repeat(i)}\n`)),
    );
    const lines = await Promise.all(documents.map(({ id }) => readLines(id, 1, 5)));
    expect(lines.map(([line]) => line?.text.length)).toEqual(documents.map((_, i) => 6 + i));
  });
});

describe('what a log may be', () => {
  test('a line of 10 MB', async () => {
    const path = await fileWith('long.log', `first\n${'x'.repeat(10_000_000)}\nERROR last`);
    const document = await openFile(path);
    expect(document.lineCount).toBe(3);
    expect(document.warnings).toHaveLength(2);
    const lines = await readLines(document.id, 1, 3);
    expect(lines.map(({ text }) => text.length)).toEqual([5, LINE_VIEW_LIMIT, 10]);
    expect(await readLines(document.id, 3, 1)).toMatchObject([{ text: 'ERROR last', severity: 'error' }]);
  });

  test('UTF-16, and bytes that are not UTF-8', async () => {
    const wide = await openFile(await fileWith('wide.log', Buffer.from('\uFEFFERROR é\r\nnext', 'utf16le')));
    expect((await readLines(wide.id, 1, 5)).map(({ text }) => text)).toEqual(['ERROR é', 'next']);
    const latin = await openFile(await fileWith('latin.log', Buffer.from('caf\xe9\nnext', 'latin1')));
    expect((await readLines(latin.id, 1, 5)).map(({ text }) => text)).toEqual(['caf\uFFFD', 'next']);
    expect(latin.warnings).toHaveLength(1);
  });

  test('escape codes stay in the text and out of the patterns', async () => {
    const { id } = await openText('\x1b[31mERROR\x1b[0m pool \x1b[1mbroke\x1b[0m\n');
    expect((await readLines(id, 1, 1))[0]).toMatchObject({
      severity: 'error',
      text: '\x1b[31mERROR\x1b[0m pool \x1b[1mbroke\x1b[0m',
    });
    expect((await evidenceOf(id)).pieces[0]?.pattern).not.toContain('\x1b');
  });

  test.each<[string, () => Promise<string> | string, object]>([
    ['no such file', () => join(folder, 'none.log'), { kind: 'not-found', message: /no file/ }],
    ['a file as a folder', async () => join(await fileWith('a.log', 'x'), 'b'), { kind: 'not-found' }],
    ['a directory', () => folder, { kind: 'unreadable', message: /directory/ }],
    ['a device', () => '/dev/null', { kind: 'unreadable', message: /device/ }],
    ['an empty file', () => fileWith('empty.log', ''), { kind: 'invalid-input', message: /empty/ }],
    ['a mark alone', () => fileWith('mark.log', '\uFEFF'), { kind: 'invalid-input', message: /empty/ }],
    ['binary', () => fileWith('b.log', Buffer.alloc(999, 1)), { kind: 'unreadable', message: /binary/ }],
  ])('%s gets one clear line and leaves nothing', async (_, path, expected) => {
    const matcher = Object.fromEntries(
      Object.entries(expected).map(([key, value]) => [
        key,
        value instanceof RegExp ? expect.stringMatching(value) : value,
      ]),
    );
    const where = await path();
    await expect(openFile(where)).rejects.toMatchObject(matcher);
    await expect(evidenceOnce({ kind: 'files', paths: [where] })).rejects.toMatchObject(matcher);
    expect(await list()).toEqual([]);
    expect((await readdir(join(folder, 'cache'))).filter((file) => file !== 'spill')).toEqual([]);
  });
});

describe('stopping', () => {
  test('a stopped ingest leaves nothing', async () => {
    const path = await fileWith('large.log', sampleLog(200_000));
    const abort = new AbortController();
    const events: IngestProgress[] = [];
    const opening = service.handlers.open(
      { kind: 'file', paths: [path], follow: false, rotated: false },
      {
        signal: abort.signal,
        emit: (event) => {
          events.push(event);
          if (event.bytesDone > 2_000_000) abort.abort();
        },
      },
    );
    await expect(opening).rejects.toMatchObject({ kind: 'cancelled' });
    expect(events.length).toBeGreaterThan(0);
    expect(await list()).toEqual([]);
    expect((await readdir(join(folder, 'cache'))).filter((file) => file !== 'spill')).toEqual([]);
  });
});

describe('a log that is read once', () => {
  test('gives a stream the evidence that a document has, and leaves no folder', async () => {
    const folders = async () => (await readdir(tmpdir())).filter((name) => /^sigma-ops-(?!test)/.test(name));
    const path = await fileWith('a.log', sampleLog(3000));
    const before = await folders();
    const pack = await evidenceOnce({ kind: 'stream', name: 'stdin', stream: createReadStream(path) });
    expect(await folders()).toEqual(before);
    const document = await openFile(path);
    expect(pack.document).toMatchObject({ name: 'stdin', path: null, lineCount: 3000 });
    expect(pack.pieces).toEqual((await evidenceOf(document.id)).pieces);
  });
});
