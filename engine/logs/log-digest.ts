import { AppError } from '../contract/errors';
import { LINE_VIEW_LIMIT, type LogDocument, Severity } from '../contract/logs';
import { formatName, SAMPLE_LINES } from './formats/detect';
import { LINE_KEEP_BYTES, type LineChunk, toChunks } from './ingest/chunks';
import type { LogPiece } from './ingest/log-source';
import { type GroupedShapes, groupShapes } from './templates/patterns';
import type { Shape } from './templates/shape-table';
import { dateOrderOf } from './time/date-order';
import { type CountedBefore, type MergedLines, MergedShapes } from './workers/merged-shapes';
import { inOrder, type PooledChunk, ScanPool } from './workers/scan-pool';

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** The built `scan-worker-main`; without it all is scanned in the calling thread. */
  readonly scanWorker?: URL | string | undefined;
  /** Scanning threads; as many as there are cores, up to four, unless given. */
  readonly threads?: number | undefined;
}

/** Lines that were just read. */
export interface ReadLines {
  readonly lines: MergedLines;
  /** Place in the log's sources of all of them or of each. */
  readonly source: number | Uint8Array;
  readonly text: Pick<PooledChunk, 'bytes' | 'blocks'>;
}

/** What has been counted up to some line. */
export interface Counts {
  readonly lines: number;
  readonly severities: Record<Severity, number>;
  readonly time: LogDocument['time'];
}

/** Bytes at the start of a log that tell its form. */
const HEAD_BYTES = 64 * 1024;
/** Longest time that grouping templates holds the event loop, in milliseconds. */
const SLICE_MS = 20;

/** Everything that is found out about the lines of one log: shapes, severities, times, patterns. */
export class LogDigest {
  private readonly merged = new MergedShapes();
  private longLines = 0;
  private cutLines = 0;
  private replaced = false;
  private pool: ScanPool | null = null;
  /** Name of the log's form, told by its first lines; null until those are read, and where reading went on later. */
  format: string | null = null;

  /** @param newest no line is newer, in ms since 1970: a file's last change. Years that lines leave out go by it. */
  constructor(
    private readonly newest: number,
    private readonly options: ReadOptions,
  ) {}

  /** Takes over a log that was read before: its shapes and counts. */
  restore(shapes: readonly Shape[], counted: CountedBefore): void {
    this.merged.restore(shapes, counted);
  }

  get shapes(): readonly Shape[] {
    return this.merged.shapes;
  }

  /** Reads pieces to their end; lines come in their order. While `isEager` each is there once it has ended. */
  async *read(pieces: AsyncIterable<LogPiece>, isEager?: () => boolean): AsyncGenerator<ReadLines> {
    const chunks = untilAborted(toChunks(pieces, isEager), this.options.signal);
    for await (const { chunk, scanned } of inOrder(chunks, this)) {
      const { bytes, blocks, notes } = scanned;
      const lines = this.merged.add(scanned, chunk.source);
      this.longLines += notes.longLines;
      this.cutLines += notes.cutLines;
      this.replaced ||= notes.replaced;
      yield { lines, source: chunk.source, text: { bytes, blocks } };
    }
  }

  counts(): Counts {
    const { lines, severities, from, to } = this.merged;
    return {
      lines,
      severities: Object.fromEntries(
        Severity.options.map((severity, code) => [severity, severities[code] ?? 0]),
      ) as Counts['severities'],
      time: from <= to ? { from, to } : null,
    };
  }

  /** Groups the shapes of all lines so far into patterns. Gives way to other calls now and then. */
  async group(): Promise<GroupedShapes> {
    const work = groupShapes(this.merged);
    for (let sliceStart = performance.now(); ; ) {
      const step = work.next();
      if (step.done) return step.value;
      if (performance.now() - sliceStart < SLICE_MS) continue;
      await new Promise((resume) => setImmediate(resume));
      this.options.signal?.throwIfAborted();
      sliceStart = performance.now();
    }
  }

  /** Things that a person should know of the lines so far. */
  warnings(): string[] {
    const { longLines, cutLines } = this;
    const warnings: string[] = [];
    if (this.replaced) warnings.push('Some bytes are not UTF-8; they are shown as \uFFFD.');
    if (longLines > 0) {
      warnings.push(`${longLines} long ${plural(longLines)} shown up to ${LINE_VIEW_LIMIT} characters.`);
    }
    if (cutLines > 0) {
      warnings.push(
        `${cutLines} ${plural(cutLines)} kept up to ${LINE_KEEP_BYTES / 1024} KB only; the rest of each was not read for patterns.`,
      );
    }
    return warnings;
  }

  /** Lets go of the scanning threads; reading can go on later with new ones. */
  async close(): Promise<void> {
    await this.pool?.close();
  }

  /** How many chunks may be scanned at once. */
  get room(): number {
    return this.pool?.room ?? 1;
  }

  /** Scans one chunk; the first one tells how the log is written. */
  scan(bytes: Uint8Array<ArrayBuffer>): Promise<PooledChunk> {
    const { newest } = this;
    if (this.pool === null && this.merged.lines === 0) this.format = formatName(firstLines(bytes));
    this.pool ??= new ScanPool({
      hints: { newest, dateOrder: dateOrderOf(bytes, newest) },
      worker: this.options.scanWorker,
      threads: this.options.threads,
    });
    return this.pool.scan(bytes);
  }
}

function firstLines(bytes: Uint8Array): string[] {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES));
  return head.toString('utf8').split('\n', SAMPLE_LINES);
}

/** The same chunks; an abort ends the wait for the next one at once, as a pipe may have none for hours. */
async function* untilAborted(
  chunks: AsyncIterable<LineChunk>,
  signal: AbortSignal | undefined,
): AsyncIterable<LineChunk> {
  const source = chunks[Symbol.asyncIterator]();
  // Of the wait that is on: one promise for all waits would keep each of them for as long as a log is followed.
  let stop: (reason: AppError) => void = () => undefined;
  const onAbort = () => stop(new AppError('cancelled', 'Reading was stopped.'));
  signal?.addEventListener('abort', onAbort);
  try {
    for (;;) {
      const { value, done } = await new Promise<IteratorResult<LineChunk>>((resolve, reject) => {
        stop = reject;
        if (signal?.aborted) onAbort();
        source.next().then(resolve, reject);
      });
      if (done) return;
      yield value;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Not awaited: it would wait for what the source is waiting for.
    source.return?.()?.catch(() => undefined);
  }
}

function plural(count: number): string {
  return count === 1 ? 'line is' : 'lines are';
}
