import { isUtf8 } from 'node:buffer';
import { LINE_VIEW_LIMIT } from '../../contract/logs';
import { LINE_KEEP_BYTES } from '../ingest/chunks';
import { Scanner } from '../masks/scanner';
import { LineRoles } from '../records/line-roles';
import { describeSkeleton } from '../templates/describe-skeleton';
import { type Shape, ShapeTable } from '../templates/shape-table';
import type { TimeHints } from '../time/forms';
import { KindTimes } from './kind-times';

/** Aim of a block's size. A row group of the store is 2,048 blocks and must fit into DuckDB's memory. */
export const BLOCK_BYTES = 16 * 1024;

/** What a chunk of lines says. Arrays have one entry a line. */
export interface ScannedChunk {
  /** The text, valid UTF-8, lines cut to LINE_KEEP_BYTES. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lines: number;
  /** Shapes as this scanner numbers them. */
  readonly shapes: Uint32Array<ArrayBuffer>;
  /** ms since 1970, UTC, or NaN. */
  readonly times: Float64Array<ArrayBuffer>;
  /** What each line is to the record that it may be part of. */
  readonly roles: Uint8Array<ArrayBuffer>;
  /** Lines and bytes of each block of text, in pairs. */
  readonly blocks: Uint32Array<ArrayBuffer>;
  /** Shapes that no chunk before had, in the order of their numbers. */
  readonly newShapes: readonly Shape[];
  readonly notes: ScanNotes;
}

export interface ScanNotes {
  /** Lines over LINE_VIEW_LIMIT bytes, and those over LINE_KEEP_BYTES. */
  readonly longLines: number;
  readonly cutLines: number;
  /** Invalid UTF-8 was replaced by U+FFFD. */
  readonly replaced: boolean;
}

const LF = 0x0a;
const CR = 0x0d;

/** Scans chunks of whole lines, one after the other: skeletons, shapes, times. Several may share the chunks of a log. */
export class ChunkScanner {
  private readonly scanner = new Scanner();
  private readonly table = new ShapeTable(describeSkeleton);
  private readonly times: KindTimes;
  private readonly roles = new LineRoles();
  private knownShapes = 0;
  private columns = lineColumns(16 * 1024);

  constructor(hints: TimeHints) {
    this.times = new KindTimes(hints);
  }

  scan(chunk: Uint8Array<ArrayBuffer>): ScannedChunk {
    const replaced = !isUtf8(chunk);
    const cut = cutLongLines(replaced ? Uint8Array.from(Buffer.from(decode(chunk))) : chunk);
    const { bytes } = cut;
    const { scanner, table } = this;
    const end = bytes.length;
    // A Buffer's indexOf takes half the time of a plain array's.
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, end);
    const blocks: number[] = [];
    let lines = 0;
    let longLines = 0;
    let blockStart = 0;
    let blockLines = 0;
    for (let start = 0; start < end; ) {
      const lf = buffer.indexOf(LF, start);
      const found = lf < 0 ? end : lf;
      const lineEnd = lf > start && bytes[lf - 1] === CR ? lf - 1 : found;
      if (lines === this.columns.shapes.length) this.columns = grown(this.columns);
      const { columns } = this;
      scanner.scan(bytes, start, lineEnd);
      columns.shapes[lines] = table.add(scanner, lines + 1);
      columns.times[lines] = this.times.read(scanner, bytes, start, lineEnd);
      columns.roles[lines] = this.roles.read(scanner, bytes, start, lineEnd);
      if (lineEnd - start > LINE_VIEW_LIMIT) longLines++;
      lines++;
      start = found + 1;
      if (start - blockStart >= BLOCK_BYTES || start >= end) {
        blocks.push(lines - blockLines, Math.min(start, end) - blockStart);
        blockLines = lines;
        blockStart = start;
      }
    }
    const newShapes = table.shapes.slice(this.knownShapes);
    this.knownShapes = table.shapes.length;
    return {
      bytes,
      lines,
      shapes: this.columns.shapes.slice(0, lines),
      times: this.columns.times.slice(0, lines),
      roles: this.columns.roles.slice(0, lines),
      blocks: Uint32Array.from(blocks),
      newShapes,
      notes: { longLines, cutLines: cut.lines, replaced },
    };
  }
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

/** Cuts lines over LINE_KEEP_BYTES; the chunk itself where it has none. */
function cutLongLines(bytes: Uint8Array<ArrayBuffer>): { bytes: Uint8Array<ArrayBuffer>; lines: number } {
  let lines = 0;
  let kept = 0;
  const parts: Uint8Array[] = [];
  // Only where no line ends within the limit can one be too long: long chunks are looked through in few steps.
  for (let start = 0; bytes.length - start > LINE_KEEP_BYTES; ) {
    const lastEnd = bytes.lastIndexOf(LF, start + LINE_KEEP_BYTES);
    if (lastEnd >= start) {
      start = lastEnd + 1;
      continue;
    }
    const found = bytes.indexOf(LF, start);
    const end = found < 0 ? bytes.length : found;
    const content = found > 0 && bytes[found - 1] === CR ? found - 1 : end;
    if (content - start > LINE_KEEP_BYTES) {
      lines++;
      parts.push(
        bytes.subarray(kept, start),
        trimPartialCharacter(bytes.subarray(start, start + LINE_KEEP_BYTES)),
      );
      kept = end;
    }
    start = end + 1;
  }
  if (lines === 0) return { bytes, lines };
  parts.push(bytes.subarray(kept));
  return { bytes: Uint8Array.from(Buffer.concat(parts)), lines };
}

/** Drops the bytes of a character that a cut has split. */
function trimPartialCharacter(line: Uint8Array): Uint8Array {
  let start = line.length - 1;
  while (start >= 0 && line.length - start < 4 && ((line[start] ?? 0) & 0xc0) === 0x80) start--;
  const lead = line[start] ?? 0;
  const need = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return line.length - start < need ? line.subarray(0, start) : line;
}

interface LineColumns {
  readonly shapes: Uint32Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  readonly roles: Uint8Array<ArrayBuffer>;
}

function lineColumns(rows: number): LineColumns {
  return { shapes: new Uint32Array(rows), times: new Float64Array(rows), roles: new Uint8Array(rows) };
}

function grown(from: LineColumns): LineColumns {
  const into = lineColumns(from.shapes.length * 2);
  into.shapes.set(from.shapes);
  into.times.set(from.times);
  into.roles.set(from.roles);
  return into;
}
