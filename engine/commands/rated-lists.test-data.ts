import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One command a line; a line end within a command is written \n and a backslash twice. */
function readList(name: string): string[] {
  return readFileSync(join(import.meta.dirname, 'fixtures', `${name}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/\\(n|\\)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : '\\')));
}

/** Delete, overwrite, discard, kill, reset, or run what nobody has read; many in disguise. */
export const DESTRUCTIVE = readList('destructive');
/** Only read and print, many with words in them that look worse than they are. */
export const READ_ONLY_COMMANDS = readList('read-only');
/** Change something in a way that is named and can be undone. */
export const CHANGING_COMMANDS = readList('changes');
