import { AppError } from '../contract/errors';
import type { IngestProgress, LogDocument } from '../contract/logs';
import type { LogPiece, LogSource } from './ingest/log-source';
import type { Counts, LogDigest, ReadLines } from './log-digest';
import type { DocumentWriter } from './store/document-writer';
import type { MergedLines } from './workers/merged-shapes';

/** Least time between two progress events, in milliseconds. */
const PROGRESS_MS = 100;
/** Least time between two shows of all that has been read, and how much longer than a show takes. */
const SHOW_MS = 250;
const SHOW_SHARE = 8;

export interface IngestEvents {
  /** How far reading is; often. */
  readonly onProgress: (progress: IngestProgress) => void;
  /** More of the document can be looked at. */
  readonly onGrowth: (document: LogDocument) => void;
}

/** Lines that come behind what a source has. */
export interface Following {
  pieces(): AsyncIterable<LogPiece>;
  /** So far. */
  readonly bytes: number;
  readonly warnings: readonly string[];
  /** All lines of the source can be looked at. */
  onBegin(): Promise<void>;
}

/**
 * Reads a log into a document that can be looked at meanwhile: first its first lines, then what has been stored, from
 * time to time with patterns of all lines so far.
 */
export class DocumentIngest {
  private current: LogDocument;
  /** Counts at the end of each chunk that can't be read yet. */
  private coming: Counts[] = [];
  private lastProgress = 0;
  private lastShow = 0;
  private showCost = 0;
  private timer: NodeJS.Timeout | null = null;
  /** Steps that write take turns. */
  private turn: Promise<unknown> = Promise.resolve();
  private failure: unknown = null;
  private following: Following | undefined;

  constructor(
    private readonly source: LogSource,
    private readonly digest: LogDigest,
    private readonly writer: DocumentWriter,
    begun: LogDocument,
    private readonly events: IngestEvents,
  ) {
    this.current = begun;
  }

  /** The document as it can be looked at now. */
  get document(): LogDocument {
    return this.current;
  }

  /** Reads the source to its end, and after it the lines of `following`, if any, until that ends. */
  async run(following?: Following): Promise<void> {
    this.following = following;
    let isFollowing = false;
    const { source } = this;
    async function* pieces(): AsyncIterable<LogPiece> {
      yield* source.pieces;
      if (!following) return;
      isFollowing = true;
      // Hands on whole lines that wait for more, and comes back as an empty chunk.
      yield { bytes: new Uint8Array(0), source: 0 };
      yield* following.pieces();
    }
    try {
      for await (const { lines, source: place, text } of this.digest.read(pieces(), () => isFollowing)) {
        await this.inTurn(() => this.take(lines, place, text));
        this.progress();
        if (!following || !isFollowing) continue;
        if (lines.lines > 0) this.showSoon();
        else if (this.current.state === 'reading') {
          await this.inTurn(() => this.show('following'));
          this.progress(true);
          await following.onBegin();
        }
      }
      await this.finish();
    } finally {
      if (this.timer) clearTimeout(this.timer);
      await this.turn.catch(() => undefined);
      await this.digest.close();
    }
  }

  private async take(
    lines: MergedLines,
    source: ReadLines['source'],
    text: ReadLines['text'],
  ): Promise<void> {
    if (lines.lines === 0) return;
    this.writer.add(lines, source, text);
    this.coming.push(this.digest.counts());
    await this.writer.flushIfFull((lastLine) => this.advance(lastLine));
    if (this.isShowDue()) await this.show();
  }

  private async finish(): Promise<void> {
    if (this.digest.counts().lines === 0) {
      throw new AppError('invalid-input', `${this.source.name} is empty. There is nothing to read.`);
    }
    await this.inTurn(async () => {
      await this.show('ready');
      await this.writer.checkpoint();
    });
    this.progress(true);
  }

  /** The first lines at once, unless they are all; then at times that grow with what it takes. */
  private isShowDue(): boolean {
    const { bytesDone, bytesTotal } = this.source;
    if (this.current.lineCount === 0) return bytesTotal === 0 || bytesDone < bytesTotal;
    return performance.now() - this.lastShow > Math.max(SHOW_MS * 4, this.showCost * SHOW_SHARE);
  }

  /** Makes all lines so far readable, with patterns. */
  private async show(state: LogDocument['state'] = this.current.state): Promise<void> {
    const started = performance.now();
    await this.writer.commit();
    const counts = this.digest.counts();
    const { patternOfShape, patterns } = await this.digest.group();
    await this.writer.writePatterns(this.digest.shapes, patternOfShape, patterns);
    this.coming = [];
    this.grow(counts, { patternCount: patterns.length, state });
    this.lastShow = performance.now();
    this.showCost = this.lastShow - started;
  }

  /** Followed lines are shown soon after they have come, not at each of them. */
  private showSoon(): void {
    const wait = this.lastShow + Math.max(SHOW_MS, this.showCost * SHOW_SHARE) - performance.now();
    this.timer ??= setTimeout(
      () => {
        this.timer = null;
        this.inTurn(() => this.show()).catch((thrown) => {
          this.failure ??= thrown;
        });
      },
      Math.max(0, wait),
    );
  }

  /** A commit has made lines up to this one readable. */
  private advance(lastLine: number): void {
    let reached: Counts | undefined;
    while ((this.coming[0]?.lines ?? Number.POSITIVE_INFINITY) <= lastLine) reached = this.coming.shift();
    if (reached) this.grow(reached, {});
  }

  private grow(counts: Counts, changes: Partial<LogDocument>): void {
    const { source, digest, following } = this;
    this.current = {
      ...this.current,
      ...changes,
      bytes: source.bytesDone + (following?.bytes ?? 0),
      lineCount: counts.lines,
      severities: counts.severities,
      time: counts.time,
      format: source.decodedFrom ?? digest.format ?? this.current.format,
      warnings: [...source.warnings, ...(following?.warnings ?? []), ...digest.warnings()],
    };
    this.events.onGrowth(this.current);
  }

  private progress(always = false): void {
    const now = performance.now();
    if (!always && now - this.lastProgress < PROGRESS_MS) return;
    this.lastProgress = now;
    this.events.onProgress({
      bytesDone: this.source.bytesDone,
      bytesTotal: this.source.bytesTotal,
      lines: this.digest.counts().lines,
      document: this.current.lineCount > 0 ? this.current : null,
    });
  }

  private async inTurn(step: () => Promise<void>): Promise<void> {
    if (this.failure) throw this.failure;
    const turn = this.turn.then(step);
    this.turn = turn.catch(() => undefined);
    await turn;
  }
}
