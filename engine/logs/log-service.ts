import type { LogDocument, LogsService } from '../contract/logs';
import type { Handlers } from '../contract/rpc';
import { type EvidenceCalls, evidenceHandlers } from './evidence/evidence-handlers';
import type { LogSource } from './ingest/log-source';
import { OpenDocuments, type OpenOptions, type StoreOptions } from './open-documents';
import type { DocumentAccess } from './store/document-access';
import { bookmarkFile } from './store/document-cache';
import type { DocumentReader } from './store/document-reader';
import { LogStates } from './views/log-state';
import { createViewHandlers, type ViewCalls } from './views/view-handlers';

export type LogServiceOptions = StoreOptions;

/** Calls that are answered here; those of filters, searches and the like are in views/. */
type DocumentCalls = Pick<LogsService, 'open' | 'list' | 'watch' | 'follow' | 'close' | 'lines'>;

export interface LogService {
  readonly handlers: Handlers<DocumentCalls & ViewCalls & EvidenceCalls>;
  /** Reads any source, such as standard input, into a document. */
  openSource(source: LogSource, options: OpenOptions): Promise<LogDocument>;
  /** Asks the store of an open document. */
  read<T>(id: string, question: (reader: DocumentReader) => Promise<T>): Promise<T>;
  /** Lets go of every file; documents stay for the next start. */
  close(): Promise<void>;
}

/** The log process: documents that are opened, pasted, listed, read, followed and closed. */
export function createLogService(options: LogServiceOptions): LogService {
  const started = OpenDocuments.start(options);
  // Each call awaits it and reports its failure; until then it is no unhandled rejection.
  started.catch(() => undefined);
  const access: DocumentAccess = {
    document: async (id) => (await started).document(id),
    read: async (id, question) => (await started).read(id, question),
    bookmarkFile: (id) => bookmarkFile(options.cacheDir, id),
    onChange: (listener) => {
      started.then((documents) => documents.onChange(listener)).catch(() => undefined);
    },
  };

  // Times of all lines are gone through once, for views and evidence alike.
  const states = new LogStates(access);

  return {
    handlers: {
      ...createViewHandlers(access, states),
      ...evidenceHandlers(access, states),
      open: async (params, { signal, emit }) => {
        const documents = await started;
        const reading = { signal, onProgress: emit };
        return params.kind === 'file'
          ? documents.openFiles(params, reading)
          : documents.openText(params.name, params.text, reading);
      },
      list: async () => (await started).list(),
      watch: async ({ id }, { signal, emit }) => {
        await (await started).watch(id, signal, emit);
        return null;
      },
      follow: async ({ id, on }) => (await started).follow(id, on),
      lines: ({ id, from, count }) => access.read(id, (reader) => reader.lines(from, count)),
      close: async ({ id }) => {
        await (await started).close(id);
        return null;
      },
    },
    openSource: async (source, reading) => (await started).openSource(source, reading),
    read: access.read,
    async close() {
      // Where it did not start there is nothing to let go of.
      const documents = await started.catch(() => null);
      await documents?.closeAll();
    },
  };
}
