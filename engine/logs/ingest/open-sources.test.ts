import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogSource } from './log-source';
import { openSources, openStream } from './open-sources';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-ops-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Each line with the name of the source that it is said to be from. */
async function linesOf(source: LogSource): Promise<string[]> {
  const lines: string[] = [];
  const open = new Map<number, string>();
  for await (const { bytes, source: place } of source.pieces) {
    const name = (index: number) => source.sources[index]?.name;
    if (typeof place === 'number') {
      const parts = `${open.get(place) ?? ''}${Buffer.from(bytes).toString('latin1')}`.split('\n');
      open.set(place, parts.pop() ?? '');
      lines.push(...parts.map((line) => `${name(place)}: ${line}`));
    } else {
      const parts = Buffer.from(bytes).toString('latin1').slice(0, -1).split('\n');
      lines.push(...parts.map((line, index) => `${name(place[index] ?? -1)}: ${line}`));
    }
  }
  for (const [place, rest] of open) if (rest !== '') lines.push(`${source.sources[place]?.name}: ${rest}`);
  return lines;
}

describe('openSources', () => {
  test('one file is read as it is', async () => {
    const path = await file('x.log', 'one\ntwo');
    const source = await openSources([path, path]);
    expect(source).toMatchObject({ name: 'x.log', path, bytesTotal: 7, sources: [{ name: 'x.log', path }] });
    expect(await linesOf(source)).toEqual(['x.log: one', 'x.log: two']);
    expect([source.bytesDone, source.warnings]).toEqual([7, []]);
  });

  test('a rotated set is one log, oldest first, compressed or not', async () => {
    await file('x.log.2.gz', gzipSync('one\n'));
    await file('x.log.1', 'two');
    const path = await file('x.log', 'three\n');
    const source = await openSources([path], { rotated: true });
    expect(source).toMatchObject({ name: 'x.log', path: null });
    expect(await linesOf(source)).toEqual(['x.log.2.gz: one', 'x.log.1: two', 'x.log: three']);
    expect(source.bytesDone).toBe(source.bytesTotal);
  });

  test('paths that are one set are put in order without being told', async () => {
    const paths = [await file('x.log', 'three\n'), await file('x.log.1', 'two\n')];
    expect(await linesOf(await openSources(paths))).toEqual(['x.log.1: two', 'x.log: three']);
  });

  test('different logs are merged by time, sets among them in a row', async () => {
    const at = (second: number, text: string) => `2026-01-01T00:00:0${second}Z ${text}\n`;
    const paths = [
      await file('web.log', at(5, 'five') + at(7, 'seven')),
      await file('web.log.1', `${at(1, 'one')}    at main\n${at(3, 'three')}`),
      await file('db.log', at(2, 'two') + at(6, 'six').trimEnd()),
    ];
    const source = await openSources(paths);
    expect(source.name).toBe('web.log + db.log');
    expect((await linesOf(source)).map((line) => line.replace(/2026\S+ /, ''))).toEqual([
      'web.log.1: one',
      'web.log.1:     at main',
      'db.log: two',
      'web.log.1: three',
      'web.log: five',
      'db.log: six',
      'web.log: seven',
    ]);
  });

  test('times without a year are of the last year before the file was written', async () => {
    const old = await file('old.log', 'Dec 31 23:59:59 host app: last\n');
    await utimes(old, new Date('2026-01-01T00:00:01Z'), new Date('2026-01-01T00:00:01Z'));
    const iso = await file('iso.log', '2025-06-01T00:00:00Z first\n2026-01-01T00:00:00Z later\n');
    const lines = await linesOf(await openSources([old, iso]));
    expect(lines.map((line) => line.split(' ').at(-1))).toEqual(['first', 'last', 'later']);
  });

  test('dates in numbers are read in the order that fits the log', async () => {
    const paths = [
      await file('eu.log', '05/01/2026 00:00:00 one\n20/01/2026 00:00:00 three\n'),
      await file('iso.log', '2026-01-10T00:00:00Z two\n'),
    ];
    for (const path of paths) await utimes(path, new Date('2026-02-01'), new Date('2026-02-01'));
    const lines = await linesOf(await openSources(paths));
    expect(lines.map((line) => line.split(' ').at(-1))).toEqual(['one', 'two', 'three']);
  });

  test('what can not be read of several is left out and said', async () => {
    const paths = [
      await file('a.log', '2026-01-01T00:00:01Z one\n'),
      join(folder, 'gone.log'),
      await file(
        'b.bin',
        Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) & 255),
      ),
    ];
    const source = await openSources(paths);
    expect(await linesOf(source)).toEqual(['a.log: 2026-01-01T00:00:01Z one']);
    expect(source.warnings).toEqual([
      expect.stringMatching(/Left out: There is no file .*gone\.log/),
      expect.stringMatching(/Left out from here on: b\.bin is binary/),
    ]);
  });

  test("journald's export is decoded, and said to be", async () => {
    const entry = '__CURSOR=s=1\n__REALTIME_TIMESTAMP=1767225600000000\n_COMM=app\nMESSAGE=it broke\n\n';
    const source = await openSources([await file('journal.export', entry)]);
    expect(await linesOf(source)).toEqual(['journal.export: 2026-01-01T00:00:00.000000Z app: it broke']);
    expect(source.decodedFrom).toBe('systemd journal (export)');
  });
});

