import type { LogPiece } from './log-source';

/** Bytes of whole lines that are scanned at once; some milliseconds' work. */
export const CHUNK_BYTES = 1024 * 1024;
/** The first chunk is smaller, so that the first screen does not wait. */
const FIRST_CHUNK_BYTES = 128 * 1024;

/**
 * Longest part of one line that is kept, in bytes: what 8,192 UTF-16 units can need at most. The rest of a
 * longer line is dropped, so a file that is one line of a gigabyte needs no gigabyte of memory.
 */
export const LINE_KEEP_BYTES = 32 * 1024;
/** Part of a line that gets past this stage: enough to see that it is too long, with a CR or without. */
const OPEN_LINE_BYTES = LINE_KEEP_BYTES + 2;

/** Whole lines one after the other, each but the last of the log ended by LF, in memory of their own. */
export interface LineChunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Place in the log's sources of all lines, or of each. */
  readonly source: number | Uint8Array;
}

/**
 * Cuts pieces of any size into chunks of whole lines. Only LF ends a line; a CR before it stays in the chunk.
 * While `isEager`, lines are handed on as soon as they have ended, as a log that is followed needs it.
 */
export async function* toChunks(
  pieces: AsyncIterable<LogPiece>,
  isEager: () => boolean = () => false,
): AsyncIterable<LineChunk> {
  const splitter = new ChunkSplitter(isEager);
  for await (const piece of pieces) yield* splitter.push(piece);
  yield* splitter.end();
}

export class ChunkSplitter {
  private parts: Uint8Array[] = [];
  private length = 0;
  /** Kept bytes of the last line, which has not ended. */
  private open = 0;
  private source: number | null = 0;
  private lineSources: Uint8Array[] = [];
  private aim = FIRST_CHUNK_BYTES;

  constructor(private readonly isEager: () => boolean = () => false) {}

  *push({ bytes, source }: LogPiece): Iterable<LineChunk> {
    const kind = typeof source === 'number' ? source : null;
    if (kind !== this.source) {
      // The lines before are whole: the last piece of a source ends at a line end.
      yield* this.end();
      this.source = kind;
    }
    if (typeof source !== 'number') this.lineSources.push(source);
    for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
      this.keep(bytes.subarray(start, start + CHUNK_BYTES));
      // Sources of merged lines are known by piece, and so is where a chunk of them may end.
      const mayEnd = kind !== null || start + CHUNK_BYTES >= bytes.length;
      if (mayEnd && this.length - this.open >= this.aim) yield this.take(this.length - this.open);
    }
    if (!this.isEager()) return;
    if (this.length > this.open) yield this.take(this.length - this.open);
    // An empty piece asks for a sign that all lines before it have come.
    if (bytes.length === 0) yield { bytes: new Uint8Array(0), source };
  }

  /** What is left, its last line ended or not. */
  *end(): Iterable<LineChunk> {
    if (this.length > 0) yield this.take(this.length);
  }

  private keep(bytes: Uint8Array): void {
    const firstEnd = bytes.indexOf(LF);
    const opening = firstEnd < 0 ? bytes.length : firstEnd;
    const kept = Math.min(opening, OPEN_LINE_BYTES - this.open);
    if (kept === opening) this.add(bytes);
    else {
      this.add(bytes.subarray(0, kept));
      if (firstEnd >= 0) this.add(bytes.subarray(firstEnd));
    }
    this.open = firstEnd < 0 ? this.open + kept : bytes.length - bytes.lastIndexOf(LF) - 1;
    if (firstEnd >= 0 && this.open > OPEN_LINE_BYTES) {
      const excess = this.open - OPEN_LINE_BYTES;
      const last = this.parts.pop() as Uint8Array;
      this.parts.push(last.subarray(0, last.length - excess));
      this.length -= excess;
      this.open = OPEN_LINE_BYTES;
    }
  }

  private add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.parts.push(bytes);
    this.length += bytes.length;
  }

  /** The first `length` bytes of what is held, copied together. */
  private take(length: number): LineChunk {
    const chunk = new Uint8Array(length);
    const rest: Uint8Array[] = [];
    let at = 0;
    for (const part of this.parts) {
      const taken = Math.min(part.length, length - at);
      if (taken > 0) chunk.set(taken === part.length ? part : part.subarray(0, taken), at);
      at += taken;
      // A copy: the rest of a large piece would keep all of it in memory.
      if (taken < part.length) rest.push(part.slice(taken));
    }
    const source = this.source ?? Buffer.concat(this.lineSources);
    this.lineSources = [];
    this.parts = rest;
    this.length -= length;
    if (this.length === 0) this.open = 0;
    this.aim = Math.min(CHUNK_BYTES, this.aim * 2);
    return { bytes: chunk, source };
  }
}

const LF = 0x0a;
