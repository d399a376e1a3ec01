import { existsSync, rmSync } from 'node:fs';
import Libsql from 'libsql';
import { z } from 'zod';
import { type CommandExample, EXAMPLES_NAME, loadExamples } from '../examples';
import { contentTerms } from '../request-terms';
import { documentWriter } from './document-writer';
import { type DocumentKind, exampleDocuments, KINDS, type KnowledgeDocument } from './documents';

type Database = InstanceType<typeof Libsql>;

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
  /** In how many documents of a kind a term stands (0 for none). */
  documentsWith(term: string, kind: DocumentKind): number;
  /** How many documents of a kind there are. */
  count(kind: DocumentKind): number;
  readonly documents: number;
  close(): void;
}

const Row = z.object({
  kind: z.enum(KINDS),
  program: z.string(),
  title: z.string(),
  body: z.string(),
  source: z.string(),
  why: z.string(),
  score: z.number(),
});

/** More words are no longer a request, and each costs a list of documents. */
const MOST_TERMS = 24;
/** A title counts most: it is what a thing is called, or the request of an example. */
const WEIGHTS = '2.0, 3.0, 1.0';

/** Opens an index that `buildKnowledgeIndex` wrote; null where there is none, or it is damaged and so removed. */
export function openKnowledgeIndex(file: string): KnowledgeIndex | null {
  if (!existsSync(file)) return null;
  let database: Database | undefined;
  try {
    database = new Libsql(file, { readonly: true });
    return openDatabase(database);
  } catch {
    database?.close();
    rmSync(file, { force: true });
    return null;
  }
}

/** An index of these examples alone, in memory: for the time until the whole one is built. */
export function examplesInMemory(examples: readonly CommandExample[] = loadExamples()): KnowledgeIndex {
  const database = new Libsql(':memory:');
  const writer = documentWriter(database);
  for (const document of exampleDocuments(examples, EXAMPLES_NAME)) writer.add(document);
  writer.finish();
  return openDatabase(database);
}

const Count = z.object({ count: z.number() });

function openDatabase(database: Database): KnowledgeIndex {
  const counts = new Map(
    z
      .array(z.object({ kind: z.enum(KINDS), count: z.number() }))
      .parse(database.prepare('SELECT kind, count(*) AS count FROM document GROUP BY kind').all())
      .map(({ kind, count }) => [kind, count]),
  );
  const known = new Map<string, number>();
  const lookUp = (term: string, kind: DocumentKind): number => {
    const row = database.prepare(`SELECT doc AS count FROM ${kind}_words WHERE term = ?`).get(term);
    return row === undefined ? 0 : Count.parse(row).count;
  };
  return {
    documents: [...counts.values()].reduce((sum, count) => sum + count, 0),
    count: (kind) => counts.get(kind) ?? 0,
    documentsWith(term, kind) {
      const key = `${kind} ${term}`;
      const count = known.get(key) ?? lookUp(term, kind);
      known.set(key, count);
      return count;
    },
    search: (request, options) => search(database, request, options),
    close: () => database.close(),
  };
}

function search(
  database: Database,
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
        `SELECT kind, document.program, document.title, document.body, source, why,
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
