import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors';
import type { EvidencePack, LogDocument, LogsService } from '../contract/logs';
import type { Handlers } from '../contract/rpc';
import { gatherEvidence } from './evidence/evidence';
import { fileFingerprint, type LogSource, openFileSource, streamSource } from './ingest/source';
import { type IngestOptions, ingest } from './pipeline';
import { LogDatabase } from './store/database';
import type { DocumentAccess } from './store/document-access';
import { bookmarkFile, DocumentCache, type Manifest } from './store/document-cache';
import { ReaderPool } from './store/reader-pool';
import { createViewHandlers, type ViewCalls } from './views/view-handlers';

export interface LogServiceOptions {
  /** Folder for documents; made where it is missing. One process at a time may use it. */
  readonly cacheDir: string;
  /** DuckDB's memory limit in megabytes, for all documents together. */
  readonly memoryLimitMB?: number;
}

/** Calls that are answered here; those of filters, searches and the like are in views/. */
type DocumentCalls = Pick<LogsService, 'open' | 'list' | 'watch' | 'follow' | 'close' | 'lines' | 'evidence'>;

export interface LogService {
  readonly handlers: Handlers<DocumentCalls & ViewCalls>;
  /** Lets go of every file; documents stay for the next start. */
  close(): Promise<void>;
}

/** The log process: documents that are opened, pasted, listed, read and closed. */
export function createLogService({ cacheDir, memoryLimitMB }: LogServiceOptions): LogService {
  const started = start(cacheDir, memoryLimitMB);
  // Each call awaits it and reports its failure; until then it is no unhandled rejection.
  started.catch(() => undefined);
  const evidence = new Map<string, Promise<EvidencePack>>();

  const manifestOf = async (id: string): Promise<Manifest> => {
    const { cache } = await started;
    const manifest = await cache.find(id);
    if (!manifest) throw new AppError('not-found', 'This log is not open any more. Open it again.');
    return manifest;
  };

  const listeners: ((id: string) => void)[] = [];
  const access: DocumentAccess = {
    document: async (id) => (await manifestOf(id)).document,
    async read(id, question) {
      const { cache, readers } = await started;
      return readers.use(id, cache.databaseFile(id), question);
    },
    bookmarkFile: (id) => bookmarkFile(cacheDir, id),
    onChange: (listener) => void listeners.push(listener),
  };

  const openFile = async (path: string, options: IngestOptions): Promise<LogDocument> => {
    const source = await openFileSource(path);
    const fingerprint = await fileFingerprint(path);
    const { cache } = await started;
    const known = (await cache.list()).find(
      ({ document, fingerprint: before }) => document.path === source.path && before === fingerprint,
    );
    if (known) {
      await cache.finish({ document: known.document, fingerprint });
      return known.document;
    }
    return store(randomUUID(), source, fingerprint, options);
  };

  const openText = async (name: string, text: string, options: IngestOptions): Promise<LogDocument> => {
    const { cache } = await started;
    const id = randomUUID();
    const bytes = Buffer.from(text, 'utf8');
    try {
      await cache.keepPaste(id, bytes);
    } catch (thrown) {
      await cache.remove(id);
      throw new AppError('unavailable', 'The pasted text could not be stored.', String(thrown));
    }
    return store(id, streamSource(name, [bytes], bytes.length), null, options);
  };

  const store = async (
    id: string,
    source: LogSource,
    fingerprint: string | null,
    options: IngestOptions,
  ): Promise<LogDocument> => {
    const { cache, database } = await started;
    try {
      const document = await ingest(database, cache.databaseFile(id), id, source, options);
      await cache.finish({ document, fingerprint });
      return document;
    } catch (thrown) {
      await cache.remove(id);
      throw thrown;
    }
  };

  return {
    handlers: {
      ...createViewHandlers(access),
      open: (params, { signal, emit }) => {
        const options = { signal, onProgress: emit };
        return params.kind === 'file'
          ? openFile(params.paths[0] ?? '', options)
          : openText(params.name, params.text, options);
      },
      list: async () => (await (await started).cache.list()).map(({ document }) => document),
      watch: async ({ id }, { emit }) => {
        emit(await access.document(id));
        return null;
      },
      follow: ({ id }) => access.document(id),
      lines: async ({ id, from, count }) => {
        await access.document(id);
        return access.read(id, (reader) => reader.lines(from, count));
      },
      evidence: async ({ id }) => {
        const document = await access.document(id);
        const pack = evidence.get(id) ?? access.read(id, (reader) => gatherEvidence(reader, document));
        evidence.set(id, pack);
        pack.catch(() => evidence.delete(id));
        return pack;
      },
      close: async ({ id }) => {
        evidence.delete(id);
        const { cache, readers } = await started;
        // The manifest goes first: a call that comes now finds no document.
        await cache.remove(id, () => readers.close(id));
        for (const listener of listeners) listener(id);
        return null;
      },
    },
    async close() {
      const { database, readers } = await started;
      await readers.closeAll();
      database.close();
    },
  };
}

async function start(cacheDir: string, memoryLimitMB: number | undefined) {
  const cache = await DocumentCache.open(cacheDir).catch((thrown: unknown) => {
    throw new AppError('unavailable', `The log folder ${cacheDir} cannot be used.`, String(thrown));
  });
  const database = await LogDatabase.create(cache.spillFolder, memoryLimitMB);
  return { cache, database, readers: new ReaderPool(database) };
}
