import { z } from 'zod';
import { type CommandSuggestion, ContextItem as ContextItemSchema } from '../../engine/contract/assistant';
import { AppError } from '../../engine/contract/errors';
import type { AnswerStats, ContextItem, Message, ModelInput, Wish } from '../contract/window-api';
import { getConversation, touchConversation } from './conversations';
import type { ReadDb, WriteDb } from './database';
import { MESSAGE_COLUMNS, toMessage, toModelInput } from './message-rows';
import { chainTo, type TreeNode, visiblePath } from './message-tree';

/** A question as it was asked, whole enough to ask it again. */
export interface Question {
  readonly text: string;
  readonly wish: Wish;
  readonly context: readonly ContextItem[];
  readonly cwd: string | null;
}

/** Where a question goes: after the last message that is shown, or beside the question that it is an edit of. */
export type Place = { readonly after: 'last' } | { readonly editOf: number };

/** What an answer looks like at the moment it is saved. */
export interface AnswerUpdate {
  readonly content: string;
  readonly state: 'streaming' | Message['state'];
  readonly error?: string | null;
  readonly commands?: readonly CommandSuggestion[];
  readonly stats?: AnswerStats | null;
  readonly modelInput?: ModelInput | null;
}

/** A question and the empty answer to it, stored, with the messages that come before them. */
export interface Exchange {
  readonly earlier: Message[];
  readonly question: Message;
  readonly answerId: number;
  /** How many answers to this question there were before. */
  readonly attempt: number;
}

/** The branch that is shown, first message first. An answer that is being written reads as partial. */
export function listMessages(db: ReadDb, conversationId: number): Message[] {
  getConversation(db, conversationId);
  const rows = new Map(
    db
      .all(
        `SELECT ${MESSAGE_COLUMNS} FROM message WHERE conversation_id = ? AND deletion IS NULL`,
        conversationId,
      )
      .map((row) => [(row as { id: number }).id, row]),
  );
  return visiblePath(treeOf(db, conversationId)).map(({ id, versions }) => toMessage(rows.get(id), versions));
}

/** Stores a question and the empty answer to it together; the first question names the conversation. */
export function startExchange(
  db: WriteDb,
  conversationId: number,
  question: Question,
  place: Place = { after: 'last' },
): Exchange {
  return db.transaction(() => {
    touchConversation(db, conversationId, question.text);
    const parent =
      'editOf' in place
        ? parentOfQuestion(db, conversationId, place.editOf)
        : (visiblePath(treeOf(db, conversationId)).at(-1)?.id ?? null);
    const questionId = addMessage(db, conversationId, parent, 'user', question.text, 'complete');
    db.run(
      'UPDATE message SET wish = ?, context = ?, cwd = ? WHERE id = ?',
      question.wish,
      JSON.stringify(question.context),
      question.cwd,
      questionId,
    );
    return openAnswer(db, conversationId, questionId);
  });
}

/** Stores one more empty answer, to a question that is there. */
export function startAnotherAnswer(
  db: WriteDb,
  conversationId: number,
  questionId: number,
): Exchange & { readonly asked: Question } {
  return db.transaction(() => {
    const asked = getQuestion(db, conversationId, questionId);
    touchConversation(db, conversationId, asked.text);
    return { ...openAnswer(db, conversationId, questionId), asked };
  });
}

/** @throws AppError 'not-found' where it was deleted, or is no question of this conversation */
export function getQuestion(db: ReadDb, conversationId: number, id: number): Question {
  parentOfQuestion(db, conversationId, id);
  const row = db.get('SELECT content, wish, context, cwd FROM message WHERE id = ?', id) as {
    content: string;
    wish: Wish;
    context: string;
    cwd: string | null;
  };
  const context = z.array(ContextItemSchema).safeParse(JSON.parse(row.context));
  return { text: row.content, wish: row.wish, context: context.data ?? [], cwd: row.cwd };
}

