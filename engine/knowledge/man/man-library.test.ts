import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createManLibrary, manFolders } from './man-library';

describe('the manual pages of a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'man-'));
  const put = (path: string, content: string | Buffer) => writeFileSync(join(folder, path), content);
  beforeAll(() => {
    for (const section of ['man1', 'man8', 'man1p']) mkdirSync(join(folder, section));
    put('man1/plain.1', 'plain page');
    put('man1/packed.1.gz', gzipSync('packed page'));
    put('man1/alias.1', '.so man8/admin.8\n');
    put('man1/near.1', '.so plain.1\n');
    put('man1/loop.1', '.so man1/loop.1\n');
    put('man1/python3.11.1.gz', gzipSync('dotted'));
    put('man1/broken.1.gz', 'no gzip');
    put('man1/old.1', Buffer.from([0xe9, 0x2e]));
    put('man8/admin.8', 'admin page');
    put('man8/plain.8', 'wrong section');
    put('man1p/posix.1p', 'posix page');
    symlinkSync(join(folder, 'man1/plain.1'), join(folder, 'man1/linked.1'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const library = createManLibrary([join(folder, 'missing'), folder]);
  const read = (name: string) => {
    const place = library.find(name);
    return place && library.read(place);
  };

  it.each([
    ['plain', 'plain page'],
    ['packed', 'packed page'],
    ['alias', 'admin page'],
    ['near', 'plain page'],
    ['linked', 'plain page'],
    ['python3.11', 'dotted'],
    ['posix', 'posix page'],
    ['loop', null],
    ['broken', null],
    ['missing', null],
    ['old', 'é.'],
  ])('%s', (name, content) => {
    expect(read(name)).toBe(content);
  });

  it('prefers section 1', () => {
    expect(library.find('plain')?.section).toBe('1');
    expect(library.find('admin')?.section).toBe('8');
  });

  it('come from MANPATH, or from beside PATH', () => {
    expect(manFolders({ MANPATH: folder, PATH: '/usr/bin' })).toEqual([folder]);
    expect(manFolders({ MANPATH: `${folder}:`, PATH: '' })[0]).toBe(folder);
    expect(manFolders({ PATH: '' })).not.toContain(folder);
  });
});
