import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { z } from 'zod';

export interface JsonFile<T> {
  get(): T;
  set(value: T): void;
  /** Set when the file could not be used: says where it was kept. */
  readonly notice: string | null;
}

/**
 * One small JSON file, checked by `schema`, which must accept `{}` and fill in what is missing. Writing
 * goes through a second file, so that a crash leaves the old or the new content, never half of it. A
 * file that cannot be understood is kept with the ending `.broken`, and the defaults are used.
 */
export function openJsonFile<S extends z.ZodType>(
  path: string,
  schema: S,
  what: string,
): JsonFile<z.infer<S>> {
  let notice: string | null = null;
  let value = schema.parse({});
  const text = readText(path);
  if (text !== null) {
    const parsed = parseJson(text, schema);
    if (parsed === null) {
      const keptAs = `${path}.broken`;
      renameSync(path, keptAs);
      notice = `The file with ${what} could not be understood. It was kept as ${keptAs}, and the defaults are used.`;
    } else {
      value = parsed.value;
    }
  }
  return {
    notice,
    get: () => value,
    set: (next) => {
      writeAtomically(path, `${JSON.stringify(next, null, 2)}\n`);
      value = next;
    },
  };
}

function parseJson<S extends z.ZodType>(text: string, schema: S): { value: z.infer<S> } | null {
  try {
    return { value: schema.parse(JSON.parse(text)) };
  } catch {
    return null;
  }
}

/** The text of a file; null when there is none. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Leaves the old or the new content, also after a crash or a power cut. */
export function writeAtomically(path: string, text: string): void {
  const beside = `${path}.new`;
  rmSync(beside, { force: true });
  const file = openSync(beside, 'wx', 0o600);
  try {
    writeSync(file, text);
    // Without this a power cut can leave the new name with no content.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}
