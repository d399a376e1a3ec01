import { type LogPiece, PIECE_BYTES } from './log-source';

/** Time of the line `bytes[start..end)`: ms since 1970, or NaN where it has none. */
export type TimeOf = (bytes: Uint8Array, start: number, end: number) => number;

export interface MergeInput {
  /** Of whole lines in the end: the last piece of each source ends with LF. */
  readonly pieces: AsyncIterable<LogPiece>;
  readonly timeOf: TimeOf;
}

/**
 * Merges logs line by line by the time of each line. Lines without a time stay behind the line before them; of
 * lines of the same time those of the input that stands first come first. No input is reordered.
 */
export async function* mergeByTime(inputs: readonly MergeInput[]): AsyncIterable<LogPiece> {
  const all = inputs.map((input, order) => new MergeCursor(input, order));
  const output = new MergedPiece();
  try {
    let open: MergeCursor[] = [];
    for (const cursor of all) if (await cursor.fill()) open.push(cursor);
    while (open.length > 0) {
      const [first, second] = earliestTwo(open);
      for (;;) {
        const end = first.endOfRun(second);
        for (let start = first.at; start < end; ) {
          start = output.add(first, start, end);
          if (output.full) yield output.take();
        }
        first.at = end;
        if (first.atEnd) {
          if (!(await first.fill())) {
            open = open.filter((cursor) => cursor !== first);
            break;
          }
        }
        if (second !== null && !first.isBefore(second)) break;
      }
    }
    if (output.length > 0) yield output.take();
  } finally {
    for (const cursor of all) await cursor.close();
  }
}

function earliestTwo(open: readonly MergeCursor[]): [MergeCursor, MergeCursor | null] {
  let first = open[0] as MergeCursor;
  let second: MergeCursor | null = null;
  for (const cursor of open.slice(1)) {
    if (cursor.isBefore(first)) {
      second = first;
      first = cursor;
    } else if (second === null || cursor.isBefore(second)) second = cursor;
  }
  return [first, second];
}

/** Where one input is: whole lines that have arrived, and the time of the first of them. */
class MergeCursor {
  private readonly pieces: AsyncIterator<LogPiece>;
  private readonly timeOf: TimeOf;
  private ended = false;
  /** The beginning of a line whose end has not arrived. */
  private tail: Uint8Array = EMPTY;
  bytes: Uint8Array = EMPTY;
  source = 0;
  at = 0;
  /** Of the line at `at`, or of the line before it where it has none. */
  private time = Number.NEGATIVE_INFINITY;

  constructor(
    { pieces, timeOf }: MergeInput,
    private readonly order: number,
  ) {
    this.pieces = pieces[Symbol.asyncIterator]();
    this.timeOf = timeOf;
  }

  get atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  isBefore(other: MergeCursor): boolean {
    return this.time < other.time || (this.time === other.time && this.order < other.order);
  }

  /** Waits for a whole line; false at the end of the input. */
  async fill(): Promise<boolean> {
    this.at = 0;
    this.bytes = EMPTY;
    while (!this.ended) {
      const { value, done } = await this.pieces.next();
      if (done) {
        this.ended = true;
        break;
      }
      const end = value.bytes.lastIndexOf(LF) + 1;
      if (end === 0) {
        this.keep(value.bytes);
        continue;
      }
      const whole = value.bytes.subarray(0, end);
      this.bytes = this.tail.length === 0 ? whole : Buffer.concat([this.tail, whole]);
      this.tail = EMPTY;
      if (end < value.bytes.length) this.keep(value.bytes.subarray(end));
      this.source = value.source as number;
      this.readTime(0);
      return true;
    }
    return false;
  }

  /** End of the lines from here on that come before `other`; all that have arrived where there is no other. */
  endOfRun(other: MergeCursor | null): number {
    if (other === null) return this.bytes.length;
    let end = this.at;
    do {
      end = this.bytes.indexOf(LF, end) + 1;
      if (end === this.bytes.length) return end;
      this.readTime(end);
    } while (this.isBefore(other));
    return end;
  }

  async close(): Promise<void> {
    if (!this.ended) await this.pieces.return?.();
  }

  private readTime(start: number): void {
    const time = this.timeOf(this.bytes, start, this.bytes.indexOf(LF, start));
    if (!Number.isNaN(time)) this.time = time;
  }

  private keep(part: Uint8Array): void {
    // Of a line that never ends as much is kept as the blocks will keep and see that it was cut.
    const room = TAIL_MAX - this.tail.length;
    if (room > 0) this.tail = Buffer.concat([this.tail, part.subarray(0, room)]);
  }
}

/** Whole lines of several sources, collected to the size that later stages work best with. */
class MergedPiece {
  private bytes = Buffer.allocUnsafeSlow(PIECE_BYTES);
  private readonly sources: number[] = [];
  length = 0;
  full = false;

  /** Takes lines of `from.bytes[start..end)` as far as they fit; returns where it stopped. */
  add({ bytes, source }: MergeCursor, start: number, end: number): number {
    let stop = end;
    if (this.length + end - start > this.bytes.length) {
      stop = bytes.lastIndexOf(LF, start + this.bytes.length - this.length - 1) + 1;
      this.full = true;
      if (stop <= start) {
        // Not one line fits: a piece of its own where it fits into none.
        if (this.length > 0) return start;
        stop = bytes.indexOf(LF, start) + 1;
        this.bytes = Buffer.allocUnsafeSlow(stop - start);
      }
    }
    this.bytes.set(bytes.subarray(start, stop), this.length);
    this.length += stop - start;
    for (let at = start; at < stop; at = bytes.indexOf(LF, at) + 1) this.sources.push(source);
    return stop;
  }

  take(): LogPiece {
    const piece = { bytes: this.bytes.subarray(0, this.length), source: Uint8Array.from(this.sources) };
    this.bytes = Buffer.allocUnsafeSlow(PIECE_BYTES);
    this.sources.length = 0;
    this.length = 0;
    this.full = false;
    return piece;
  }
}

const LF = 0x0a;
const EMPTY = new Uint8Array(0);
const TAIL_MAX = 1024 * 1024;
