import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectFiles, rotatedNames } from './log-files';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-log-files-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('earlier parts are those with a number or date, in order; other names are not', () => {
  const names = [
    'app.log',
    'app.log.10.gz',
    'app.log.2.gz',
    'app.log.1',
    'app.log-20240131.zst',
    'app.log.bak',
    'app.log.gz',
    'app.logs',
    'other.log.1',
  ];
  expect(rotatedNames('app.log', names)).toEqual([
    'app.log-20240131.zst',
    'app.log.1',
    'app.log.2.gz',
    'app.log.10.gz',
  ]);
  expect(rotatedNames('other.log', names)).toEqual(['other.log.1']);
});

test('files are looked at in place; one whose folder is gone has no parts', async () => {
  await writeFile(join(folder, 'x.log'), 'new');
  await writeFile(join(folder, 'x.log.1'), 'old');
  expect(await inspectFiles([join(folder, 'x.log'), join(folder, 'gone', 'y.log')])).toEqual([
    { path: join(folder, 'x.log'), name: 'x.log', rotated: ['x.log.1'] },
    { path: join(folder, 'gone', 'y.log'), name: 'y.log', rotated: [] },
  ]);
});
