import { execFile } from 'node:child_process';
import {
  appendFile,
  chmod,
  copyFile,
  mkdtemp,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { IngestProgress, LogDocument } from '../contract/logs';
import { openStream } from './ingest/open-sources';
import { createLogService, type LogService } from './log-service';

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
const plain = { signal: never, emit: () => undefined } as never;
const readLines = (id: string, from: number, count: number) =>
  service.handlers.lines({ id, from, count }, plain);
const textsOf = async (id: string, from: number, count: number) =>
  (await readLines(id, from, count)).map(({ text }) => text);
const patternsOf = (id: string) => service.handlers.patterns({ id }, plain);
const documentOf = async (id: string) => {
  const document = (await service.handlers.list({}, plain)).find((each) => each.id === id);
  if (!document) throw new Error('The document is not listed.');
  return document;
};
/** Files below a folder that this process has open; none where the system has no /proc. */
async function openBelow(within: string): Promise<string[]> {
  const handles = await readdir('/proc/self/fd').catch(() => []);
  const files = await Promise.all(handles.map((each) => readlink(`/proc/self/fd/${each}`).catch(() => '')));
  return files.filter((file) => file.startsWith(within));
}
const total = (counts: Record<string, number>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

async function openFile(
  path: string,
  follow = false,
  emit: (event: IngestProgress) => void = () => undefined,
): Promise<LogDocument> {
  return service.handlers.open(
    { kind: 'file', paths: [path], follow, rotated: false },
    { signal: never, emit },
  );
}

function lineTexts(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const number = from + at;
    const time = new Date(Date.UTC(2024, 4, 1) + number * 1000).toISOString();
    return number % 10 === 0 ? `${time} ERROR job ${number} failed` : `${time} INFO job ${number} took 5 ms`;
  });
}
const logOf = (from: number, to: number) => `${lineTexts(from, to).join('\n')}\n`;

describe('while a log is read', () => {
  test('its first lines can be looked at, with patterns, and what has been read grows', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* slowly() {
      yield Buffer.from(logOf(1, 5000));
      await held;
      yield Buffer.from(logOf(5001, 50_000));
    }
    const seen: LogDocument[] = [];
    const opening = service.openSource(openStream('slow', slowly()), {
      onProgress: ({ document }) => document && seen.push(document),
    });
    const [begun] = await vi.waitFor(() => {
      expect(seen.length).toBeGreaterThan(0);
      return seen as [LogDocument];
    });
    expect(begun.state).toBe('reading');
    expect(begun.lineCount).toBeGreaterThan(100);
    expect(total(begun.severities)).toBe(begun.lineCount);
    expect(await textsOf(begun.id, 1, 50)).toEqual(lineTexts(1, 50));
    expect(await documentOf(begun.id)).toMatchObject({ state: 'reading' });
    const patterns = await patternsOf(begun.id);
    expect(patterns.reduce((sum, { count }) => sum + count, 0)).toBe(begun.lineCount);
    release();
    const document = await opening;
    expect(document).toMatchObject({ state: 'ready', lineCount: 50_000, id: begun.id });
    expect(await textsOf(document.id, 49_990, 20)).toEqual(lineTexts(49_990, 50_000));
    const counts = seen.map(({ lineCount }) => lineCount);
    expect([...counts].sort((a, b) => a - b)).toEqual(counts);
  });

  test('closing it ends the reading and leaves nothing', async () => {
    async function* endless() {
      yield Buffer.from(logOf(1, 3000));
      await new Promise(() => undefined);
    }
    let id = '';
    const opening = service.openSource(openStream('endless', endless()), {
      onProgress: ({ document }) => {
        id = document?.id ?? id;
      },
    });
    opening.catch(() => undefined);
    await vi.waitFor(() => expect(id).not.toBe(''));
    await service.handlers.close({ id }, plain);
    await expect(opening).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await service.handlers.list({}, plain)).toEqual([]);
    expect((await readdir(join(folder, 'cache'))).filter((file) => file !== 'spill')).toEqual([]);
  });

  test('a file that is deleted meanwhile is read to its end', async () => {
    const path = join(folder, 'x.log');
    await writeFile(path, logOf(1, 60_000));
    let deleted: Promise<void> | null = null;
    const document = await openFile(path, false, () => {
      deleted ??= unlink(path);
    });
    await deleted;
    expect(document).toMatchObject({ state: 'ready', lineCount: 60_000 });
  });

  test('a file that becomes shorter gives what was there, and a warning', async () => {
    const path = join(folder, 'x.log');
    await writeFile(path, logOf(1, 200_000));
    let cut: Promise<void> | null = null;
    const document = await openFile(path, false, () => {
      cut ??= truncate(path, 4_000_000);
    });
    await cut;
    expect(document.warnings).toEqual([expect.stringMatching(/became shorter/)]);
    expect(document.lineCount).toBeGreaterThan(1000);
    expect(total(document.severities)).toBe(document.lineCount);
    expect(await textsOf(document.id, 1, 100)).toEqual(lineTexts(1, 100));
  });
});

