import type { CommandBlock, EditLine, TerminalMark } from '../contract/pty';

/** What a message of the shell's script meant. */
export type ShellNews =
  | { readonly kind: 'mark'; readonly mark: TerminalMark; readonly block: CommandBlock }
  | { readonly kind: 'line'; readonly line: EditLine }
  | { readonly kind: 'other' };

/**
 * Follows an integrated shell from prompt to prompt. It is given proven messages only: A prompt begins,
 * B prompt ends, E command, C it runs, D it ended; P a property, L the line on the prompt.
 */
export class BlockTracker {
  readonly #now: () => Date;
  #block: CommandBlock | null = null;
  #count = 0;
  #cwd: string | null = null;
  #phase: 'prompt' | 'running' | null = null;
  #editable = false;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  /** Null before the shell has told anything. */
  get phase(): 'prompt' | 'running' | null {
    return this.#phase;
  }
  /** The folder that the shell told last. */
  get cwd(): string | null {
    return this.#cwd;
  }
  /** The shell has our keys by which its line is read and replaced. */
  get editable(): boolean {
    return this.#editable;
  }
  /** Number of the block whose prompt is shown or whose command runs; 0 before the first. */
  get current(): number {
    return this.#block?.id ?? 0;
  }

  /** The shell is another program now: what it told counts no more. */
  forget(): void {
    this.#phase = null;
    this.#editable = false;
  }

  receive([kind, first = '', second = '']: readonly string[]): ShellNews {
    switch (kind) {
      case 'A':
        return this.#prompt();
      case 'B':
        this.#phase = 'prompt';
        return this.#mark('command');
      case 'E':
        if (this.#block && first !== '') this.#block = { ...this.#block, command: first };
        return { kind: 'other' };
      case 'C':
        this.#phase = 'running';
        if (this.#block) {
          this.#block = { ...this.#block, cwd: this.#cwd, startedAt: this.#now().toISOString() };
        }
        return this.#mark('output');
      case 'D':
        return this.#end(first);
      case 'P':
        if (first.startsWith('Cwd=')) this.#cwd = first.slice(4);
        if (first === 'Editable=1') this.#editable = true;
        return { kind: 'other' };
      case 'L': {
        const cursor = Number(second);
        const inside = Number.isInteger(cursor) && cursor >= 0 && cursor <= first.length;
        return { kind: 'line', line: { text: first, cursor: inside ? cursor : first.length } };
      }
      default:
        return { kind: 'other' };
    }
  }

  #prompt(): ShellNews {
    // The same prompt is drawn again after Ctrl+L or a change of size.
    if (this.#block === null || this.#block.endedAt !== null) {
      const empty = { command: null, startedAt: null, endedAt: null, exitCode: null };
      this.#block = { ...empty, id: ++this.#count, cwd: this.#cwd };
    }
    this.#phase ??= 'running';
    return this.#mark('prompt');
  }

  #end(status: string): ShellNews {
    this.#phase = 'running';
    if (!this.#block || this.#block.endedAt !== null) return { kind: 'other' };
    const ran = this.#block.startedAt !== null;
    this.#block = {
      ...this.#block,
      endedAt: this.#now().toISOString(),
      exitCode: ran && /^\d{1,3}$/.test(status) ? Number(status) : null,
    };
    return this.#mark('end');
  }

  #mark(mark: TerminalMark): ShellNews {
    return this.#block ? { kind: 'mark', mark, block: this.#block } : { kind: 'other' };
  }
}
