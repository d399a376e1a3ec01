import { existsSync, rmSync } from 'node:fs';
import Libsql from 'libsql';
import { z } from 'zod';
import { contentTerms } from '../request-terms';
import { type DocumentKind, KINDS, type KnowledgeDocument } from './documents';

export interface KnowledgeMatch extends KnowledgeDocument {
  /** Higher is better; comparable within one search only. */
  readonly score: number;
  /** 0..1: the share of the request's words that stand in the document. */
  readonly coverage: number;
}

export interface SearchOptions {
  readonly limit: number;
  readonly kinds?: readonly DocumentKind[];
  /** Only documents of these programs ('du', 'git commit'). */
  readonly programs?: readonly string[];
}

export interface KnowledgeIndex {
  search(request: string, options: SearchOptions): KnowledgeMatch[];
  readonly documents: number;
  close(): void;
}

const Row = z.object({
  kind: z.enum(KINDS),
  program: z.string(),
  title: z.string(),
  body: z.string(),
  source: z.string(),
  score: z.number(),
});

/** More words are no longer a request, and each costs a list of documents. */
const MOST_TERMS = 24;
/** A title counts most: it is what a thing is called, or the request of an example. */
const WEIGHTS = '2.0, 3.0, 1.0';

/** Opens an index that `buildKnowledgeIndex` wrote; null where there is none, or it is damaged and so removed. */
export function openKnowledgeIndex(file: string): KnowledgeIndex | null {
  if (!existsSync(file)) return null;
  let database: InstanceType<typeof Libsql> | undefined;
  try {
    database = new Libsql(file, { readonly: true });
    const { documents } = z
      .object({ documents: z.number() })
      .parse(database.prepare('SELECT count(*) AS documents FROM document').get());
    const opened = database;
    return {
      documents,
      search: (request, options) => search(opened, request, options),
      close: () => opened.close(),
    };
  } catch {
    database?.close();
    rmSync(file, { force: true });
    return null;
  }
}

function search(
  database: InstanceType<typeof Libsql>,
  request: string,
  { limit, kinds = KINDS, programs = [] }: SearchOptions,
): KnowledgeMatch[] {
  const wanted = [...new Set(contentTerms(request))].slice(0, MOST_TERMS);
  if (wanted.length === 0 || limit <= 0) return [];
  const match = wanted.map((term) => `"${term.replaceAll('"', '""')}"`).join(' OR ');
  const inPrograms =
    programs.length > 0 ? `AND document.program IN (${programs.map(() => '?').join(', ')})` : '';
  const found = kinds.flatMap((kind) =>
    database
      .prepare(
        `SELECT kind, document.program, document.title, document.body, source,
                -bm25(${kind}_term, ${WEIGHTS}) AS score
         FROM ${kind}_term JOIN document ON document.id = ${kind}_term.rowid
         WHERE ${kind}_term MATCH ? ${inPrograms} ORDER BY score DESC, document.id LIMIT ?`,
      )
      .all(match, ...programs, Math.trunc(limit)),
  );
  const matches = found.map((row): KnowledgeMatch => {
    const one = Row.parse(row);
    const terms = new Set(contentTerms(`${one.program} ${one.title} ${one.body}`));
    return { ...one, coverage: wanted.filter((term) => terms.has(term)).length / wanted.length };
  });
  // Scores of two kinds can't be compared, the share of the request that is covered can.
  if (kinds.length > 1) matches.sort((a, b) => b.coverage - a.coverage || b.score - a.score);
  return matches.slice(0, Math.trunc(limit));
}
