import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { CommandChecker } from '../commands/create-checker';
import { AppError } from '../contract/errors';

const Line = z.looseObject({ cmd: z.string() });

/**
 * Checks each line's `cmd` and writes the line with the check's fields added, in order. The machine's own folder is not
 * looked at, so a batch says the same everywhere. Returns exit status 0.
 * @throws AppError 'invalid-input' that names the first line which is no such JSON, or the file that can't be read or written.
 */
export async function checkLines(input: string, output: string, check: CommandChecker): Promise<number> {
  async function* checked() {
    let number = 0;
    for await (const text of createInterface({ input: createReadStream(input), crlfDelay: Infinity })) {
      number++;
      if (text.trim() === '') continue;
      const line = Line.safeParse(parseJson(text));
      if (!line.success)
        throw new AppError(
          'invalid-input',
          `Line ${number} of ${input} is no JSON object with a text 'cmd'.`,
        );
      yield `${JSON.stringify({ ...line.data, ...check(line.data.cmd) })}\n`;
    }
  }
  try {
    await pipeline(Readable.from(checked()), createWriteStream(output));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('invalid-input', `The batch could not be checked: ${(error as Error).message}`);
  }
  return 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
