import { AppError } from '../../engine/contract/errors';
import type { EditLine } from '../contract/pty';

/** Keys that no keyboard sends; our scripts bind them in bash, zsh and fish. */
const TELL = '\x1b[633;1~';
const TAKE = '\x1b[633;2~';
const RESTORE = '\x1b[633;3~';

/** A shell at its prompt answers at once; one that is swapped out may need a while. */
const PATIENCE_MS = 5000;

/** Reads and changes the line on an integrated shell's prompt. Only to be used at the prompt. */
export class LineKeys {
  readonly #write: (keys: string) => void;
  readonly #waiting: ((line: EditLine) => void)[] = [];
  /** The block whose line was put aside; 0 for none. */
  #replacedIn = 0;

  constructor(write: (keys: string) => void) {
    this.#write = write;
  }

  /** What stands there now. `unavailable` when the shell does not answer. */
  read(): Promise<EditLine> {
    return new Promise((resolve, reject) => {
      const answer = (line: EditLine) => {
        clearTimeout(timer);
        resolve(line);
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(answer), 1);
        reject(new AppError('unavailable', 'The shell did not say what stands on its prompt. Try again.'));
      }, PATIENCE_MS);
      this.#waiting.push(answer);
      this.#write(TELL);
    });
  }

  /** The shell told its line. */
  told(line: EditLine): void {
    this.#waiting.shift()?.(line);
  }

  /** Empties the line, which the shell puts aside the first time in a block, and types `keys`. */
  replace(keys: string, block: number): void {
    this.#write(TAKE + keys);
    this.#replacedIn = block;
  }

  /** Puts the line back that was put aside in this block. */
  restore(block: number): void {
    if (this.#replacedIn !== block) return;
    this.#write(RESTORE);
    this.#replacedIn = 0;
  }
}
