import { conversations } from './0001-conversations';
import { messageTree } from './0002-message-tree';
import { search } from './0003-search';
import type { Migration } from './migration';

/** In order; the database remembers how many it has. */
export const migrations: readonly Migration[] = [conversations, messageTree, search];
