import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../contract/errors';
import {
  type EvidencePack,
  type IngestProgress,
  LINE_VIEW_LIMIT,
  type LogDocument,
  type Severity,
  Severity as SeverityEnum,
} from '../contract/logs';
import { gatherEvidence } from './evidence/evidence';
import { type BlockNotes, LINE_KEEP_BYTES, toBlocks } from './ingest/blocks';
import { toUtf8 } from './ingest/encoding';
import { type LogSource, openFileSource, streamSource } from './ingest/source';
import { Scanner } from './masks/scanner';
import { LogDatabase } from './store/database';
import { DocumentReader } from './store/document-reader';
import { DocumentWriter, severityCode } from './store/document-writer';
import { describeSkeleton } from './templates/describe-skeleton';
import { groupShapes, type Pattern } from './templates/patterns';
import { ShapeTable } from './templates/shape-table';
import { LineTimes } from './time/line-times';

export interface IngestOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
}

/** Least time between two progress events, in milliseconds. */
const PROGRESS_MS = 100;
/** Longest time that grouping templates holds the event loop, in milliseconds. */
const SLICE_MS = 20;

/**
 * Reads a source to its end into a new database file: lines, shapes, severities, patterns. Throws an
 * `AppError` for anything that is no text log, and on `signal`; the caller then removes the file.
 */
export async function ingest(
  database: LogDatabase,
  file: string,
  id: string,
  source: LogSource,
  options: IngestOptions = {},
): Promise<LogDocument> {
  const writer = await DocumentWriter.create(database, file);
  try {
    return await fill(writer, id, source, options);
  } finally {
    await writer.close();
  }
}

async function fill(
  writer: DocumentWriter,
  id: string,
  source: LogSource,
  { signal, onProgress }: IngestOptions,
): Promise<LogDocument> {
  const notes: BlockNotes = { invalidBlocks: 0, cutLines: 0 };
  const warnings: string[] = [];
  const table = new ShapeTable(describeSkeleton);
  const scanner = new Scanner();
  const times = new LineTimes({ newest: await newestMoment(source.path), dateOrder: null });
  let bytes = 0;
  let lines = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  let longLines = 0;
  let lastProgress = 0;
  const checkStop = () => {
    if (signal?.aborted) {
      throw new AppError('cancelled', `Reading ${source.name} was stopped. Nothing of it was kept.`);
    }
  };
  const progress = () =>
    onProgress?.({ bytesDone: bytes, bytesTotal: source.bytesTotal, lines, document: null });

  async function* counted() {
    for await (const piece of source.pieces) {
      checkStop();
      bytes += piece.length;
      yield piece;
    }
  }
  const text = toUtf8(counted(), source.name, (warning) => warnings.push(warning));
  for await (const blocks of toBlocks(text, notes)) {
    for (const block of blocks) {
      const firstLine = lines + 1;
      const end = block.bytes.length;
      for (let start = 0; start < end; ) {
        const found = block.bytes.indexOf(0x0a, start);
        const next = found < 0 ? end : found;
        const lineEnd = found > start && block.bytes[found - 1] === 0x0d ? found - 1 : next;
        scanner.scan(block.bytes, start, lineEnd);
        lines++;
        const shape = table.add(scanner, lines);
        const time = times.read(shape, block.bytes, start, lineEnd);
        if (time < from) from = time;
        if (time > to) to = time;
        const continues = from <= to && Number.isNaN(time) && looksContinued(block.bytes, start, lineEnd);
        writer.addLine(shape, severityCode[table.shapes[shape]?.severity ?? 'none'], time, continues, 0);
        if (lineEnd - start > LINE_VIEW_LIMIT) longLines++;
        start = next + 1;
      }
      writer.addBlock(firstLine, lines, block.bytes);
      await writer.flushIfFull();
    }
    if (performance.now() - lastProgress > PROGRESS_MS) {
      lastProgress = performance.now();
      progress();
    }
  }
  checkStop();
  if (lines === 0) throw new AppError('invalid-input', `${source.name} is empty. There is nothing to read.`);

  const { patternOfShape, patterns } = await inSlices(groupShapes(table), checkStop);
  await writer.finish(patternOfShape, patterns);
  progress();
  return {
    id,
    name: source.name,
    path: source.path,
    sources: [{ name: source.name, path: source.path }],
    state: 'ready',
    format: 'plain text',
    bytes,
    lineCount: lines,
    time: from <= to ? { from, to } : null,
    severities: countSeverities(patterns),
    patternCount: patterns.length,
    warnings: [...source.warnings, ...warnings, ...noteWarnings(notes, longLines)],
  };
}

/** No line of a file is newer than its last change; a paste or stream is as new as now. */
async function newestMoment(path: string | null): Promise<number> {
  return path === null ? Date.now() : (await stat(path)).mtimeMs;
}

/** Whether a line without a time belongs to the one before it: it is indented or a stack trace's. */
function looksContinued(bytes: Uint8Array, start: number, end: number): boolean {
  const first = start < end ? bytes[start] : 0;
  if (first === 0x20 || first === 0x09) return true;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(32, end - start)).toString(
    'latin1',
  );
  return /^(?:Caused by: |Traceback \(|\.\.\. \d+ more|Suppressed: |[\w.$]+(?:Exception|Error)\b)/.test(head);
}

/** Runs slow work that gives way at each step, so that other calls get their turn. */
async function inSlices<T>(work: Generator<void, T>, checkStop: () => void): Promise<T> {
  let sliceStart = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - sliceStart < SLICE_MS) continue;
    await new Promise((resume) => setImmediate(resume));
    checkStop();
    sliceStart = performance.now();
  }
}

function countSeverities(patterns: readonly Pattern[]): Record<Severity, number> {
  const counts = Object.fromEntries(SeverityEnum.options.map((severity) => [severity, 0])) as Record<
    Severity,
    number
  >;
  for (const { severity, count } of patterns) counts[severity] += count;
  return counts;
}

function noteWarnings({ invalidBlocks, cutLines }: BlockNotes, longLines: number): string[] {
  const warnings: string[] = [];
  if (invalidBlocks > 0) warnings.push('Some bytes are not UTF-8; they are shown as \uFFFD.');
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

function plural(count: number): string {
  return count === 1 ? 'line is' : 'lines are';
}

export type DigestSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stream'; readonly name: string; readonly stream: AsyncIterable<Uint8Array> };

/** Evidence of a log without a lasting cache, for the command line: a temporary folder is used and removed. */
export async function digestOnce(source: DigestSource, options: IngestOptions = {}): Promise<EvidencePack> {
  const opened =
    source.kind === 'file' ? await openFileSource(source.path) : streamSource(source.name, source.stream);
  const folder = await mkdtemp(join(tmpdir(), 'sigma-ops-'));
  try {
    const database = await LogDatabase.create(join(folder, 'spill'));
    try {
      const file = join(folder, 'log.duckdb');
      const document = await ingest(database, file, 'log', opened, options);
      return await gatherEvidence(await DocumentReader.open(database, file), document);
    } finally {
      database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
