import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import { AppError } from '../contract/errors';

export interface BatchFiles {
  readonly input: string;
  readonly output: string;
}

/**
 * Answers each line of JSON and writes one line for it, in order. A line that is not as `form` says is reported in its
 * place, `{"line": N, "error": "…"}` with the fields it has. Returns the exit status: 2 if there was such a line, else 0.
 * @throws AppError 'invalid-input' for a file that can't be read or written.
 */
export async function batchLines<T extends object>(
  { input, output }: BatchFiles,
  form: z.ZodType<T>,
  answer: (line: T) => object | Promise<object>,
  onBroken: (message: string) => object = () => ({}),
): Promise<number> {
  let broken = 0;
  async function* answered() {
    let number = 0;
    for await (const text of createInterface({ input: createReadStream(input), crlfDelay: Infinity })) {
      number++;
      if (text.trim() === '') continue;
      const value = parseJson(text);
      const line = form.safeParse(value);
      if (line.success) yield `${JSON.stringify(await answer(line.data))}\n`;
      else {
        broken++;
        const error = `Line ${number}: ${line.error.issues[0]?.message ?? 'it is broken'}`;
        const own = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
        yield `${JSON.stringify({ ...own, ...onBroken(error), line: number, error })}\n`;
      }
    }
  }
  try {
    await pipeline(Readable.from(answered()), createWriteStream(output));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('invalid-input', `The batch could not be done: ${(error as Error).message}`);
  }
  return broken > 0 ? 2 : 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
