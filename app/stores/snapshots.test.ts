import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SNAPSHOT_LIMIT, SNAPSHOTS_KEPT } from '../contract/pty';
import { harmless, openSnapshots } from './snapshots';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what may be there
const KEPT = /\x1b\[[0-9;:]*[ABCDHJKXm]/g;

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'sigma-snapshots-')), 'terminals');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

it('keeps the newest lines of a pane, for its owner only, until it is told to forget', () => {
  const snapshots = openSnapshots(folder);
  expect(snapshots.kept('a')).toBe('');
  const text = Array.from({ length: 400_000 }, (_, at) => `line ${at}\r\n`).join('');
  snapshots.keep('a', text);
  const kept = openSnapshots(folder).kept('a');
  expect(kept.length).toBeLessThanOrEqual(SNAPSHOT_LIMIT + 4);
  expect(kept.length).toBeGreaterThan(SNAPSHOT_LIMIT - 100);
  expect(kept.replace('\x1b[0m', '')).toMatch(/^line \d+\r\n/);
  expect(kept.endsWith('line 399999\r\n')).toBe(true);
  if (process.platform !== 'win32') {
    expect(statSync(join(folder, 'a.ansi')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  }
  snapshots.keep('a', '');
  expect(readdirSync(folder)).toEqual([]);
});

it('keeps so many panes and no more', () => {
  const snapshots = openSnapshots(folder);
  snapshots.keep('first', 'x');
  utimesSync(join(folder, 'first.ansi'), 1, 1);
  for (let pane = 0; pane < SNAPSHOTS_KEPT; pane++) snapshots.keep(`p${pane}`, 'x');
  expect(snapshots.kept('first')).toBe('');
  expect(readdirSync(folder)).toHaveLength(SNAPSHOTS_KEPT);
});

it('gives back colours and movements, and nothing else that a terminal would act on', () => {
  const snapshots = openSnapshots(folder);
  const colours = '\x1b[1;38;5;196mred\x1b[0m\x1b[5C\x1b[3Xend\r\n\x1b[38;2;1;2;3mtrue';
  snapshots.keep('a', colours);
  expect(snapshots.kept('a')).toBe(colours);
  writeFileSync(join(folder, 'a.ansi'), 'a\x1b]52;c;?\x07b\x1b[6nc\x1b[?1049hd\x1bP$qm\x1b\\e\x9b5nf');
  expect(snapshots.kept('a')).toBe('a]52;c;?b[6nc[?1049hdP$qm\\e5nf');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(harmless(text).replace(KEPT, '')).not.toMatch(FORBIDDEN);
    }),
  );
});
