import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A file of the data that the build puts into out/knowledge (app/setup/knowledge.mjs); null where the code runs from its
 * sources. This module is in an entry of out/main or in its folder of shared chunks.
 */
export const shippedFile = (name: string): string | null =>
  ['..', '../..']
    .map((folder) => join(import.meta.dirname, folder, 'knowledge', name))
    .find((path) => existsSync(path)) ?? null;
