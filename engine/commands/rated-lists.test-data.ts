import { join } from 'node:path';
import { readCommandList } from './read-command-list.test-data';

const readList = (name: string) => readCommandList(join(import.meta.dirname, 'fixtures', `${name}.txt`));

/** Delete, overwrite, discard, kill, reset, or run what nobody has read; many in disguise. */
export const DESTRUCTIVE = readList('destructive');
/** Only read and print, many with words in them that look worse than they are. */
export const READ_ONLY_COMMANDS = readList('read-only');
/** Change something in a way that is named and can be undone. */
export const CHANGING_COMMANDS = readList('changes');
