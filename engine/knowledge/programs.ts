import { readdirSync } from 'node:fs';
import { delimiter } from 'node:path';

/** Names of all files in the folders of PATH. Folders that can't be read are passed over. */
export function programsOnPath(path: string): Set<string> {
  const names = new Set<string>();
  for (const folder of path.split(delimiter)) {
    try {
      for (const name of readdirSync(folder)) names.add(name);
    } catch {
      // A PATH commonly names folders that do not exist.
    }
  }
  return names;
}