describe('following', () => {
  /** Waits until the document has so many lines, by what `watch` says. */
  const reaches = async (id: string, lineCount: number) => {
    const stop = new AbortController();
    const seen: LogDocument[] = [];
    const watching = service.handlers.watch(
      { id },
      { signal: stop.signal, emit: (document) => seen.push(document) },
    );
    await vi.waitFor(() => expect(seen.at(-1)?.lineCount).toBe(lineCount), { timeout: 15_000 });
    stop.abort();
    await watching;
    return seen.at(-1) as LogDocument;
  };

  test('appended lines come, join their patterns, and counts stay exact', async () => {
    const path = join(folder, 'x.log');
    await writeFile(path, logOf(1, 1000));
    const begun = await openFile(path, true);
    expect(begun).toMatchObject({ state: 'following', lineCount: 1000 });
    const before = await patternsOf(begun.id);
    await appendFile(path, logOf(1001, 1100));
    const grown = await reaches(begun.id, 1100);
    expect(grown.state).toBe('following');
    expect(grown.severities).toMatchObject({ error: 110, info: 990 });
    const after = await patternsOf(begun.id);
    expect(after.map(({ key }) => key).sort()).toEqual(before.map(({ key }) => key).sort());
    expect(after.reduce((sum, { count }) => sum + count, 0)).toBe(1100);
    await appendFile(path, '2024-05-02T00:00:00Z FATAL disk vanished\n2024-05-02T00:00:01Z INFO unended');
    await reaches(begun.id, 1101);
    expect((await patternsOf(begun.id)).map(({ text }) => text)).toContain('disk vanished');
    await appendFile(path, ' line\n');
    const last = await reaches(begun.id, 1102);
    expect(await textsOf(begun.id, 1102, 1)).toEqual(['2024-05-02T00:00:01Z INFO unended line']);
    expect(last.time?.to).toBe(Date.UTC(2024, 4, 2, 0, 0, 1));
    expect(last.bytes).toBe((await stat(path)).size);
  });

  test('goes on through rotation and truncation', async () => {
    const path = join(folder, 'x.log');
    await writeFile(path, logOf(1, 10));
    const { id } = await openFile(path, true);
    await rename(path, `${path}.1`);
    await writeFile(path, logOf(11, 20));
    await reaches(id, 20);
    await copyFile(path, `${path}.2`);
    await truncate(path, 0);
    await appendFile(path, logOf(21, 25));
    const document = await reaches(id, 25);
    expect(await textsOf(id, 1, 100)).toEqual(lineTexts(1, 25));
    expect(document.warnings).toEqual([expect.stringMatching(/truncated/)]);
  });

  test('is stopped and taken up again, over a restart and a rotation', async () => {
    const path = join(folder, 'x.log');
    await writeFile(path, logOf(1, 100));
    const { id } = await openFile(path, true);
    expect(await service.handlers.follow({ id, on: false }, plain)).toMatchObject({
      state: 'ready',
      lineCount: 100,
    });
    await appendFile(path, logOf(101, 110));
    await service.close();
    service = createLogService({ cacheDir: join(folder, 'cache') });
    expect(await documentOf(id)).toMatchObject({ state: 'ready', lineCount: 100 });
    await rename(path, `${path}.1`);
    await writeFile(path, logOf(111, 120));
    expect(await service.handlers.follow({ id, on: true }, plain)).toMatchObject({ state: 'following' });
    const document = await reaches(id, 120);
    expect(await textsOf(id, 1, 200)).toEqual(lineTexts(1, 120));
    expect(document.severities).toMatchObject({ error: 12, info: 108 });
    expect((await patternsOf(id)).reduce((sum, { count }) => sum + count, 0)).toBe(120);
  });

  test('of a document that was opened without it, whose last line has not ended', async () => {
    const path = join(folder, 'x.log');
    await writeFile(path, `${logOf(1, 5)}half`);
    const { id } = await openFile(path);
    expect(await documentOf(id)).toMatchObject({ lineCount: 6 });
    await service.handlers.follow({ id, on: true }, plain);
    await appendFile(path, ' and whole\n');
    await reaches(id, 6);
    expect(await textsOf(id, 6, 1)).toEqual(['half and whole']);
  });

  test('a document that is followed when the process ends is there at the next start', async () => {
    const path = join(folder, 'x.log');
    await writeFile(path, logOf(1, 100));
    const { id } = await openFile(path, true);
    await appendFile(path, logOf(101, 150));
    await reaches(id, 150);
    await service.close();
    service = createLogService({ cacheDir: join(folder, 'cache') });
    expect(await documentOf(id)).toMatchObject({ state: 'ready', lineCount: 150 });
  });

  test('closing ends it', async () => {
    const path = join(folder, 'x.log');
    await writeFile(path, logOf(1, 100));
    const { id } = await openFile(path, true);
    const watching = service.handlers.watch({ id }, { signal: never, emit: () => undefined });
    await service.handlers.close({ id }, plain);
    await watching;
    expect((await readdir(join(folder, 'cache'))).filter((file) => file !== 'spill')).toEqual([]);
  });
});

