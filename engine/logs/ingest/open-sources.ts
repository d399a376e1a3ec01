import { AppError } from '../../contract/errors';
import { dateOrderOf } from '../time/date-order';
import { LineTimes } from '../time/line-times';
import { unpack } from './compression/unpack';
import { toUtf8 } from './encoding';
import { fileBytes, findFile, type LogFile, streamBytes } from './file-bytes';
import { decodeJournal, JOURNAL_EXPORT } from './journal-export';
import { readableMessages } from './journal-json';
import type { Bytes, LogPiece, LogSource, Warn } from './log-source';
import { mergeByTime, type TimeOf } from './merge';
import { rotatedGroups, rotatedSet, rotationName } from './rotation';

/** What one log, which may be several files, has told while it was read. */
interface Notes {
  readonly warnings: string[];
  bytesDone: number;
  decodedFrom: string | null;
}

/**
 * Opens files for reading only, as one log: a single file as it is; rotated files of one log in a row, the oldest
 * first; different logs merged by time. A file of several that can't be read is left out with a warning; an
 * `AppError` where no file can be read.
 * @param rotated takes the rotated files beside each path, too
 */
export async function openSources(
  paths: readonly string[],
  { rotated = false }: { rotated?: boolean } = {},
): Promise<LogSource> {
  const notes: Notes = { warnings: [], bytesDone: 0, decodedFrom: null };
  const warn: Warn = (warning) => notes.warnings.push(warning);
  const named = [...new Set(paths)];
  const all = rotated ? (await Promise.all(named.map((path) => rotatedSet(path, warn)))).flat() : named;
  const failures: AppError[] = [];
  const groups: LogFile[][] = [];
  for (const group of rotatedGroups(all)) {
    const files: LogFile[] = [];
    for (const path of group) {
      await findFile(path).then(
        (file) => files.push(file),
        (thrown: AppError) => failures.push(thrown),
      );
    }
    if (files.length > 0) groups.push(files);
  }
  const files = groups.flat();
  const [file] = files;
  if (file === undefined) throw failures[0] ?? new AppError('invalid-input', 'No file was named.');
  for (const { message } of failures) warn(`Left out: ${message}`);
  const single = files.length === 1;
  return {
    name: nameOf(groups),
    path: single ? file.path : null,
    sources: files.map(({ name, path }) => ({ name, path })),
    bytesTotal: files.reduce((sum, { size }) => sum + size, 0),
    get bytesDone() {
      return notes.bytesDone;
    },
    pieces: single ? singleFile(file, notes) : severalFiles(groups, notes),
    warnings: notes.warnings,
    get decodedFrom() {
      return notes.decodedFrom;
    },
  };
}

/** A log out of any byte stream, such as standard input or a paste. */
export function openStream(
  name: string,
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  bytesTotal = 0,
): LogSource {
  const notes: Notes = { warnings: [], bytesDone: 0, decodedFrom: null };
  const warn: Warn = (warning) => notes.warnings.push(warning);
  return {
    name,
    path: null,
    sources: [{ name, path: null }],
    bytesTotal,
    get bytesDone() {
      return notes.bytesDone;
    },
    pieces: withSource(textOf(streamBytes(stream, name), name, null, notes, warn), 0),
    warnings: notes.warnings,
    get decodedFrom() {
      return notes.decodedFrom;
    },
  };
}

function nameOf(groups: readonly LogFile[][]): string {
  const names = groups.map((files) =>
    files.length === 1 ? (files[0]?.name ?? '') : rotationName(files.at(-1)?.name ?? '').base,
  );
  return names.length <= 2 ? names.join(' + ') : `${names[0]} + ${names.length - 1} more`;
}

/** The text of one file or stream: unpacked, decoded. */
async function* textOf(bytes: Bytes, name: string, path: string | null, notes: Notes, warn: Warn): Bytes {
  async function* counted(): Bytes {
    for await (const piece of bytes) {
      notes.bytesDone += piece.length;
      yield piece;
    }
  }
  const journal = await decodeJournal(unpack(counted(), name, path, warn));
  if (journal.isJournal) notes.decodedFrom = JOURNAL_EXPORT;
  yield* toUtf8(await readableMessages(journal.bytes, warn), name, warn);
}

async function* withSource(bytes: Bytes, source: number): AsyncIterable<LogPiece> {
  for await (const piece of bytes) yield { bytes: piece, source };
}

function singleFile(file: LogFile, notes: Notes): AsyncIterable<LogPiece> {
  const warn: Warn = (warning) => notes.warnings.push(warning);
  return withSource(textOf(fileBytes(file, warn), file.name, file.path, notes, warn), 0);
}

/** Groups merged by time, the files of each group in a row. */
async function* severalFiles(groups: readonly LogFile[][], notes: Notes): AsyncIterable<LogPiece> {
  const problems = new Problems();
  let firstSource = 0;
  const inputs = groups.map((files) => {
    const pieces = inARow(files, firstSource, notes, problems);
    firstSource += files.length;
    return { pieces, timeOf: timesOf(files.at(-1)?.modified ?? Date.now()) };
  });
  const [first] = inputs;
  let anything = false;
  for await (const piece of inputs.length === 1 && first ? first.pieces : mergeByTime(inputs)) {
    anything = true;
    yield piece;
  }
  if (!anything && problems.first !== null) throw problems.first;
}

/** Reads lines' times; the first lines that are asked about tell how dates are written. */
function timesOf(newest: number): TimeOf {
  let times: LineTimes | null = null;
  return (bytes, start, end) => {
    times ??= new LineTimes({ newest, dateOrder: dateOrderOf(bytes, newest) });
    return times.read(0, bytes, start, end);
  };
}

/** What kept a file of several from being read to its end. */
class Problems {
  first: AppError | null = null;
  add(problem: AppError): void {
    this.first ??= problem;
  }
}

async function* inARow(
  files: readonly LogFile[],
  firstSource: number,
  notes: Notes,
  problems: Problems,
): AsyncIterable<LogPiece> {
  for (const [index, file] of files.entries()) {
    const warn: Warn = (warning) => notes.warnings.push(`${file.name}: ${warning}`);
    const source = firstSource + index;
    let lastByte = LF;
    try {
      for await (const bytes of textOf(fileBytes(file, warn), file.name, file.path, notes, warn)) {
        if (bytes.length === 0) continue;
        lastByte = bytes[bytes.length - 1] as number;
        yield { bytes, source };
      }
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      problems.add(thrown);
      notes.warnings.push(`Left out from here on: ${thrown.message}`);
    }
    if (lastByte !== LF) yield { bytes: Uint8Array.of(LF), source };
  }
}

const LF = 0x0a;
