import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { AppError } from '../../contract/errors';

/** Input that ends within this time is a whole log; what takes longer is shown as it comes. */
const WHOLE_WITHIN_MS = 1000;
/** Copies that nobody has written to for so long are deleted. */
const KEPT_MS = 24 * 60 * 60 * 1000;

export interface Spooled {
  readonly file: string;
  /** False: the input went on when the copy was handed out. */
  readonly whole: boolean;
  /** Resolves when all of the input is in the file. */
  readonly done: Promise<void>;
}

/**
 * Copies `input` into a file of its own in `folder`, readable by its owner only, and resolves when there is something to
 * show. @throws AppError 'unreadable' for empty input.
 */
export async function spoolInput(
  input: AsyncIterable<Uint8Array> & { destroy?: () => void },
  folder: string,
  signal: AbortSignal,
): Promise<Spooled> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  deleteOld(folder);
  const time = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const file = join(folder, `stdin-${time}-${process.pid}.log`);
  const output = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  let began: () => void = () => undefined;
  const beginning = new Promise<void>((resolve) => {
    began = resolve;
  });
  let ended = false;
  const copy = async () => {
    const stop = () => input.destroy?.();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const part of input) {
        if (!output.write(part)) await once(output, 'drain');
        began();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    output.end();
    await finished(output);
    ended = true;
  };
  const done = copy();
  // Told to whoever awaits `done`; until then it must not count as unhandled.
  done.catch(() => undefined);
  await Promise.race([beginning, done]);
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, WHOLE_WITHIN_MS))]);
  if (ended && output.bytesWritten === 0) {
    rmSync(file, { force: true });
    throw new AppError('unreadable', 'Standard input is empty.');
  }
  return { file, whole: ended, done };
}

function deleteOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (name.startsWith('stdin-') && Date.now() - statSync(file).mtimeMs > KEPT_MS)
      rmSync(file, { force: true });
  }
}
