import {
  appendFile,
  copyFile,
  mkdir,
  mkdtemp,
  open,
  rename,
  rm,
  stat,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FollowOptions, followSource } from './follow-source';
import { fileIdentity } from './open-log';

let folder: string;
let path: string;
let stop: AbortController;
let running: Promise<void>[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-ops-test-'));
  path = join(folder, 'x.log');
  stop = new AbortController();
  running = [];
});
afterEach(async () => {
  stop.abort();
  await Promise.all(running);
  await rm(folder, { recursive: true, force: true });
});

/** Follows and collects; `sees` waits until exactly that text has come. */
function following(offset = 0, options: Partial<FollowOptions> = {}) {
  const warnings: string[] = [];
  let text = '';
  const run = async () => {
    const pieces = followSource(path, offset, {
      signal: stop.signal,
      warn: (warning) => warnings.push(warning),
      ...options,
    });
    for await (const bytes of pieces) text += Buffer.from(bytes).toString();
  };
  const done = run();
  running.push(done);
  const sees = (expected: string) =>
    vi.waitFor(() => expect(text).toBe(expected), { timeout: 10_000, interval: 10 });
  return { sees, done, warnings };
}

describe('followSource', () => {
  test('gives what is appended, and nothing of what stood there', async () => {
    await writeFile(path, 'old\n');
    const log = following(4);
    await appendFile(path, 'one\n');
    await log.sees('one\n');
    await appendFile(path, 'tw');
    await log.sees('one\ntw');
    await appendFile(path, 'o\n');
    await log.sees('one\ntwo\n');
    expect(log.warnings).toEqual([]);
  });

  test('polling alone is enough where the system tells nothing', async () => {
    // A folder that is made later: there is nothing to watch at first.
    path = join(folder, 'later', 'x.log');
    const log = following(0, { pollMs: 60 });
    await mkdir(join(folder, 'later'));
    await writeFile(path, 'one\n');
    await log.sees('one\n');
  });

  test('rotation by rename: the rest of the old file, then the new one', async () => {
    await writeFile(path, 'one\n');
    const log = following();
    await log.sees('one\n');
    const writer = await open(path, 'a');
    await rename(path, `${path}.1`);
    await writer.write('two\n');
    await writeFile(path, 'four\n');
    // The writer learns of the rotation a little later, as after `kill -HUP`.
    await writer.write('three');
    await writer.close();
    await log.sees('one\ntwo\nthree\nfour\n');
    await rename(`${path}.1`, `${path}.2`);
    await rename(path, `${path}.1`);
    await writeFile(path, 'five\n');
    await log.sees('one\ntwo\nthree\nfour\nfive\n');
    expect(log.warnings).toEqual([]);
  });

  test('a log that was rotated before following began is found under its new name', async () => {
    await writeFile(path, 'one\ntwo\n');
    const identity = await fileIdentity(path);
    await rename(path, `${path}.1`);
    await writeFile(path, 'three\n');
    const log = following(4, { identity });
    await log.sees('two\nthree\n');
    expect(log.warnings).toEqual([]);
  });

  test('where it is not found, that is said', async () => {
    await writeFile(path, 'new\n');
    const log = following(4, { identity: '0:0' });
    await log.sees('new\n');
    expect(log.warnings).toEqual([expect.stringMatching(/not found/)]);
  });

  test('copytruncate: a warning, then from the start', async () => {
    await writeFile(path, 'one line\nand its end');
    const log = following();
    await log.sees('one line\nand its end');
    await copyFile(path, `${path}.1`);
    await truncate(path, 0);
    await appendFile(path, 'two\n');
    await log.sees('one line\nand its end\ntwo\n');
    expect(log.warnings).toEqual([expect.stringMatching(/truncated/)]);
  });

  test('a file that is shorter than where following begins was truncated', async () => {
    await writeFile(path, 'one\n');
    const log = following(100);
    await log.sees('one\n');
    expect(log.warnings).toEqual([expect.stringMatching(/truncated/)]);
  });

  test('deleted and made anew', async () => {
    await writeFile(path, 'one\n');
    const log = following();
    await log.sees('one\n');
    await unlink(path);
    await writeFile(path, 'two\n');
    await log.sees('one\ntwo\n');
  });

  test('a file that appears later', async () => {
    const log = following();
    await writeFile(path, 'one\n');
    await log.sees('one\n');
    expect(log.warnings).toEqual([]);
  });

  test('what can not be read is said once, and tried again', async () => {
    await mkdir(path);
    const log = following(0, { pollMs: 50 });
    await vi.waitFor(() => expect(log.warnings).toHaveLength(1), { timeout: 10_000 });
    await rm(path, { recursive: true });
    await writeFile(path, 'one\n');
    await log.sees('one\n');
    expect(log.warnings).toEqual([expect.stringMatching(/directory.*tried again/)]);
  });

  test('UTF-16 goes on in the middle of the file', async () => {
    const bytes = Buffer.from('\uFEFFone\ntwo é\n', 'utf16le');
    await writeFile(path, bytes.subarray(0, 10));
    const log = following(10);
    await appendFile(path, bytes.subarray(10, 15));
    await appendFile(path, bytes.subarray(15));
    await log.sees('two é\n');
  });

  test('much at once comes in order', async () => {
    await writeFile(path, '');
    const log = following();
    const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index}\n`);
    for (let at = 0; at < lines.length; at += 1000)
      await appendFile(path, lines.slice(at, at + 1000).join(''));
    await log.sees(lines.join(''));
  });

  test('ends on the signal, lets go of the file and changes nothing', async () => {
    await writeFile(path, 'one\n');
    const { mtimeMs } = await stat(path);
    const log = following();
    await log.sees('one\n');
    stop.abort();
    await log.done;
    expect((await stat(path)).mtimeMs).toBe(mtimeMs);
  });

  test('waiting takes next to no processor time', async () => {
    await writeFile(path, 'one\n');
    const log = following(0, { pollMs: 50 });
    await log.sees('one\n');
    const before = process.cpuUsage();
    const started = performance.now();
    // Twenty looks: a busy loop would have used all of this time.
    await new Promise((resume) => setTimeout(resume, 1000));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan((performance.now() - started) / 4);
  });
});
