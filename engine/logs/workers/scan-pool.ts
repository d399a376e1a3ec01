import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../contract/errors';
import type { TimeHints } from '../time/forms';
import { ChunkScanner, type ScannedChunk } from './chunk-scanner';

/** Threads for one log. More would only wait for the one that gathers what they find. */
const MOST_THREADS = 4;
/** Bytes that are scanned in the calling thread before others are started: a small log needs none. */
const BYTES_BEFORE_THREADS = 2 * 1024 * 1024;
/** Chunks that a thread has to do, so that it never waits for the next one. */
const CHUNKS_PER_THREAD = 2;

export interface PoolOptions {
  readonly hints: TimeHints;
  /** The built `scan-worker-main`; without it all is scanned in the calling thread. */
  readonly worker?: URL | string | undefined;
  /** Threads to use; as many as the machine has cores, up to four, unless given. */
  readonly threads?: number | undefined;
}

/** A scanned chunk and the scanner that numbered its shapes. */
export interface PooledChunk extends ScannedChunk {
  readonly scanner: number;
}

/** Scanners of one log that share its chunks in turn. The first works in the calling thread. */
export class ScanPool {
  private readonly own: ChunkScanner;
  private threads: ScanThread[] = [];
  private bytes = 0;
  private next = 0;

  constructor(private readonly options: PoolOptions) {
    this.own = new ChunkScanner(options.hints);
  }

  /** How many chunks may be given before the first of them is done. */
  get room(): number {
    return Math.max(1, this.threads.length * CHUNKS_PER_THREAD);
  }

  /** Scans a chunk; its bytes are the scanner's from now on. */
  async scan(chunk: Uint8Array<ArrayBuffer>): Promise<PooledChunk> {
    this.bytes += chunk.length;
    const { worker } = this.options;
    if (!worker || this.bytes <= BYTES_BEFORE_THREADS) {
      // Other calls get their turn between chunks.
      await new Promise((resume) => setImmediate(resume));
      return { ...this.own.scan(chunk), scanner: 0 };
    }
    if (this.threads.length === 0) this.start(worker);
    // In turn, not by who is free: which scanner has which chunks is then the same each time.
    const place = this.next;
    this.next = (place + 1) % this.threads.length;
    const scanned = await (this.threads[place] as ScanThread).scan(chunk);
    return { ...scanned, scanner: place + 1 };
  }

  async close(): Promise<void> {
    const { threads } = this;
    this.threads = [];
    await Promise.all(threads.map((thread) => thread.close()));
  }

  private start(worker: URL | string): void {
    const count = this.options.threads ?? Math.min(MOST_THREADS, availableParallelism());
    this.threads = Array.from({ length: count }, () => new ScanThread(worker, this.options.hints));
  }
}

interface Waiting {
  readonly resolve: (scanned: ScannedChunk) => void;
  readonly reject: (error: AppError) => void;
}

class ScanThread {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  private failure: AppError | null = null;

  constructor(program: URL | string, hints: TimeHints) {
    this.worker = new Worker(program, { workerData: hints });
    this.worker.on('message', (scanned: ScannedChunk) => this.waiting.shift()?.resolve(scanned));
    this.worker.on('error', (error) => this.fail(String(error)));
    this.worker.on('messageerror', (error) => this.fail(String(error)));
    this.worker.on('exit', (code) => this.fail(`The thread ended with ${code}.`));
  }

  scan(chunk: Uint8Array<ArrayBuffer>): Promise<ScannedChunk> {
    return new Promise((resolve, reject) => {
      if (this.failure) return reject(this.failure);
      this.waiting.push({ resolve, reject });
      this.worker.postMessage(chunk, [chunk.buffer]);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(detail: string): void {
    this.failure ??= new AppError(
      'internal',
      'Scanning the log failed. The original is unchanged; open it again.',
      detail,
    );
    for (const { reject } of this.waiting.splice(0)) reject(this.failure);
  }
}

/** Scans chunks as they come, several at once; results come in the order of the chunks. */
export async function* inOrder<C extends { readonly bytes: Uint8Array<ArrayBuffer> }>(
  chunks: AsyncIterable<C>,
  pool: Pick<ScanPool, 'scan' | 'room'>,
): AsyncIterable<{ readonly chunk: C; readonly scanned: PooledChunk }> {
  const running: Promise<{ chunk: C; scanned: PooledChunk }>[] = [];
  const source = chunks[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<C>> | null = source.next();
  next.catch(() => undefined);
  try {
    while (next !== null || running.length > 0) {
      const first = running[0];
      if (first && (next === null || running.length >= pool.room)) {
        running.shift();
        yield await first;
        continue;
      }
      const arrival = next as Promise<IteratorResult<C>>;
      const event: IteratorResult<C> | null = await (first
        ? Promise.race([arrival, first.then(() => null)])
        : arrival);
      if (event === null) {
        running.shift();
        yield await (first as Promise<{ chunk: C; scanned: PooledChunk }>);
      } else if (event.done) next = null;
      else {
        const chunk = event.value;
        const scan = pool.scan(chunk.bytes).then((scanned) => ({ chunk, scanned }));
        // A failure is thrown when its turn comes, not as an unhandled rejection.
        scan.catch(() => undefined);
        running.push(scan);
        next = source.next();
        next.catch(() => undefined);
      }
    }
  } finally {
    // Not awaited: it would wait for what the source is waiting for.
    source.return?.()?.catch(() => undefined);
  }
}
