import { z } from 'zod';

/** A request in plain words and the command that answers it. UPPER_CASE words are placeholders. */
export const CommandExample = z.strictObject({
  request: z.string().min(1),
  command: z.string().min(1),
  /** What the command does, in a sentence; empty: its card says what is documented of the program. */
  why: z.string().default(''),
});
export type CommandExample = z.infer<typeof CommandExample>;

/** Named on cards as where a command or a sentence comes from. */
export const EXAMPLES_NAME = 'Sigma Ops examples';

/** The text of every file in examples/, by its path; Vite puts them into the build. */
const FILES: Readonly<Record<string, string>> = import.meta.glob('./examples/*.jsonl', {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Reads one example a line; a broken line is a bug of the data and throws with its file and number. */
export function parseExamples(text: string, file: string): CommandExample[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      try {
        return CommandExample.parse(JSON.parse(line));
      } catch (thrown) {
        throw new Error(`${file} line ${number}: ${String(thrown)}`);
      }
    });
}

let loaded: readonly CommandExample[] | undefined;

/** The examples that ship with the app; read and checked once. */
export function loadExamples(): readonly CommandExample[] {
  loaded ??= Object.keys(FILES)
    .sort()
    .flatMap((file) => parseExamples(FILES[file] ?? '', file.replace(/^.*\//, '')));
  return loaded;
}
