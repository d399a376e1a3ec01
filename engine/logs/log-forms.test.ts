import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogRow } from '../contract/log-views';
import type { LogDocument } from '../contract/logs';
import { createLogService, type LogService } from './log-service';

/** Sources, forms and records as they arrive in a document. */
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

const context = { signal: new AbortController().signal, emit: () => undefined } as never;

async function opened(
  files: Record<string, string | Uint8Array>,
  rotated = false,
): Promise<{ document: LogDocument; rows: LogRow[] }> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const paths = Object.keys(files).map((name) => join(folder, name));
  const document = await service.handlers.open(
    { kind: 'file', paths: rotated ? paths.slice(0, 1) : paths, follow: false, rotated },
    context,
  );
  return { document, rows: await service.handlers.lines({ id: document.id, from: 1, count: 100 }, context) };
}

describe('documents', () => {
  test('a rotated set, partly compressed, is one log whose lines know their file', async () => {
    const { document, rows } = await opened(
      {
        'x.log': '2026-01-01T00:00:03Z INFO three\n',
        'x.log.1': '2026-01-01T00:00:02Z ERROR two\n    at main',
        'x.log.2.gz': gzipSync('2026-01-01T00:00:01Z INFO one\n'),
      },
      true,
    );
    expect(document).toMatchObject({ name: 'x.log', path: null, lineCount: 4 });
    expect(document.sources.map(({ name }) => name)).toEqual(['x.log.2.gz', 'x.log.1', 'x.log']);
    expect(rows.map(({ source, continues, text }) => [source, continues, text.slice(-4)])).toEqual([
      [0, false, ' one'],
      [1, false, ' two'],
      [1, true, 'main'],
      [2, false, 'hree'],
    ]);
  });

  test('different logs are merged by time', async () => {
    const { document, rows } = await opened({
      'web.log': '2026-01-01T00:00:01Z INFO one\n2026-01-01T00:00:03Z INFO three\n',
      'db.log': '2026-01-01T00:00:02Z INFO two\n',
    });
    expect(document.name).toBe('web.log + db.log');
    expect(rows.map(({ source, text }) => [source, text.split(' ').at(-1)])).toEqual([
      [0, 'one'],
      [1, 'two'],
      [0, 'three'],
    ]);
  });

  test('a trace that a container runtime took apart is one record, its severity that of its lines', async () => {
    const cri = [
      'INFO started',
      'ERROR it broke',
      'java.lang.IllegalStateException: no pool',
      '\tat com.acme.Pool.get(Pool.java:12)',
      'INFO stopped',
    ].map((line, i) => `2026-01-01T00:00:0${i}.123456789Z stderr F ${line}\n`);
    const { document, rows } = await opened({ 'pod.log': cri.join('') });
    expect(document.format).toBe('Kubernetes (CRI)');
    expect(rows.map(({ continues }) => continues)).toEqual([false, false, false, true, false]);
    expect(rows.map(({ severity }) => severity).slice(0, 2)).toEqual(['info', 'error']);
  });

  test('JSON lines are grouped by their message', async () => {
    const lines = Array.from({ length: 20 }, (_, i) =>
      JSON.stringify({
        level: i % 2 ? 'warn' : 'info',
        ts: 1767225600 + i,
        msg: `request ${i} done`,
        user: `u${i}`,
      }),
    );
    const { document } = await opened({ 'app.json': `${lines.join('\n')}\n` });
    expect(document).toMatchObject({ format: 'JSON lines', patternCount: 2 });
    const patterns = await service.handlers.patterns({ id: document.id }, context);
    expect(patterns.map(({ text, severity, count }) => [text, severity, count]).sort()).toEqual([
      ['request <*> done', 'info', 10],
      ['request <*> done', 'warning', 10],
    ]);
  });

  test("journald's export is a log of its own form", async () => {
    const head = (second: number) =>
      `__CURSOR=s=1\n__REALTIME_TIMESTAMP=176722560${second}000000\n_HOSTNAME=web\n_COMM=app\nPRIORITY=3\nMESSAGE`;
    // A message of two lines is a binary field.
    const text = 'it broke\nat main';
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    const { document, rows } = await opened({
      'journal.export': Buffer.concat([
        Buffer.from(`${head(0)}=one\n\n${head(1)}\n`),
        length,
        Buffer.from(`${text}\n\n`),
      ]),
    });
    expect(document.format).toBe('systemd journal (export)');
    expect(rows.map(({ continues, severity, text }) => [continues, severity, text])).toEqual([
      [false, 'error', '<3>2026-01-01T00:00:00.000000Z web app: one'],
      [false, 'error', '<3>2026-01-01T00:00:01.000000Z web app: it broke'],
      [true, expect.anything(), '    at main'],
    ]);
  });

  test('text of no known form is plain text', async () => {
    const { document } = await opened({ 'x.txt': 'one\ntwo\n' });
    expect(document.format).toBe('plain text');
  });

  test('a gz that is cut off is shown as far as it goes', async () => {
    const whole = gzipSync(Array.from({ length: 5000 }, (_, i) => `INFO line ${i} ${i * 7919}\n`).join(''));
    const { document } = await opened({ 'x.log.gz': whole.subarray(0, whole.length / 2) });
    expect(document.lineCount).toBeGreaterThan(1000);
    expect(document.warnings).toEqual([expect.stringMatching(/cut off.*are here/)]);
  });
});
