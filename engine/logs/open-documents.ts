import { randomUUID } from 'node:crypto';
import { AppError } from '../contract/errors';
import type { IngestProgress, LogDocument } from '../contract/logs';
import { DocumentIngest } from './document-ingest';
import { begunDocument, endedSource, fingerprintOf, sameSources } from './document-origin';
import { FollowedLines, type FollowTarget } from './followed-lines';
import { fileIdentity } from './ingest/follow/open-log';
import type { LogSource } from './ingest/log-source';
import { openSources, openStream } from './ingest/open-sources';
import { LogDigest, type ReadOptions } from './log-digest';
import { newestMoment } from './newest-moment';
import { LogDatabase, storeError } from './store/database';
import { DocumentCache, type Manifest } from './store/document-cache';
import type { DocumentReader } from './store/document-reader';
import { DocumentWriter } from './store/document-writer';
import { ReaderPool } from './store/reader-pool';
import { savedText } from './store/saved-text';
import { type StoredDigest, storedDigest } from './store/stored-digest';

export interface StoreOptions extends Omit<ReadOptions, 'signal'> {
  /** Folder for documents; made where it is missing. One process at a time may use it. */
  readonly cacheDir: string;
  /** DuckDB's memory limit in megabytes, for all documents together. */
  readonly memoryLimitMB?: number | undefined;
}

export interface OpenOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
}

export interface FileRequest {
  readonly paths: readonly string[];
  readonly follow: boolean;
  readonly rotated: boolean;
}

/** A document that is being written. */
interface Live {
  document: LogDocument;
  /** Ends the reading of it; what is not complete then is dropped. */
  readonly cancel: AbortController;
  /** Ends following. */
  readonly stop: AbortController;
  /** Settles when nothing is written any more; never rejects. */
  done: Promise<void>;
  /** It was closed: it is none any more. */
  closed: boolean;
}

/** What a document is filled from. */
interface Filling {
  readonly document: LogDocument;
  readonly manifest: Omit<Manifest, 'format' | 'document'>;
  /** Is asked once nothing reads from the stored files any more. */
  readonly open: () => Promise<LogSource>;
  readonly follow?: FollowTarget | undefined;
  /** Goes on with the stored document; else it is stored anew. */
  readonly stored?: StoredDigest;
}

/** The documents of a cache folder: read into it, listed, read from, followed, closed. */
export class OpenDocuments {
  private readonly live = new Map<string, Live>();
  private readonly listeners: ((id: string) => void)[] = [];
  /** Calls that may have a file open; closing waits for them. */
  private readonly running = new Set<Promise<unknown>>();
  private closing = false;

  private constructor(
    private readonly options: StoreOptions,
    private readonly cache: DocumentCache,
    private readonly database: LogDatabase,
    private readonly readers: ReaderPool,
  ) {}

  static async start(options: StoreOptions): Promise<OpenDocuments> {
    const { cacheDir, memoryLimitMB } = options;
    const cache = await DocumentCache.open(cacheDir).catch((thrown: unknown) => {
      throw new AppError(
        'unavailable',
        `The log folder ${cacheDir} cannot be used: no log can be opened. Check its owner and mode, and that its disk is not full or read-only.`,
        String(thrown),
      );
    });
    const database = await LogDatabase.create(cache.spillFolder, memoryLimitMB);
    const documents = new OpenDocuments(options, cache, database, new ReaderPool(database));
    for (const manifest of await cache.list()) {
      if (manifest.document.state !== 'ready') documents.resume(manifest);
    }
    return documents;
  }

  /** Calls back with the id of a document that has grown or was closed. */
  onChange(listener: (id: string) => void): void {
    this.listeners.push(listener);
  }

  list(): Promise<LogDocument[]> {
    return this.whileOpen(async () => {
      const manifests = await this.cache.list();
      return manifests.map(({ document }) => this.live.get(document.id)?.document ?? document);
    });
  }

  document(id: string): Promise<LogDocument> {
    return this.whileOpen(async () => {
      const live = this.live.get(id);
      if (live && !live.closed) return live.document;
      return (await this.manifest(id)).document;
    });
  }

  read<T>(id: string, question: (reader: DocumentReader) => Promise<T>): Promise<T> {
    return this.whileOpen(async () => {
      await this.document(id);
      return this.readers.use(id, this.cache.files(id), question);
    });
  }

  openFiles(request: FileRequest, options: OpenOptions): Promise<LogDocument> {
    return this.whileOpen(() => this.startFiles(request, options));
  }

  private async startFiles(
    { paths, follow, rotated }: FileRequest,
    options: OpenOptions,
  ): Promise<LogDocument> {
    const source = await openSources(paths, { rotated });
    if (follow && source.path === null) {
      throw new AppError('invalid-input', 'Only a single file can be followed. Open it alone.');
    }
    const fingerprint = await fingerprintOf(source);
    const known = (await this.cache.list()).find(
      ({ document, fingerprint: before }) =>
        before === fingerprint && sameSources(document, source) && document.state === 'ready',
    );
    if (known && !follow) {
      await this.cache.note({ ...known, openedAt: Date.now() });
      return known.document;
    }
    const manifest = {
      fingerprint,
      files: { paths: [...paths], rotated },
      followed: null,
      openedAt: Date.now(),
    };
    const { path } = source;
    return this.fill(
      {
        document: begunDocument(randomUUID(), source),
        manifest,
        open: async () => source,
        follow: follow && path !== null ? { path, identity: await fileIdentity(path) } : undefined,
      },
      options,
    );
  }