describe('bad input', () => {
  const failing = async (path: string) => {
    const source = await openSources([path]);
    await linesOf(source);
  };

  test.each([
    ['a directory', 'unreadable', /is a directory.*Name a log file/],
    ['a missing file', 'not-found', /There is no file/],
    ['a broken link', 'not-found', /symbolic link to .*nowhere.*not there/],
    ['a link to itself', 'unreadable', /leads back to itself/],
    ['a device', 'unreadable', /device or a socket/],
    ['a gz that is cut off at once', 'unreadable', /cut off/],
  ])('%s', async (what, kind, message) => {
    const path = join(folder, 'x.log');
    if (what === 'a directory') await mkdir(path);
    if (what === 'a broken link') await symlink(join(folder, 'nowhere'), path);
    if (what === 'a link to itself') await symlink(path, path);
    if (what.startsWith('a gz')) await writeFile(path, gzipSync('text').subarray(0, 10));
    const named = what === 'a device' ? '/dev/null' : path;
    await expect(failing(named)).rejects.toMatchObject({ kind, message: expect.stringMatching(message) });
  });

  // Root may read everything.
  test.skipIf(process.getuid?.() === 0)('a file without permission', async () => {
    const path = await file('x.log', 'a\n');
    await chmod(path, 0o000);
    await expect(failing(path)).rejects.toMatchObject({
      kind: 'unreadable',
      message: expect.stringMatching(/No permission/),
    });
  });

  test.each([
    ['CRLF', 'one\r\ntwo\r\n', ['one\r', 'two\r']],
    ['CR only', 'one\rtwo', ['one', 'two']],
    ['no newline at the end', 'one\ntwo', ['one', 'two']],
    ['UTF-16', Buffer.from('\uFEFFone\ntwo', 'utf16le'), ['one', 'two']],
    ['UTF-16 in a gz', gzipSync(Buffer.from('one line\ntwo', 'utf16le')), ['one line', 'two']],
    ['ANSI codes', '\x1b[31mone\x1b[0m\n', ['\x1b[31mone\x1b[0m']],
    ['an empty file', '', []],
    ['an empty gz', gzipSync(''), []],
  ])('%s', async (_, content, lines) => {
    const source = await openSources([await file('x.log', content)]);
    expect(await linesOf(source)).toEqual(lines.map((line) => `x.log: ${line}`));
    expect(source.warnings).toEqual([]);
  });

  test('a file that shrinks while it is read gives what was there', async () => {
    const path = await file('x.log', 'a line\n'.repeat(100_000));
    const source = await openSources([path]);
    let read = 0;
    for await (const { bytes } of source.pieces) {
      if (read === 0) await truncate(path, 200_000);
      read += bytes.length;
    }
    expect(read).toBe(200_000);
    expect(source.warnings).toEqual([expect.stringMatching(/became shorter/)]);
  });

  test('a file that grows is read up to the size that it had', async () => {
    const path = await file('x.log', 'one\n');
    const source = await openSources([path]);
    await writeFile(path, 'one\ntwo\n');
    expect(await linesOf(source)).toEqual(['x.log: one']);
  });

  test.skipIf(process.platform === 'win32')('a pipe is read to its end', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const source = await openSources([path]);
    const [lines] = await Promise.all([linesOf(source), writeFile(path, 'one\ntwo\n')]);
    expect(lines).toEqual(['pipe: one', 'pipe: two']);
  });

  test('standard input that is closed is an error in words, one that fails keeps its reason', async () => {
    async function* closed(): AsyncIterable<Uint8Array> {
      yield Buffer.from('one\n');
      throw Object.assign(new Error('read'), { code: 'EBADF' });
    }
    await expect(linesOf(openStream('standard input', closed()))).rejects.toMatchObject({
      kind: 'unreadable',
      message: expect.stringMatching(/standard input is closed/),
    });
  });

  test('a stream may be compressed', async () => {
    const source = openStream('standard input', [gzipSync('one\n')]);
    expect(await linesOf(source)).toEqual(['standard input: one']);
  });
});
