import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { LogFile } from '../contract/window-api';

/** What follows the name of a log in those of its earlier parts: a number or date, then how it was packed. */
const ROTATED = /^[.-]\d[\d._T-]*(?:\.(?:gz|bz2|zst|xz))?$/;

/** Names out of `names` that look like earlier parts of the log `name`. */
export function rotatedNames(name: string, names: readonly string[]): string[] {
  return names
    .filter((other) => other.startsWith(name) && ROTATED.test(other.slice(name.length)))
    .sort(new Intl.Collator('en', { numeric: true }).compare);
}

/** Looks beside each file for earlier parts. A folder that can't be listed has none. */
export function inspectFiles(paths: readonly string[]): Promise<LogFile[]> {
  return Promise.all(
    paths.map(async (path) => {
      const name = basename(path);
      const names = await readdir(dirname(path)).catch(() => []);
      return { path, name, rotated: rotatedNames(name, names) };
    }),
  );
}