  openText(name: string, text: string, options: OpenOptions): Promise<LogDocument> {
    return this.whileOpen(async () => {
      const id = randomUUID();
      const bytes = Buffer.from(text, 'utf8');
      try {
        await this.cache.keepPaste(id, bytes);
      } catch (thrown) {
        await this.cache.remove(id);
        throw new AppError('unavailable', 'The pasted text could not be stored.', String(thrown));
      }
      return this.openSource(openStream(name, [bytes], bytes.length), options, id);
    });
  }

  /** Reads any source, such as standard input. */
  openSource(source: LogSource, options: OpenOptions, id: string = randomUUID()): Promise<LogDocument> {
    const manifest = { fingerprint: null, files: null, followed: null, openedAt: Date.now() };
    return this.whileOpen(() =>
      this.fill({ document: begunDocument(id, source), manifest, open: async () => source }, options),
    );
  }

  /** Streams a document each time it has grown, until `signal`, or until it is written no more. */
  async watch(id: string, signal: AbortSignal, emit: (document: LogDocument) => void): Promise<void> {
    emit(await this.document(id));
    const live = this.live.get(id);
    if (!live || signal.aborted) return;
    const listener = (changed: string) => {
      if (changed === id && !live.closed) emit(live.document);
    };
    this.listeners.push(listener);
    let onAbort = () => {};
    const aborted = new Promise<void>((resolve) => {
      onAbort = resolve;
      signal.addEventListener('abort', onAbort);
    });
    await Promise.race([live.done, aborted]);
    signal.removeEventListener('abort', onAbort);
    this.listeners.splice(this.listeners.indexOf(listener), 1);
  }

  /** Stops waiting for what is appended, or starts it from where the document ends. */
  follow(id: string, on: boolean): Promise<LogDocument> {
    return this.whileOpen(() => this.setFollowed(id, on));
  }

  private async setFollowed(id: string, on: boolean): Promise<LogDocument> {
    const live = this.live.get(id);
    if (!on) {
      if (live?.document.state === 'following') {
        live.stop.abort();
        await live.done;
      }
      return this.document(id);
    }
    if (live) return live.document;
    const manifest = await this.manifest(id);
    const { path } = manifest.document;
    if (path === null) {
      throw new AppError('invalid-input', 'Only a log that is a single file can be followed.');
    }
    return this.refollow(manifest, path);
  }

  close(id: string): Promise<void> {
    return this.whileOpen(async () => {
      const live = this.live.get(id);
      if (live) {
        live.closed = true;
        live.cancel.abort();
        live.stop.abort();
        await live.done;
      }
      // The manifest goes first: a call that comes now finds no document.
      await this.cache.remove(id, () => this.readers.close(id));
      this.changed(id);
    });
  }

  /**
   * Lets go of every file: none is open any more when it is done, and no call opens one after it. Documents that
   * are being read or followed are taken up at the next start.
   */
  async closeAll(): Promise<void> {
    this.closing = true;
    for (const { document, cancel, stop } of this.live.values()) {
      if (document.state === 'reading') cancel.abort();
      stop.abort();
    }
    await Promise.all([...this.live.values()].map(({ done }) => done));
    await Promise.allSettled(this.running);
    await this.readers.closeAll();
    this.database.close();
  }

  /** Runs a call that may open files, unless all are being closed. */
  private async whileOpen<T>(call: () => Promise<T>): Promise<T> {
    if (this.closing) throw new AppError('unavailable', 'The logs are being closed.');
    const done = call();
    this.running.add(done);
    try {
      return await done;
    } finally {
      this.running.delete(done);
    }
  }

  /** Takes up what was cut off by the end of the process, in the background. */
  private resume(manifest: Manifest): void {
    const { document, files } = manifest;
    const { id } = document;
    const open = async () => {
      if (document.state === 'reading') {
        try {
          const source = files
            ? await openSources(files.paths, { rotated: files.rotated })
            : openStream(document.name, [await this.cache.paste(id)], document.bytes);
          await this.cache.removeStored(id);
          return source;
        } catch (thrown) {
          if (!(thrown instanceof AppError)) throw thrown;
          return this.openSaved(document, `${thrown.message} What had been read of it before is here.`);
        }
      }
      return this.openSaved(document, null);
    };
    this.fill({ document: { ...document, state: 'reading' }, manifest, open }, {}).catch(() => undefined);
  }

  private async openSaved(document: LogDocument, warning: string | null): Promise<LogSource> {
    const saved = await this.cache.saveText(document.id);
    if (saved === null) throw new AppError('not-found', `Nothing is stored of ${document.name}.`);
    return savedText(this.database, saved, document, warning === null ? document.warnings : [warning]);
  }

