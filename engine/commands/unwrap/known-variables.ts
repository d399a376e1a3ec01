import type { Script } from '../parse/syntax';

/** What is known of the shell's variables while a text is read. */
export interface Variables {
  /** The one value that a variable has wherever it is used; null where that is not known. */
  value(name: string): string | null;
  /** It holds the name of a file that mktemp made. */
  isFresh(name: string): boolean;
  /** What `$(script)` prints, where the text tells. */
  output(script: Script): string | null;
}
