import { z } from 'zod';
import type { Diagnosis } from '../../engine/contract/assistant';
import type { ChatResult, SearchResults } from '../contract/window-api';
import type { ReadDb, WriteDb } from './database';
import { ftsQuery, HIT_END, HIT_START, hitPieces } from './search-query';

/** Results of each group at most. */
export const MOST_RESULTS = 20;

const EXCERPT = `snippet(search_index, 0, '${HIT_START}', '${HIT_END}', '…', 18) AS excerpt`;
const IN_CHATS = `
  SELECT entry.kind, entry.message_id AS message, conversation.id AS conversation, conversation.title, ${EXCERPT},
    coalesce(message.created_at, conversation.updated_at) AS at
  FROM search_index
  JOIN search_entry AS entry ON entry.id = search_index.rowid
  LEFT JOIN message ON message.id = entry.message_id
  JOIN conversation ON conversation.id = coalesce(entry.conversation_id, message.conversation_id)
  WHERE search_index MATCH ? AND conversation.deleted_at IS NULL AND message.deletion IS NULL`;
const IN_FINDINGS = `
  SELECT finding.document, finding.name, finding.line, ${EXCERPT}, finding.found_at AS at
  FROM search_index
  JOIN search_entry AS entry ON entry.id = search_index.rowid
  JOIN log_finding AS finding ON finding.id = entry.finding_id
  WHERE search_index MATCH ? ORDER BY search_index.rank, finding.id DESC LIMIT ${MOST_RESULTS}`;
const BY_RANK = `ORDER BY search_index.rank, at DESC LIMIT ${MOST_RESULTS}`;

const ChatRow = z.object({
  message: z.number().nullable(),
  conversation: z.number(),
  title: z.string(),
  excerpt: z.string(),
  at: z.string(),
});
const FindingRow = z.object({
  document: z.string(),
  name: z.string(),
  line: z.number().nullable(),
  excerpt: z.string(),
  at: z.string(),
});

/** Looks through titles, messages, commands and findings; the best first in each group. Any text may be asked for. */
export function searchAll(db: ReadDb, typed: string): SearchResults {
  const query = ftsQuery(typed);
  if (query === null) return { chats: [], commands: [], findings: [] };
  const chats = (kinds: string) =>
    db.all(`${IN_CHATS} AND entry.kind IN (${kinds}) ${BY_RANK}`, query).map((row) => {
      const { excerpt, ...rest } = ChatRow.parse(row);
      return { ...rest, excerpt: hitPieces(excerpt) };
    });
  return {
    chats: withoutRepeats(chats("'title', 'message'")),
    commands: chats("'command'"),
    findings: db.all(IN_FINDINGS, query).map((row) => {
      const { excerpt, ...rest } = FindingRow.parse(row);
      return { ...rest, excerpt: hitPieces(excerpt) };
    }),
  };
}

/** A title that only repeats a question that was found, too, says nothing more. */
function withoutRepeats(results: readonly ChatResult[]): ChatResult[] {
  const textOf = ({ conversation, excerpt }: ChatResult) => `${conversation} ${JSON.stringify(excerpt)}`;
  const said = new Set(results.filter(({ message }) => message !== null).map(textOf));
  return results.filter((result) => result.message !== null || !said.has(textOf(result)));
}

/** Keeps what a diagnosis found, in the place of what an earlier one of this log had found. */
export function saveFindings(
  db: WriteDb,
  log: { readonly id: string; readonly name: string },
  { cause, findings }: Pick<Diagnosis, 'cause' | 'findings'>,
): void {
  const at = new Date().toISOString();
  const found = [
    ...(cause ? [{ claim: cause.text, citations: cause.citations }] : []),
    ...findings.map(({ claim, citations }) => ({ claim, citations })),
  ];
  db.transaction(() => {
    db.run('DELETE FROM log_finding WHERE document = ?', log.id);
    for (const { claim, citations } of found)
      db.run(
        `INSERT INTO log_finding (document, name, claim, line, line_text, found_at) VALUES (?, ?, ?, ?, ?, ?)`,
        log.id,
        log.name,
        claim,
        citations[0]?.line ?? null,
        citations[0]?.text ?? null,
        at,
      );
  });
}

/** Forgets what was found in a log that is closed, without a trace on the disk. */
export function forgetFindings(db: WriteDb, document: string): void {
  db.run('DELETE FROM log_finding WHERE document = ?', document);
}