describe('the store', () => {
  test('that cannot be made says so, and what to do', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const broken = createLogService({ cacheDir: join(file, 'cache') });
    await expect(broken.handlers.list({}, plain)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/cannot be used.*owner and mode/),
    });
    await broken.close();
  });

  test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')(
    'on a full disk: a clear message, what was there stays, and there is room again',
    async ({ skip }) => {
      const disk = join(folder, 'disk');
      const run = promisify(execFile);
      await run('mkdir', [disk]);
      try {
        await run('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]);
      } catch {
        skip('This user may not mount.');
      }
      const small = createLogService({ cacheDir: join(disk, 'cache') });
      try {
        const path = join(folder, 'large.log');
        await writeFile(path, logOf(1, 600_000));
        const keep = join(folder, 'keep.log');
        await writeFile(keep, logOf(1, 1000));
        const params = { kind: 'file', follow: false, rotated: false } as const;
        const kept = await small.handlers.open({ ...params, paths: [keep] }, plain);
        await expect(small.handlers.open({ ...params, paths: [path] }, plain)).rejects.toMatchObject({
          kind: 'too-large',
          message: expect.stringMatching(/no room left.*original is unchanged/),
        });
        expect(await small.handlers.list({}, plain)).toEqual([kept]);
        expect(await small.handlers.lines({ id: kept.id, from: 1, count: 2000 }, plain)).toHaveLength(1000);
        const again = await small.handlers.open(
          { kind: 'text', name: 'Pasted log', text: logOf(1, 20_000) },
          plain,
        );
        expect(again.lineCount).toBe(20_000);
        await small.close();
        expect(await openBelow(disk)).toEqual([]);
      } finally {
        await small.close();
        // Lazily, so that a file that is open after all does not keep the folder from being removed.
        await run('umount', ['-l', disk]);
      }
    },
  );

  test('that is closed has no file open, whatever was being asked', async () => {
    for (let round = 0; round < 20; round++) {
      const documents = await Promise.all(
        Array.from({ length: 3 }, (_, at) =>
          service.handlers.open({ kind: 'text', name: `${at}`, text: logOf(1, 200) }, plain),
        ),
      );
      const asked = documents.flatMap(({ id }) => [
        readLines(id, 1, 10),
        patternsOf(id),
        service.handlers.list({}, plain),
        service.handlers.close({ id }, plain),
      ]);
      const settled = Promise.allSettled(asked);
      await service.close();
      expect(await openBelow(folder)).toEqual([]);
      await settled;
      await expect(service.handlers.list({}, plain)).rejects.toMatchObject({ kind: 'unavailable' });
      service = createLogService({ cacheDir: join(folder, 'cache') });
    }
  });

  test('lets go of documents that are long unused and opens them again, at any time', async () => {
    const documents: LogDocument[] = [];
    for (let at = 1; at <= 12; at++) {
      documents.push(
        await service.handlers.open({ kind: 'text', name: `${at}`, text: logOf(at, at) }, plain),
      );
    }
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(11), { minLength: 20, maxLength: 60 }), async (order) => {
        const texts = await Promise.all(order.map((at) => textsOf(documents[at]?.id ?? '', 1, 1)));
        expect(texts.flat()).toEqual(order.flatMap((at) => lineTexts(at + 1, at + 1)));
      }),
      { numRuns: 20 },
    );
  });

  test('of another version is removed, other files are left alone', async () => {
    await service.close();
    const cache = join(folder, 'cache');
    const id = '0f0f0f0f-1111-2222-3333-444444444444';
    await writeFile(join(cache, `${id}.json`), '{"format":1}');
    await writeFile(join(cache, `${id}.duckdb`), 'x');
    await writeFile(join(cache, 'notes.md'), 'mine');
    await chmod(cache, 0o700);
    service = createLogService({ cacheDir: cache });
    expect(await service.handlers.list({}, plain)).toEqual([]);
    expect((await readdir(cache)).filter((file) => file !== 'spill')).toEqual(['notes.md']);
  });
});
