import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { spoolInput } from './spool-input';

let folder: string;
const { signal } = new AbortController();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-ops-spool-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('copies all of a short input before it is shown, for its owner alone', async () => {
  const parts = ['one\n', 'two\n', 'three'].map((text) => Buffer.from(text));
  const { file, whole } = await spoolInput(Readable.from(parts), folder, signal);
  expect(whole).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\nthree');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('hands out what goes on, and copies it to its end', async () => {
  const input = new PassThrough();
  input.write('first\n');
  const { file, whole, done } = await spoolInput(input, folder, signal);
  expect(whole).toBe(false);
  input.end('last\n');
  await done;
  expect(readFileSync(file, 'utf8')).toBe('first\nlast\n');
});

it('keeps nothing of an empty input', async () => {
  await expect(spoolInput(Readable.from([]), folder, signal)).rejects.toMatchObject({ kind: 'unreadable' });
  expect(readdirSync(folder)).toEqual([]);
});

it('ends with what came when it is stopped', async () => {
  const abort = new AbortController();
  const input = new PassThrough();
  input.write('first\n');
  const { file, done } = await spoolInput(input, folder, abort.signal);
  abort.abort();
  await done;
  expect(readFileSync(file, 'utf8')).toBe('first\n');
});

it('deletes copies of days ago and nothing else', async () => {
  for (const name of ['stdin-old.log', 'other.log']) {
    writeFileSync(join(folder, name), 'x');
    utimesSync(join(folder, name), 0, 0);
  }
  const { file } = await spoolInput(Readable.from([Buffer.from('x')]), folder, signal);
  expect(readdirSync(folder).sort()).toEqual(['other.log', file.slice(folder.length + 1)].sort());
});
