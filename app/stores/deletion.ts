import { getConversation } from './conversations';
import type { WriteDb } from './database';
import { branchOf, chainTo, type TreeNode } from './message-tree';
import { conversationOf, treeOf } from './messages';

/** So long what was deleted can be restored. */
export const KEPT_DAYS = 30;

/** Deletes a conversation in a way that can be undone. */
export function deleteConversation(db: WriteDb, id: number): void {
  getConversation(db, id);
  db.run('UPDATE conversation SET deleted_at = ? WHERE id = ?', new Date().toISOString(), id);
}

export function restoreConversation(db: WriteDb, id: number): void {
  getConversation(db, id, { deleted: true });
  db.run('UPDATE conversation SET deleted_at = NULL WHERE id = ?', id);
}

/**
 * Deletes a message and all that follows it, on every branch. The only answer to a question takes the question along:
 * every question has an answer. Returns the number by which that is undone.
 */
export function deleteBranch(db: WriteDb, messageId: number): number {
  return db.transaction(() => {
    const conversationId = conversationOf(db, messageId);
    const { next } = db.get('SELECT coalesce(max(deletion), 0) + 1 AS next FROM message') as { next: number };
    const at = new Date().toISOString();
    const nodes = treeOf(db, conversationId);
    for (const id of branchOf(nodes, withOnlyQuestion(db, nodes, messageId)))
      db.run('UPDATE message SET deletion = ?, deleted_at = ? WHERE id = ?', next, at, id);
    return next;
  });
}

function withOnlyQuestion(db: WriteDb, nodes: readonly TreeNode[], id: number): number {
  const { role } = db.get('SELECT role FROM message WHERE id = ?', id) as { role: string };
  const parent = nodes.find((node) => node.id === id)?.parent ?? null;
  if (role === 'user' || parent === null) return id;
  return nodes.filter((node) => node.parent === parent).length === 1 ? parent : id;
}

/**
 * Undoes one deletion of messages, the latest for null. What they follow comes back with them, so that they can be
 * reached.
 */
export function restoreBranch(db: WriteDb, conversationId: number, deletion: number | null): void {
  db.transaction(() => {
    const all = db.all(
      'SELECT id, parent_id AS parent, chosen, deletion FROM message WHERE conversation_id = ?',
      conversationId,
    ) as (TreeNode & { deletion: number | null })[];
    const wanted = deletion ?? Math.max(...all.map((node) => node.deletion ?? 0));
    const ids = all.filter((node) => node.deletion === wanted).map(({ id }) => id);
    if (ids.length === 0) return;
    // Ids grow along a branch: the first one is what was deleted, the rest follows it.
    for (const id of [...chainTo(all, Math.min(...ids)), ...ids])
      db.run('UPDATE message SET deletion = NULL, deleted_at = NULL WHERE id = ?', id);
  });
}

/** Removes a conversation from the disk: nothing of it is left in the database's files or in copies of them. */
export function deleteForGood(db: WriteDb, id: number): void {
  getConversation(db, id, { deleted: true });
  db.run('DELETE FROM conversation WHERE id = ?', id);
  leaveNoTrace(db);
}

/** Removes for good what was deleted longer ago than it is kept. */
export function purgeDeleted(db: WriteDb, now = Date.now()): void {
  const before = new Date(now - KEPT_DAYS * 86_400_000).toISOString();
  const { count } = db.get(
    `SELECT (SELECT count(*) FROM conversation WHERE deleted_at < ?1) +
            (SELECT count(*) FROM message WHERE deleted_at < ?1) AS count`,
    before,
  ) as { count: number };
  if (count === 0) return;
  db.transaction(() => {
    db.run('DELETE FROM conversation WHERE deleted_at < ?', before);
    // A deletion takes all that follows with it; what stays alive of that is put out of the way by `restoreBranch`.
    db.run(
      `WITH RECURSIVE gone (id) AS (
         SELECT id FROM message WHERE deleted_at < ?
         UNION SELECT message.id FROM message JOIN gone ON message.parent_id = gone.id
       ) DELETE FROM message WHERE id IN gone`,
      before,
    );
  });
  leaveNoTrace(db);
}

/** The index of the search keeps words of what is gone until it is built anew. */
function leaveNoTrace(db: WriteDb): void {
  db.run("INSERT INTO search_index (search_index) VALUES ('rebuild')");
  db.scrub();
}
