import { createWriteStream } from 'node:fs';
import { access, constants, realpath, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../contract/errors';

/**
 * Checks before a long log is read that the result can be written, and not over the log.
 * @throws AppError 'invalid-input'
 */
export async function checkOutput(path: string, inputs: readonly string[]): Promise<void> {
  const output = await realpath(path).catch(() => resolve(path));
  for (const input of inputs) {
    if ((await realpath(input).catch(() => resolve(input))) === output) {
      throw new AppError('invalid-input', `--templates names the log itself, ${path}. Name another file.`);
    }
  }
  await access(dirname(output), constants.W_OK).catch(() => {
    throw new AppError('invalid-input', `${path} can't be written. Name a file in a folder that can.`);
  });
}

/**
 * Writes a CSV file (RFC 4180) with the columns LineId (from 1), EventId and EventTemplate, a row a line of the log.
 * @param patternOfLine chunks of patterns in line order
 */
export async function writeTemplates(
  path: string,
  patternOfLine: AsyncIterable<ArrayLike<number>>,
  patterns: readonly { readonly key: string; readonly text: string }[],
  signal?: AbortSignal,
): Promise<void> {
  const ends = patterns.map(({ key, text }) => `,${key},${csvField(text)}\n`);
  async function* rows() {
    yield 'LineId,EventId,EventTemplate\n';
    let line = 0;
    for await (const chunk of patternOfLine) {
      let text = '';
      for (let at = 0; at < chunk.length; at++) {
        text += ++line + (ends[chunk[at] as number] ?? '');
        if (text.length < PIECE_LENGTH) continue;
        yield text;
        text = '';
      }
      yield text;
    }
  }
  try {
    await pipeline(Readable.from(rows(), { objectMode: false }), createWriteStream(path), { signal });
  } catch (thrown) {
    await rm(path, { force: true });
    if (signal?.aborted)
      throw new AppError('cancelled', 'Writing the templates was stopped. Nothing of it was kept.');
    throw writeError(thrown, path);
  }
}

/** Characters that are handed on at once. */
const PIECE_LENGTH = 64 * 1024;

/** Quoted where it must be; a quote inside is doubled. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function writeError(thrown: unknown, path: string): AppError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ENOSPC') return new AppError('invalid-input', `The disk is full: ${path} was not written.`);
  if (code === 'EISDIR') return new AppError('invalid-input', `${path} is a directory. Name a file.`);
  return new AppError(
    'invalid-input',
    `${path} can't be written${code ? ` (${code})` : ''}.`,
    String(thrown),
  );
}
