import type { IMarker, Terminal } from '@xterm/xterm';
import type { CommandBlock, TerminalMark } from '../../app/contract/pty';
import { linesBetween } from './terminal-text';

/** A command and where it stands in the text; its places move with the text and end with it. */
export interface PlacedBlock {
  readonly block: CommandBlock;
  readonly prompt: IMarker;
  /** Where the command was typed: the end of the prompt. */
  readonly typed: { readonly at: IMarker; readonly column: number } | null;
  readonly output: IMarker | null;
  readonly end: IMarker | null;
}

export type BlockState = 'typed' | 'running' | 'ok' | 'failed' | 'ended';

/** `ended`: the shell did not say how. */
export function stateOf({ block, output }: Pick<PlacedBlock, 'block' | 'output'>): BlockState {
  if (!output) return 'typed';
  if (block.endedAt === null) return 'running';
  if (block.exitCode === null) return 'ended';
  return block.exitCode === 0 ? 'ok' : 'failed';
}

/** More than these are forgotten, the oldest first; scrollback seldom holds as many. */
const MOST_BLOCKS = 2000;

/** The commands of one terminal, as its shell has told of them. What programs print never makes one. */
export class CommandBlocks {
  #blocks: PlacedBlock[] = [];

  constructor(
    private readonly terminal: Terminal,
    private readonly changed: () => void,
  ) {}

  /** Places a mark where the cursor is once all output before it is parsed. */
  mark(mark: TerminalMark, block: CommandBlock): void {
    this.terminal.write('', () => {
      this.#place(mark, block);
      this.changed();
    });
  }

  /** The shell is gone: what ran has ended, nobody knows how. */
  shellEnded(at: string): void {
    this.#blocks = this.#blocks.flatMap((placed) => {
      if (!placed.output) return [];
      return placed.block.endedAt === null ? { ...placed, block: { ...placed.block, endedAt: at } } : placed;
    });
    this.changed();
  }

  /** Commands that were sent, in their order, as far as their text still stands. */
  all(): readonly PlacedBlock[] {
    return this.#blocks.filter(({ prompt }) => !prompt.isDisposed);
  }

  find(id: number): PlacedBlock | null {
    return this.all().find(({ block }) => block.id === id) ?? null;
  }

  /** The last command that was sent; null before the first. */
  last(): PlacedBlock | null {
    return this.all().findLast(({ output }) => output !== null) ?? null;
  }

  /** The line of the next prompt above or below `line`; null at the end. */
  promptFrom(line: number, step: 1 | -1): number | null {
    const lines = this.all().map(({ prompt }) => prompt.line);
    return (
      (step === 1 ? lines.find((other) => other > line) : lines.findLast((other) => other < line)) ?? null
    );
  }

  /** The command: as the shell read it, or else as it stands on the screen. */
  command({ block, typed, output }: PlacedBlock): string {
    if (block.command !== null) return block.command;
    if (!typed || typed.at.isDisposed || !output || output.isDisposed) return '';
    const lines = linesBetween(this.terminal.buffer.normal, typed.at.line, output.line);
    return [(lines[0] ?? '').slice(typed.column), ...lines.slice(1)].join('\n').trim();
  }

  /** What the command has printed so far, as far as it still stands. */
  output({ output, end, prompt }: PlacedBlock): string {
    if (!output) return '';
    const buffer = this.terminal.buffer.normal;
    const from = output.isDisposed ? 0 : output.line;
    const to = end && !end.isDisposed ? end.line : prompt.isDisposed ? 0 : buffer.baseY + buffer.cursorY + 1;
    return linesBetween(buffer, from, to).join('\n').trimEnd();
  }

  #place(mark: TerminalMark, block: CommandBlock): void {
    const here = this.terminal.registerMarker();
    const index = this.#blocks.findIndex((placed) => placed.block.id === block.id);
    const known = this.#blocks[index];
    if (mark === 'prompt' || !known) {
      const placed: PlacedBlock = { block, prompt: here, typed: null, output: null, end: null };
      if (known) this.#blocks[index] = placed;
      else this.#blocks = [...this.#blocks, placed].slice(-MOST_BLOCKS);
      return;
    }
    if (mark === 'end' && !known.output) {
      this.#blocks = this.#blocks.filter((placed) => placed !== known);
      return;
    }
    this.#blocks[index] = {
      ...known,
      block,
      ...(mark === 'command' && {
        typed: { at: here, column: this.terminal.buffer.active.cursorX },
      }),
      ...(mark === 'output' && { output: here }),
      ...(mark === 'end' && { end: this.#endOf(here) }),
    };
  }

  /** Output without a line end leaves the cursor on its own last line; that line is still output. */
  #endOf(here: IMarker): IMarker {
    if (this.terminal.buffer.active.cursorX === 0) return here;
    here.dispose();
    return this.terminal.registerMarker(1);
  }
}
