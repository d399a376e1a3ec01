import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROTATED_MAX, rotatedGroups, rotatedSet, rotationName } from './rotation';

describe('rotationName', () => {
  test.each([
    ['x.log', 'x.log', '', -1],
    ['x.log.gz', 'x.log', '', -1],
    ['x.log.1', 'x.log', '', 1],
    ['x.log.12.gz', 'x.log', '', 12],
    ['syslog.2.xz', 'syslog', '', 2],
    ['messages.old', 'messages', '', 1],
    ['x.log-20260101.gz', 'x.log', '20260101', -1],
    ['x.log-20260101-1767225600.gz', 'x.log', '202601011767225600', -1],
    ['x.log.2026-01-01', 'x.log', '20260101', -1],
    ['x-2026-01-01.log', 'x.log', '20260101', -1],
    ['x.2026-01-01.3.log.zst', 'x.log', '20260101', 3],
    ['catalina.2026-01-01.log', 'catalina.log', '20260101', -1],
    ['postgresql-2026-01-01_000000.log', 'postgresql.log', '20260101000000', -1],
    ['worker-1.log', 'worker-1.log', '', -1],
    ['build-12345678.log', 'build-12345678.log', '', -1],
    ['x.tar.gz', 'x.tar', '', -1],
  ])('%s', (file, base, date, index) => {
    expect(rotationName(file)).toMatchObject({ base, date, index });
  });
});

describe('rotatedGroups', () => {
  const sets = [
    ['x.log.10.gz', 'x.log.2.gz', 'x.log.1', 'x.log'],
    ['y.log-20251231.gz', 'y.log-20260101', 'y.log'],
    ['z-2026-01-01.0.log', 'z-2026-01-01.1.log', 'z-2026-01-02.0.log', 'z.log'],
  ];

  test('put the files of one log into its order, however they are given', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(sets.flat(), { minLength: sets.flat().length }), (names) => {
        const groups = rotatedGroups(names.map((name) => `/logs/${name}`));
        expect(new Set(groups.map((group) => group.map((path) => basename(path)).join()))).toEqual(
          new Set(sets.map((set) => set.join())),
        );
      }),
    );
  });

  test('a file that is just being compressed counts once', () => {
    expect(rotatedGroups(['/l/x.log.1.gz', '/l/x.log.1', '/l/x.log'])).toEqual([['/l/x.log.1', '/l/x.log']]);
    expect(rotatedGroups(['/l/x.log.1', '/l/x.log.1.gz', '/l/x.log'])).toEqual([['/l/x.log.1', '/l/x.log']]);
  });

  test('logs of the same name in different folders are different logs', () => {
    expect(rotatedGroups(['/a/x.log', '/b/x.log', '/a/x.log.1'])).toEqual([
      ['/a/x.log.1', '/a/x.log'],
      ['/b/x.log'],
    ]);
  });
});

describe('rotatedSet', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sigma-ops-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const set = async (name: string, warnings: string[] = []) =>
    (await rotatedSet(join(folder, name), (warning) => warnings.push(warning))).map((path) => basename(path));

  test('finds the files beside a log, and no other ones', async () => {
    const files = ['x.log', 'x.log.1', 'x.log.2.gz', 'xx.log', 'x.log.txt', 'other.log.1'];
    for (const file of files) await writeFile(join(folder, file), '');
    await mkdir(join(folder, 'x.log.3'));
    expect(await set('x.log')).toEqual(['x.log.2.gz', 'x.log.1', 'x.log']);
    expect(await set('x.log.1')).toEqual(['x.log.2.gz', 'x.log.1', 'x.log']);
    expect(await set('gone.log')).toEqual(['gone.log']);
  });

  test('keeps the newest ones of very many', async () => {
    for (let i = 1; i <= ROTATED_MAX + 5; i++) await writeFile(join(folder, `x.log.${i}`), '');
    await writeFile(join(folder, 'x.log'), '');
    const warnings: string[] = [];
    const found = await set('x.log', warnings);
    expect(found).toHaveLength(ROTATED_MAX);
    expect([found[0], found.at(-1)]).toEqual([`x.log.${ROTATED_MAX - 1}`, 'x.log']);
    expect(warnings).toHaveLength(1);
  });
});
