import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue, StatementType } from '@duckdb/node-api';
import { AppError } from '../../contract/errors';
import type { SqlResult } from '../../contract/log-views';
import { SQL_ROWS } from '../../contract/logs';
import { asNumber, type DocumentReader } from './document-reader';
import { documentFiles, documentPlace, logView, patternsView, severityType } from './queries/sql-box';
import { ANSWER_LINES, sqlError } from './sql-error';
import { sqlText } from './sql-text';
import { readAnswer, typedAnswer } from './sql-values';
import { checkStop } from './stream';

/** Memory of one question, in megabytes; what needs more goes to disk, up to SQL_SPILL. */
export const SQL_MEMORY_MB = 256;
const SQL_SPILL = '2GB';
/** A question that takes longer is stopped, in milliseconds. */
export const SQL_TIME_MS = 30_000;
const INTERRUPT_MS = 50;

export interface SqlOptions {
  /** Names of the document's sources, in their order. */
  readonly sources: readonly string[];
  /** Lines up to this one are asked. */
  readonly lineCount: number;
  readonly signal: AbortSignal;
  readonly timeLimitMs?: number;
}

/**
 * Answers a person's question in SQL over one document. It runs in a DuckDB of its own, made for this question,
 * that has this document attached read-only, can open no other file and no connection, and takes no settings;
 * besides, only a single SELECT is run. So nothing that is written in it can reach another log, the disk or the
 * network. At most SQL_ROWS rows; texts are cut to LINE_VIEW_LIMIT characters.
 */
export async function askSql(
  reader: DocumentReader,
  query: string,
  { sources, lineCount, signal, timeLimitMs = SQL_TIME_MS }: SqlOptions,
): Promise<SqlResult> {
  const started = performance.now();
  const files = await reader.rows(documentFiles(reader.name));
  const [place] = await reader.rows(documentPlace(reader.name));
  const spill = join(String(place?.spill), `sql-${randomUUID()}`);
  await mkdir(spill, { recursive: true, mode: 0o700 });
  const box = await DuckDBInstance.create(':memory:', {
    memory_limit: `${SQL_MEMORY_MB}MB`,
    threads: '2',
    temp_directory: spill,
    max_temp_directory_size: SQL_SPILL,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await box.connect();
  let timedOut = false;
  let stopping: NodeJS.Timeout | undefined;
  // Again and again: an interruption that comes between two statements is forgotten by the next one.
  const stop = () => {
    connection.interrupt();
    stopping ??= setInterval(() => connection.interrupt(), INTERRUPT_MS);
  };
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, timeLimitMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const tables = [severityType(), logView(sources, lineCount, asNumber(place?.shapes)), patternsView()];
    await openDocument(connection, reader.name, files, tables);
    checkStop(signal);
    const columns = await checkSelect(connection, query);
    await connection.run(answerView(query));
    const typed = typedAnswer(columns);
    const result = await connection.stream(`${typed.sql} LIMIT ${SQL_ROWS + 1}`);
    const rows = await readAnswer(result, typed.types, SQL_ROWS + 1);
    return {
      columns: columns.map(({ name }, at) => ({ name, type: typed.types[at] ?? 'text' })),
      rows: rows.slice(0, SQL_ROWS),
      cut: rows.length > SQL_ROWS,
      ms: Math.round(performance.now() - started),
    };
  } catch (thrown) {
    checkStop(signal);
    if (timedOut) throw tooSlow(timeLimitMs);
    throw sqlError(thrown, query);
  } finally {
    clearTimeout(timer);
    clearInterval(stopping);
    signal.removeEventListener('abort', stop);
    connection.closeSync();
    box.closeSync();
    await rm(spill, { recursive: true, force: true });
  }
}

/** Attaches the document, makes the tables that people ask and shuts everything else. */
async function openDocument(
  connection: DuckDBConnection,
  document: string,
  files: readonly Record<string, DuckDBValue>[],
  tables: readonly string[],
): Promise<void> {
  for (const sql of [
    // The file of texts keeps its name, which a view of the other file has in it.
    ...files.map(({ name, path }) => {
      const attached = name === document ? 'document' : String(name);
      return `ATTACH ${sqlText(String(path))} AS ${attached} (READ_ONLY)`;
    }),
    ...tables,
    // With it a join holds back vectors of few rows, and rows no longer stand beside their texts (see logView).
    'SET enable_caching_operators = false',
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ]) {
    await connection.run(sql);
  }
}

/**
 * The question as a view, so that its answer can be brought into the types that are shown. It begins on line
 * ANSWER_LINES + 1, as it was written: with its comments and its semicolon.
 */
function answerView(query: string): string {
  const isShort = /^(?:describe|desc|summarize|show)\b/i.test(withoutComments(query));
  const select = isShort ? `FROM (${query.replace(/[;\s]+$/, '')}\n)` : query;
  return `CREATE TEMP VIEW answer AS${'\n'.repeat(ANSWER_LINES)}${select}`;
}

/** Throws unless the text is one SELECT; returns the columns of its answer. */
async function checkSelect(
  connection: DuckDBConnection,
  query: string,
): Promise<{ name: string; typeId: number }[]> {
  if (withoutComments(query).replace(/[;\s]+/g, '') === '') {
    throw new AppError('invalid-input', 'Write a question first, such as SELECT * FROM log.');
  }
  // PRAGMA and CALL pass for a SELECT where DuckDB rewrites them.
  if (/^(?:pragma|call)\b/i.test(withoutComments(query))) throw notSelect();
  const statements = await connection.extractStatements(query);
  if (statements.count !== 1) {
    throw new AppError('invalid-input', 'One question at a time: write a single SELECT.');
  }
  const prepared = await statements.prepare(0);
  try {
    if (prepared.statementType !== StatementType.SELECT) throw notSelect();
    if (prepared.parameterCount > 0) {
      throw new AppError(
        'invalid-input',
        'A question has no place for parameters (? or $1): write the value.',
      );
    }
    return Array.from({ length: prepared.columnCount }, (_, at) => ({
      name: prepared.columnName(at),
      typeId: prepared.columnTypeId(at),
    }));
  } finally {
    prepared.destroySync();
  }
}

function withoutComments(query: string): string {
  return query.replace(/^(?:[\s;]+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
}

function notSelect(): AppError {
  return new AppError(
    'invalid-input',
    'Only questions are answered here: write a SELECT over log or patterns. Nothing was run; nothing can be changed here.',
  );
}

function tooSlow(limitMs: number): AppError {
  return new AppError(
    'too-large',
    `The question took longer than ${limitMs / 1000} seconds and was stopped. Ask about fewer lines, such as WHERE line BETWEEN 1 AND 100000.`,
  );
}
