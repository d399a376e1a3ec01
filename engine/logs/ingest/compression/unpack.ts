import { AppError } from '../../../contract/errors';
import type { Bytes, Warn } from '../log-source';
import { peek } from '../peek';
import { bunzip2 } from './bzip2';
import { Damage } from './damage';
import { gunzip } from './gzip';
import { unxz } from './xz';
import { unzip } from './zip';
import { unzstd } from './zstd';

/** How much text one compressed file may become: so many bytes, or so many times its size where that is more. */
export interface UnpackLimit {
  readonly bytes: number;
  readonly ratio: number;
}
const UNPACK_LIMIT: UnpackLimit = { bytes: 4 * 1024 ** 3, ratio: 100 };

interface Compression {
  readonly name: string;
  readonly magic: readonly number[];
  readonly unpack: (bytes: Bytes) => Bytes;
}

const COMPRESSIONS: readonly Compression[] = [
  { name: 'gzip', magic: [0x1f, 0x8b, 0x08], unpack: gunzip },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: unzstd },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], unpack: unxz },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68], unpack: bunzip2 },
];
const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04];
/** 'BZh' may begin a line of text, so what follows is looked at too: a block's or an empty stream's mark. */
const BZIP2_BLOCK = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
const BZIP2_EMPTY = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];
const HEAD_BYTES = 10;

/**
 * Unpacks what is compressed, told by its first bytes and never by its name; anything else is handed on as it
 * is. Damaged data gives what could be read, with a warning; an `AppError` where that is nothing.
 * @param path of the file, where it is one: a zip archive can be read from there only
 */
export async function* unpack(
  bytes: Bytes,
  name: string,
  path: string | null,
  warn: Warn,
  limit: UnpackLimit = UNPACK_LIMIT,
): Bytes {
  const { head, all } = await peek(bytes, HEAD_BYTES);
  if (begins(head, ZIP_MAGIC)) {
    if (path === null) {
      throw new AppError('unreadable', `${name} is a zip archive. Unpack it first: unzip -p FILE.zip`);
    }
    // Its bytes come from the path; the stream is let go of.
    for await (const _ of all) break;
    yield* guarded(() => unzip(path, name), all, 'zip', name, warn, limit);
    return;
  }
  const compression = COMPRESSIONS.find(
    ({ name, magic }) => begins(head, magic) && (name !== 'bzip2' || isBzip2(head)),
  );
  if (compression === undefined) yield* all;
  else yield* guarded(compression.unpack, all, compression.name, name, warn, limit);
}

function begins(head: Uint8Array, magic: readonly number[], at = 0): boolean {
  return magic.every((byte, index) => head[at + index] === byte);
}

function isBzip2(head: Uint8Array): boolean {
  return begins(head, BZIP2_BLOCK, 4) || begins(head, BZIP2_EMPTY, 4);
}

/** Keeps what was unpacked when the rest is damaged or more than the limit. */
async function* guarded(
  unpacking: (bytes: Bytes) => Bytes,
  packed: Bytes,
  format: string,
  name: string,
  warn: Warn,
  limit: UnpackLimit,
): Bytes {
  let packedBytes = 0;
  async function* counted(): Bytes {
    for await (const piece of packed) {
      packedBytes += piece.length;
      yield piece;
    }
  }
  let unpackedBytes = 0;
  try {
    for await (const piece of unpacking(counted())) {
      if (unpackedBytes + piece.length > Math.max(limit.bytes, limit.ratio * packedBytes)) {
        warn(
          `It unpacks to more than ${size(limit.bytes)} and more than ${limit.ratio} times its size; the first ${size(unpackedBytes)} are here. Unpack it yourself to read all of it.`,
        );
        return;
      }
      unpackedBytes += piece.length;
      yield piece;
    }
  } catch (thrown) {
    if (!(thrown instanceof Damage)) throw thrown;
    const what = {
      truncated: `is cut off: the ${format} data ends too early`,
      corrupt: `is damaged: its ${format} data makes no sense from here on`,
      unsupported: `can't be unpacked here: ${thrown.message}`,
    }[thrown.kind];
    if (unpackedBytes === 0) {
      throw new AppError(
        'unreadable',
        `${name} ${what}, and no text could be read. Fetch it again, or unpack it yourself.`,
        thrown.message,
      );
    }
    warn(`It ${what}. The ${size(unpackedBytes)} of text before that are here.`);
  }
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const steps = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** steps).toFixed(bytes % 1024 ** steps === 0 ? 0 : 1)} ${['', 'KB', 'MB', 'GB'][steps]}`;
}
