import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readError } from './file-bytes';
import type { Warn } from './log-source';

/** What the name of a file says about its place among the rotated files of one log. */
export interface RotationName {
  /** Name of the log that is being written: `x.log` for `x.log.2.gz` and `x-2026-01-01.log`. */
  readonly base: string;
  /** Digits of the date in the name, or ''. */
  readonly date: string;
  /** Number behind the name, or behind its date; -1 for none. */
  readonly index: number;
  readonly compressed: boolean;
}

/** Most files of one log that are read, the newest ones. */
export const ROTATED_MAX = 200;

const COMPRESSED = /\.(?:gz|bz2|xz|zst|zip)$/i;
const DATE = String.raw`\d{4}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?:[T_.-]?\d{2}(?:[-:.]?\d{2}){0,2}|-\d{10})?`;
/** `x.log-20260101`, `x.log.2026-01-01.3`, `x-2026-01-01.log`, `x.2026-01-01.3.log`. */
const DATED = new RegExp(`^(.+?)[._-](${DATE})(?:[._-](\\d{1,4}))?(\\.[A-Za-z]{2,4})?$`);
/** `x.log.1`, `syslog.1`, `x.log.old`. */
const NUMBERED = /^(.+)\.(\d{1,4}|old)$/;

export function rotationName(file: string): RotationName {
  const compressed = COMPRESSED.test(file);
  const name = file.replace(COMPRESSED, '');
  const dated = DATED.exec(name);
  if (dated) {
    const [, stem, date, index, extension = ''] = dated;
    return {
      base: `${stem}${extension}`,
      date: (date ?? '').replace(/\D/g, ''),
      index: index === undefined ? -1 : Number(index),
      compressed,
    };
  }
  const numbered = NUMBERED.exec(name);
  if (numbered) {
    const [, base = '', mark] = numbered;
    return { base, date: '', index: mark === 'old' ? 1 : Number(mark), compressed };
  }
  return { base: name, date: '', index: -1, compressed };
}

/**
 * Groups paths by the log that they are of, each group's oldest file first. A file that is there both plain and
 * compressed counts once: it is just being compressed.
 */
export function rotatedGroups(paths: readonly string[]): string[][] {
  const groups = new Map<string, { path: string; name: RotationName }[]>();
  for (const path of paths) {
    const name = rotationName(basename(path));
    const key = join(dirname(path), name.base);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    const twin = group.findIndex(({ name: other }) => name.date === other.date && name.index === other.index);
    if (twin < 0) group.push({ path, name });
    else if (group[twin]?.name.compressed) group[twin] = { path, name };
  }
  return [...groups.values()].map((group) =>
    group.sort((a, b) => olderFirst(a.name, b.name)).map(({ path }) => path),
  );
}

/** The log being written comes last; dates go up, and so do numbers behind a date; bare numbers go down. */
function olderFirst(a: RotationName, b: RotationName): number {
  const kind = kindOf(a) - kindOf(b);
  if (kind !== 0) return kind;
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.date === '' ? b.index - a.index : a.index - b.index;
}

function kindOf({ date, index }: RotationName): number {
  return date !== '' ? 0 : index >= 0 ? 1 : 2;
}

/** Finds the rotated files beside a log, itself among them; the oldest first. */
export async function rotatedSet(path: string, warn: Warn): Promise<string[]> {
  const absolute = resolve(path);
  const folder = dirname(absolute);
  const { base } = rotationName(basename(absolute));
  let names: string[];
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    names = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => name);
  } catch (thrown) {
    throw readError(thrown, folder);
  }
  const siblings = names.filter((name) => rotationName(name).base === base).map((name) => join(folder, name));
  // The log itself stays even where it is missing: reading it then says so.
  const set = rotatedGroups([...new Set([...siblings, absolute])])[0] ?? [absolute];
  if (set.length <= ROTATED_MAX) return set;
  warn(`It has ${set.length} rotated files; the newest ${ROTATED_MAX} are here.`);
  return set.slice(-ROTATED_MAX);
}
