import { constants, type Stats } from 'node:fs';
import { access, lstat, open, readlink, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '../../contract/errors';
import { type Bytes, PIECE_BYTES, type Warn } from './log-source';

/** A file that can be read as a log, as it was when it was looked at. */
export interface LogFile {
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** Bytes as stored; 0 for pipes and where the system does not tell (/proc). */
  readonly size: number;
  /** Modification time: ms since 1970. */
  readonly modified: number;
}

/** Names a file's state: another fingerprint means that the file is another one now. */
export async function fileFingerprint(path: string): Promise<string> {
  const info = await stat(path, { bigint: true });
  return `${info.dev}:${info.ino}:${info.size}:${info.mtimeNs}`;
}

/** Looks at a file before it is read. What cannot be read as a log is an `AppError` with one clear line. */
export async function findFile(path: string): Promise<LogFile> {
  const absolute = resolve(path);
  let info: Stats;
  try {
    info = await stat(absolute);
  } catch (thrown) {
    throw await missingFile(thrown, absolute);
  }
  if (info.isDirectory()) {
    throw new AppError('unreadable', `${absolute} is a directory. Name a log file inside it.`);
  }
  if (!info.isFile() && !info.isFIFO()) {
    throw new AppError('unreadable', `${absolute} is a device or a socket. Name a regular log file.`);
  }
  try {
    await access(absolute, constants.R_OK);
  } catch (thrown) {
    throw readError(thrown, absolute);
  }
  return {
    path: absolute,
    name: basename(absolute),
    size: info.isFile() ? info.size : 0,
    modified: info.mtimeMs,
  };
}

/**
 * Reads up to the size that the file had when it was looked at, so that a log that grows meanwhile ends
 * somewhere. A size of 0 is no promise (pipes, /proc): such a file is read to its end.
 */
export async function* fileBytes({ path, size }: LogFile, warn: Warn): Bytes {
  try {
    const handle = await open(path, 'r');
    try {
      let position = 0;
      while (size === 0 || position < size) {
        const length = size === 0 ? PIECE_BYTES : Math.min(PIECE_BYTES, size - position);
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(length), 0, length, null);
        if (bytesRead === 0) break;
        position += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
      if (position < size) {
        warn(
          `The file became shorter while it was read: ${position} of ${size} bytes are here. Open it again.`,
        );
      }
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw readError(thrown, path);
  }
}

/** Bytes of a paste or of standard input, in pieces of a bounded size. */
export async function* streamBytes(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
): Bytes {
  try {
    for await (const chunk of stream) {
      for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
        yield chunk.subarray(start, start + PIECE_BYTES);
        // A paste arrives as one chunk of many megabytes: other calls get their turn in between.
        await new Promise((resume) => setImmediate(resume));
      }
    }
  } catch (thrown) {
    throw readError(thrown, name);
  }
}

/** Turns a failed file operation into the one line that a person sees. */
export function readError(thrown: unknown, path: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('not-found', `There is no file ${path}.`);
    case 'EISDIR':
      return new AppError('unreadable', `${path} is a directory. Name a log file inside it.`);
    case 'EACCES':
    case 'EPERM':
      return new AppError('unreadable', `No permission to read ${path}. Change its mode or copy it first.`);
    case 'ELOOP':
      return new AppError('unreadable', `${path} is a symbolic link that leads back to itself.`);
    case 'ENAMETOOLONG':
      return new AppError('invalid-input', 'The file name is too long for this system.');
    case 'EBADF':
      return new AppError('unreadable', `${path} is closed. There is nothing to read.`);
    default:
      return new AppError(
        'unreadable',
        `Reading ${path} failed${code === '' ? '' : ` (${code})`}.`,
        String(thrown),
      );
  }
}

/** Tells a link that leads nowhere from a file that is not there. */
async function missingFile(thrown: unknown, path: string): Promise<AppError> {
  try {
    const code = (thrown as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' || !(await lstat(path)).isSymbolicLink()) return readError(thrown, path);
    const target = resolve(path, '..', await readlink(path));
    return new AppError('not-found', `${path} is a symbolic link to ${target}, which is not there.`);
  } catch {
    return readError(thrown, path);
  }
}
