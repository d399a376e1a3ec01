import type Libsql from 'libsql';
import { contentTerms } from '../request-terms';
import { KINDS, type KnowledgeDocument } from './documents';

type Database = InstanceType<typeof Libsql>;

const terms = (text: string) => contentTerms(text).join(' ');

/** One list of terms a kind: how rare a word is among options says nothing about examples. */
const TABLES = `
  CREATE TABLE document (
    id INTEGER PRIMARY KEY, kind TEXT, program TEXT, title TEXT, body TEXT, source TEXT, why TEXT);
  ${KINDS.map(
    (kind) => `
  CREATE VIRTUAL TABLE ${kind}_term USING fts5(program, title, body, content='');
  CREATE VIRTUAL TABLE ${kind}_words USING fts5vocab(${kind}_term, 'row');`,
  ).join('')}
  BEGIN`;

/** Writes the documents of an index into an empty database. */
export function documentWriter(database: Database): {
  add(document: KnowledgeDocument): void;
  /** To be called once, when all are added; returns their number. */
  finish(): number;
} {
  database.exec(TABLES);
  const insert = database.prepare('INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)');
  const insertTerms = new Map(
    KINDS.map((kind) => [
      kind,
      database.prepare(`INSERT INTO ${kind}_term (rowid, program, title, body) VALUES (?, ?, ?, ?)`),
    ]),
  );
  let documents = 0;
  return {
    add({ kind, program, title, body, source, why }) {
      documents += 1;
      insert.run(documents, kind, program, title, body, source, why);
      insertTerms.get(kind)?.run(documents, terms(program), terms(title), terms(`${body} ${why}`));
    },
    finish() {
      database.exec('CREATE INDEX by_program ON document (program, kind); COMMIT');
      return documents;
    },
  };
}
