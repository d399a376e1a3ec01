import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A file of the data that the build puts into out/knowledge (app/setup/knowledge.mjs); null where the code runs from its
 * sources. This module is in an entry of out/main or in its folder of shared chunks.
 */
export const shippedFile = (name: string): string | null =>
  ['..', '../..']
    .map((folder) => join(import.meta.dirname, folder, 'knowledge', name))
    .find((path) => existsSync(path)) ?? null;

/** How far above this module the folder can lie: out/main of a checkout, of a package's archive, or the sources. */
const LEVELS = 5;

/** The folder of the sentence encoder: beside the archive in a package, in assets/ of a checkout; null where it is missing. */
export function shippedEncoder(): string | null {
  for (let folder = import.meta.dirname, level = 0; level < LEVELS; folder = dirname(folder), level++) {
    const found = [join(folder, 'encoder'), join(folder, 'assets', 'encoder')].find((path) =>
      existsSync(join(path, 'manifest.json')),
    );
    if (found) return found;
  }
  return null;
}
