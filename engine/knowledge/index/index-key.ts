import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface IndexKeyParts {
  readonly path: string;
  readonly manFolders: readonly string[];
  /** Versions of what ships with the app and of the user's tldr pages. */
  readonly versions: readonly string[];
}

const modified = (folder: string) => statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Changes when programs or manual pages come or go, or the app's data changes. Costs a listing of PATH. */
export function indexKey({ path, manFolders, versions }: IndexKeyParts): string {
  const hash = createHash('sha256');
  const add = (text: string) => hash.update(`${text}\0`);
  for (const folder of path.split(delimiter)) {
    add(`${folder}:${modified(folder)}`);
    try {
      for (const name of readdirSync(folder).sort()) add(name);
    } catch {
      // A PATH commonly names folders that do not exist.
    }
  }
  // A folder's time changes with its entries; listing twenty thousand pages would tell no more.
  for (const folder of manFolders) {
    for (const section of ['man1', 'man8']) add(`${folder}/${section}:${modified(join(folder, section))}`);
  }
  for (const version of versions) add(version);
  return hash.digest('hex').slice(0, 24);
}