/** Saves what there is of an answer. One whose conversation was deleted for good meanwhile is dropped. */
export function saveAnswer(db: WriteDb, id: number, update: AnswerUpdate): void {
  db.run(
    'UPDATE message SET content = ?, state = ?, error = ?, commands = ?, stats = ?, model_input = ? WHERE id = ?',
    update.content,
    update.state,
    update.error ?? null,
    JSON.stringify(update.commands ?? []),
    update.stats ? JSON.stringify(update.stats) : null,
    update.modelInput ? JSON.stringify(update.modelInput) : null,
    id,
  );
}

/** Makes a message visible, with all that it follows. */
export function showMessage(db: WriteDb, id: number): { readonly conversationId: number } {
  return db.transaction(() => {
    const conversationId = conversationOf(db, id);
    const number = nextChosen(db, conversationId);
    for (const step of chainTo(treeOf(db, conversationId), id))
      db.run('UPDATE message SET chosen = ? WHERE id = ?', number, step);
    return { conversationId };
  });
}

/** What the model was given for an answer; null where it was not asked, or the answer is older than this record. */
export function modelInputOf(db: ReadDb, id: number): ModelInput | null {
  conversationOf(db, id);
  const row = db.get('SELECT model_input FROM message WHERE id = ?', id) as { model_input: string | null };
  return toModelInput(row.model_input);
}

/** At start: answers that a crash cut off keep the text that had come. */
export function settleInterrupted(db: WriteDb): void {
  db.run("UPDATE message SET state = 'partial' WHERE state = 'streaming'");
}

/** Places of the messages of a conversation that were not deleted. */
export function treeOf(db: ReadDb, conversationId: number): TreeNode[] {
  return db.all(
    'SELECT id, parent_id AS parent, chosen FROM message WHERE conversation_id = ? AND deletion IS NULL',
    conversationId,
  ) as TreeNode[];
}

/** @throws AppError 'not-found' where the message, or its conversation, was deleted */
export function conversationOf(db: ReadDb, messageId: number): number {
  const row = db.get('SELECT conversation_id FROM message WHERE id = ? AND deletion IS NULL', messageId) as
    | { conversation_id: number }
    | undefined;
  if (!row) throw new AppError('not-found', 'This message was deleted.');
  return getConversation(db, row.conversation_id).id;
}

function openAnswer(db: WriteDb, conversationId: number, questionId: number): Exchange {
  const attempt = treeOf(db, conversationId).filter(({ parent }) => parent === questionId).length;
  const answerId = addMessage(db, conversationId, questionId, 'assistant', '', 'streaming');
  showMessage(db, answerId);
  const path = listMessages(db, conversationId);
  const at = path.findIndex(({ id }) => id === questionId);
  return { earlier: path.slice(0, at), question: path[at] as Message, answerId, attempt };
}

function addMessage(
  db: WriteDb,
  conversationId: number,
  parent: number | null,
  role: Message['role'],
  content: string,
  state: string,
): number {
  return db.run(
    `INSERT INTO message (conversation_id, parent_id, role, content, state, created_at, chosen)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    conversationId,
    parent,
    role,
    content,
    state,
    new Date().toISOString(),
    nextChosen(db, conversationId),
  );
}

function nextChosen(db: ReadDb, conversationId: number): number {
  const row = db.get(
    'SELECT coalesce(max(chosen), 0) + 1 AS next FROM message WHERE conversation_id = ?',
    conversationId,
  );
  return (row as { next: number }).next;
}

/** Also checks that it is a question of this conversation. */
function parentOfQuestion(db: ReadDb, conversationId: number, id: number): number | null {
  const row = db.get(
    `SELECT parent_id FROM message
     WHERE id = ? AND conversation_id = ? AND role = 'user' AND deletion IS NULL`,
    id,
    conversationId,
  ) as { parent_id: number | null } | undefined;
  if (!row) throw new AppError('not-found', 'This question was deleted.');
  return row.parent_id;
}
