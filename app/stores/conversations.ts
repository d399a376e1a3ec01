import { z } from 'zod';
import { AppError } from '../../engine/contract/errors';
import type { Conversation } from '../contract/window-api';
import type { ReadDb, WriteDb } from './database';

export const NEW_TITLE = 'New chat';
const TITLE_LENGTH = 60;
const COLUMNS = 'id, title, updated_at, pinned, folder, deleted_at';

const ConversationRow = z.object({
  id: z.number(),
  title: z.string(),
  updated_at: z.string(),
  pinned: z.number(),
  folder: z.string().nullable(),
  deleted_at: z.string().nullable(),
});

/** What a person may change of a conversation; what is left out stays. */
export interface ConversationChanges {
  readonly title?: string | undefined;
  readonly pinned?: boolean | undefined;
  readonly folder?: string | null | undefined;
}

/** Last used first; those that were deleted and can still be restored come with `deletedAt`. */
export function listConversations(db: ReadDb): Conversation[] {
  return db.all(`SELECT ${COLUMNS} FROM conversation ORDER BY updated_at DESC, id DESC`).map(toConversation);
}

export function createConversation(db: WriteDb, folder: string | null = null): Conversation {
  const id = db.run(
    'INSERT INTO conversation (title, updated_at, folder) VALUES (?, ?, ?)',
    NEW_TITLE,
    now(),
    folder,
  );
  return getConversation(db, id);
}

/** @throws AppError 'not-found' for one that was deleted, unless `deleted` asks for those too */
export function getConversation(db: ReadDb, id: number, { deleted = false } = {}): Conversation {
  const row = db.get(`SELECT ${COLUMNS} FROM conversation WHERE id = ?`, id);
  const conversation = row ? toConversation(row) : null;
  if (!conversation || (conversation.deletedAt && !deleted))
    throw new AppError('not-found', 'This conversation was deleted.');
  return conversation;
}

/** Its place in the list, which is by last use, stays. */
export function changeConversation(db: WriteDb, id: number, changes: ConversationChanges): Conversation {
  const { title, pinned, folder } = { ...getConversation(db, id), ...given(changes) };
  db.run(
    'UPDATE conversation SET title = ?, pinned = ?, folder = ? WHERE id = ?',
    title,
    pinned ? 1 : 0,
    folder,
    id,
  );
  return getConversation(db, id);
}

/** A question was asked here: it comes first in the list, and the first question names it. */
export function touchConversation(db: WriteDb, id: number, question: string): void {
  const { title } = getConversation(db, id);
  db.run(
    'UPDATE conversation SET title = ?, updated_at = ? WHERE id = ?',
    title === NEW_TITLE ? titleOf(question) : title,
    now(),
    id,
  );
}

/** The first line of a question, cut between words. */
export function titleOf(question: string): string {
  const line =
    question
      .trim()
      .split(/[\r\n]/u, 1)[0]
      ?.replace(/\s+/gu, ' ') ?? '';
  const characters = [...line];
  if (characters.length <= TITLE_LENGTH) return line;
  const cut = characters.slice(0, TITLE_LENGTH - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > TITLE_LENGTH / 2 ? cut.slice(0, space) : cut}…`;
}

function toConversation(row: unknown): Conversation {
  const { id, title, updated_at, pinned, folder, deleted_at } = ConversationRow.parse(row);
  return { id, title, updatedAt: updated_at, pinned: pinned === 1, folder, deletedAt: deleted_at };
}

function given<T extends object>(changes: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function now(): string {
  return new Date().toISOString();
}
