import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../contract/errors';

/** A temporary file that nobody has written to for this long was left by a crash. */
const ABANDONED_MS = 10 * 60_000;

/** Adds bytes to the end of the new file. */
export type Append = (bytes: ArrayBufferView) => Promise<void>;

/**
 * Writes a file that is there as a whole or not at all: `fill` appends to a temporary file beside it, which is renamed
 * at the end, and removed when anything fails. Only its owner can read it. A missing folder is made.
 * Throws AppError('unavailable') when the disk is full or the folder cannot be written, and what `fill` throws.
 */
export async function writeWhole(path: string, fill: (append: Append) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(unwritable(path));
  await removeAbandoned(path);
  // A name of its own: two processes may be writing the same file.
  const part = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(part, 'wx', 0o600).catch(unwritable(path));
    try {
      await fill((bytes) => append(handle, bytes).catch(unwritable(path)));
      // Otherwise a power cut after the rename could leave a file of the right length with zeros in it.
      await handle.datasync().catch(unwritable(path));
    } finally {
      await handle.close();
    }
    await rename(part, path).catch(unwritable(path));
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

function append(handle: FileHandle, { buffer, byteOffset, byteLength }: ArrayBufferView): Promise<void> {
  return handle.appendFile(new Uint8Array(buffer, byteOffset, byteLength));
}

/** Removes what earlier crashes left of this file. Only tidying: a real fault shows, with its reason, in the writing. */
async function removeAbandoned(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(`${basename(path)}.`) || !name.endsWith('.part')) continue;
    const left = join(folder, name);
    const entry = await stat(left).catch(() => null);
    if (entry && Date.now() - entry.mtimeMs > ABANDONED_MS) await rm(left).catch(() => undefined);
  }
}

function unwritable(path: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    const why = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
    throw new AppError(
      'unavailable',
      `${basename(path)} could not be written in ${dirname(path)}: ${why}.`,
      error.stack,
    );
  };
}