  /** Goes on with a finished document where its file has grown. */
  private async refollow(manifest: Manifest, path: string): Promise<LogDocument> {
    const { document, fingerprint, followed } = manifest;
    const identity = followed?.identity ?? fingerprint?.split(':', 2).join(':') ?? null;
    const stored = await this.read(document.id, (reader) => storedDigest(reader, document));
    const isWhole = stored.endsWithLine && stored.bytes === document.bytes;
    if (followed === null && !isWhole && identity === (await fileIdentity(path))) {
      // Its last line may go on, or its bytes are not the text's: read from the start it is right for sure.
      const open = async () => {
        const source = await openSources([path]);
        await this.cache.removeStored(document.id);
        return source;
      };
      return this.fill(
        { document: { ...document, state: 'reading' }, manifest, open, follow: { path, identity } },
        {},
      );
    }
    const follow = { path, identity, offset: followed?.offset ?? document.bytes };
    const open = async () => endedSource(document);
    return this.fill({ document: { ...document, state: 'reading' }, manifest, open, follow, stored }, {});
  }

  /** Reads into a document until its source ends, or until following has begun behind that. */
  private fill(filling: Filling, { signal, onProgress }: OpenOptions): Promise<LogDocument> {
    const { document } = filling;
    const live: Live = {
      document,
      cancel: new AbortController(),
      stop: new AbortController(),
      done: Promise.resolve(),
      closed: false,
    };
    this.live.set(document.id, live);
    const onAbort = () => live.cancel.abort();
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort);
    return new Promise<LogDocument>((resolve, reject) => {
      live.done = this.write(live, filling, (progress) => onProgress?.(progress), resolve).then(
        resolve,
        reject,
      );
    }).finally(() => signal?.removeEventListener('abort', onAbort));
  }

  /** The whole life of a document that is written; rejects where nothing of it was kept. */
  private async write(
    live: Live,
    { manifest, open, follow, stored }: Filling,
    onProgress: (progress: IngestProgress) => void,
    onFollowing: (document: LogDocument) => void,
  ): Promise<LogDocument> {
    const { cache, database, readers, options } = this;
    const { id, name } = live.document;
    const files = cache.files(id);
    let { followed } = manifest;
    let writer: DocumentWriter | null = null;
    try {
      await cache.note({ ...manifest, document: live.document });
      let source: LogSource | null = null;
      writer = await readers.write(id, files.name, async () => {
        source = await open();
        return DocumentWriter.open(database, files, stored);
      });
      const opened = source as unknown as LogSource;
      const digest = new LogDigest(await newestMoment(opened.sources), {
        ...options,
        signal: live.cancel.signal,
      });
      if (stored) digest.restore(stored.shapes, stored);
      const ingest = new DocumentIngest(opened, digest, writer, live.document, {
        onProgress,
        onGrowth: (document) => {
          live.document = document;
          this.changed(id);
        },
      });
      await ingest.run(
        follow &&
          new FollowedLines(follow, opened, live.stop.signal, {
            onBegin: async () => {
              await cache.note({ ...manifest, document: live.document });
              onFollowing(live.document);
            },
            onPosition: (position) => {
              followed = position;
            },
          }),
      );
      await cache.note({ ...manifest, followed, document: live.document });
      await cache.dropSavedText(id);
      return live.document;
    } catch (thrown) {
      const error = live.cancel.signal.aborted
        ? new AppError('cancelled', `Reading ${name} was stopped. Nothing of it was kept.`)
        : storeError(thrown);
      if (live.document.state === 'following') {
        // DuckDB answers nothing more from a file that it failed to write, until it is attached again.
        await writer?.close();
        writer = null;
        await readers.close(id).catch(() => undefined);
        return await this.keepFollowed(live, manifest, error);
      }
      if (!this.closing) {
        await writer?.close();
        writer = null;
        // What can't be removed now is at the next start; the reason to tell is the one before.
        await cache.remove(id, () => readers.close(id)).catch(() => undefined);
      }
      throw error;
    } finally {
      await writer?.close();
      readers.written(id);
      this.live.delete(id);
      this.changed(id);
    }
  }

  /** A document that could not be followed any more, such as for a full disk, stays as it was shown last. */
  private async keepFollowed(
    live: Live,
    manifest: Filling['manifest'],
    thrown: unknown,
  ): Promise<LogDocument> {
    const why = thrown instanceof AppError ? thrown.message : String(thrown);
    const { document } = live;
    live.document = {
      ...document,
      state: 'ready',
      warnings: [...document.warnings, `It is followed no more: ${why}`],
    };
    // On a full disk this fails, too: then it is stored anew at the next start.
    await this.cache.note({ ...manifest, document: live.document }).catch(() => undefined);
    return live.document;
  }

  private async manifest(id: string): Promise<Manifest> {
    const manifest = await this.cache.find(id);
    if (!manifest) throw new AppError('not-found', 'This log is not open any more. Open it again.');
    return manifest;
  }

  private changed(id: string): void {
    for (const listener of [...this.listeners]) listener(id);
  }
}
