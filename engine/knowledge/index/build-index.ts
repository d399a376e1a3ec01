import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Libsql from 'libsql';
import type { ProgramKnowledge } from '../command-knowledge';
import { type CommandExample, EXAMPLES_NAME, loadExamples } from '../examples';
import { VENDOR_FILES } from '../vendor/data';
import { documentWriter } from './document-writer';
import {
  exampleDocuments,
  indexedPrograms,
  type KnowledgeDocument,
  programDocuments,
  variableDocuments,
} from './documents';
import { indexKey } from './index-key';
import { infoDocuments, infoStamp } from './info-dir';
import { tldrDocuments, tldrFolders, tldrStamp } from './tldr-pages';

export interface KnowledgeIndexOptions {
  readonly knowledge: ProgramKnowledge;
  /** The same PATH and folders that the knowledge was made with: they are part of the key. */
  readonly path: string;
  readonly manFolders: readonly string[];
  /** For the user's tldr pages; null where they are not to be read. */
  readonly home: string | null;
  /** Where index files are kept; made when missing. */
  readonly cacheFolder: string;
  readonly examples?: readonly CommandExample[];
}

export interface BuildProgress {
  readonly done: number;
  readonly total: number;
  /** What is being read, for people. */
  readonly what: string;
}

/** Part of the key: raise it when documents or terms change. */
const LAYOUT = '4';
/** How long the thread is held before others get their turn, in milliseconds. */
const SLICE = 15;

const FILE = /^knowledge-[0-9a-f]+\.db$/;

/** The file that an index of this machine's state has, whether it is there or not. */
export function indexFile(options: KnowledgeIndexOptions): string {
  const { knowledge, path, manFolders, home, cacheFolder, examples = loadExamples() } = options;
  const shipped = createHash('sha256')
    .update(JSON.stringify([VENDOR_FILES, examples]))
    .digest('hex');
  const versions = [
    LAYOUT,
    knowledge.specsOrigin,
    shipped,
    home === null ? '' : tldrStamp(tldrFolders(home)),
    infoStamp(manFolders),
  ];
  return join(cacheFolder, `knowledge-${indexKey({ path, manFolders, versions })}.db`);
}

/**
 * Builds the index unless it is there already. Reads a program at a time and gives way in between; meant for a worker
 * or an idle process. Written beside and renamed when whole, so a crash leaves the old index or none.
 */
export async function buildKnowledgeIndex(
  options: KnowledgeIndexOptions,
  { onProgress, signal }: { onProgress?: (progress: BuildProgress) => void; signal?: AbortSignal } = {},
): Promise<{ file: string; built: boolean; documents: number }> {
  const file = indexFile(options);
  if (existsSync(file)) return { file, built: false, documents: 0 };
  mkdirSync(options.cacheFolder, { recursive: true });
  let documents = 0;
  const temporary = `${file}.${process.pid}-${Date.now()}`;
  const database = new Libsql(temporary);
  try {
    // Nothing else reads the file, and half of one is thrown away: no journal is needed.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000');
    const writer = documentWriter(database);
    let since = performance.now();
    for (const { progress, list } of sources(options)) {
      for (const one of list) writer.add(one);
      if (performance.now() - since < SLICE) continue;
      onProgress?.(progress);
      await setImmediate();
      signal?.throwIfAborted();
      since = performance.now();
    }
    documents = writer.finish();
    database.close();
    signal?.throwIfAborted();
    renameSync(temporary, file);
  } catch (error) {
    if (database.open) database.close();
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  removeOthers(options.cacheFolder, file);
  return { file, built: true, documents };
}

function* sources(
  options: KnowledgeIndexOptions,
): Generator<{ progress: BuildProgress; list: Iterable<KnowledgeDocument> }> {
  const { knowledge, home, manFolders, examples = loadExamples() } = options;
  const programs = indexedPrograms(knowledge);
  const total = programs.length;
  const start = { done: 0, total };
  yield {
    progress: { ...start, what: 'examples' },
    list: exampleDocuments(examples, EXAMPLES_NAME),
  };
  yield { progress: { ...start, what: 'variables' }, list: variableDocuments() };
  for (const list of home === null ? [] : tldrDocuments(tldrFolders(home))) {
    yield { progress: { ...start, what: 'tldr pages' }, list };
  }
  yield { progress: { ...start, what: 'info' }, list: infoDocuments(knowledge, manFolders) };
  for (const [done, program] of programs.entries()) {
    for (const list of programDocuments(knowledge, program)) {
      yield { progress: { done, total, what: program }, list };
    }
  }
}

/** Indexes of earlier states of the machine. One that is open elsewhere stays on Windows and goes the next time. */
function removeOthers(folder: string, file: string): void {
  for (const name of readdirSync(folder)) {
    if (FILE.test(name) && join(folder, name) !== file) {
      try {
        rmSync(join(folder, name), { force: true });
      } catch {
        // In use.
      }
    }
  }
}
