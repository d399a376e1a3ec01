import type { IBuffer, IMarker, Terminal } from '@xterm/xterm';

/** A prompt: up to the first of these signs that a blank and a command follow. */
const PROMPT = /^.*?[$#%❯>] (?=\S)/;
/** In a selection only what can't be anything else: `a > b` holds no prompt. */
const SURE_PROMPT = /^(?:[\w.-]+@[\w.-]+[^$#%❯>]*)?[$#%❯] +(?=\S)/;
const EMPTY_PROMPT = /[$#%❯>]\s*$/;

/** The line of the buffer at `row` with those that it was wrapped into, and where it begins. */
export function wholeLine(buffer: Pick<IBuffer, 'getLine'>, row: number): { text: string; start: number } {
  let start = row;
  while (start > 0 && buffer.getLine(start)?.isWrapped) start -= 1;
  let text = buffer.getLine(start)?.translateToString(false) ?? '';
  for (let next = start + 1; buffer.getLine(next)?.isWrapped; next += 1)
    text += buffer.getLine(next)?.translateToString(false) ?? '';
  return { text: text.trimEnd(), start };
}

/** The lines from `from` up to and without `to`, wrapped ones joined. */
export function linesBetween(buffer: Pick<IBuffer, 'getLine'>, from: number, to: number): string[] {
  const lines: string[] = [];
  for (let row = from; row < to; row += 1) {
    const line = buffer.getLine(row);
    if (!line) break;
    const text = line.translateToString(false);
    if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  return lines.map((line) => line.trimEnd());
}

/** The command on a line that begins with a prompt; '' when there is none. */
export function withoutPrompt(line: string): string {
  return EMPTY_PROMPT.test(line) ? '' : line.replace(PROMPT, '').trim();
}

/** A selection as a command: a prompt that was selected with it goes. */
export function selectedCommand(selection: string): string {
  return selection.trim().replace(SURE_PROMPT, '');
}

/**
 * Reads commands out of the screen. Where Enter was pressed is remembered as a mark that moves with the text. What
 * a program prints is never trusted with this: it sees only keys.
 */
export class TerminalText {
  #enter: IMarker | undefined;

  constructor(private readonly terminal: Terminal) {}

  /** Call with each key that goes to the shell; true when a command may have been sent. */
  typed(data: string): boolean {
    const { active } = this.terminal.buffer;
    if (!data.includes('\r') || active.type === 'alternate') return false;
    const line = wholeLine(active, active.baseY + active.cursorY);
    if (EMPTY_PROMPT.test(line.text) || line.text === '') return true;
    this.#enter?.dispose();
    this.#enter = this.terminal.registerMarker(line.start - active.baseY - active.cursorY);
    return true;
  }

  /** The line of the last command as it stands there, prompt and all, and below it what it printed. */
  lastCommand(): { line: string; output: string } | null {
    const buffer = this.terminal.buffer.normal;
    if (!this.#enter || this.#enter.isDisposed || this.#enter.line < 0) return null;
    const { text } = wholeLine(buffer, this.#enter.line);
    const prompt = wholeLine(buffer, buffer.baseY + buffer.cursorY).start;
    const [, ...output] = linesBetween(buffer, this.#enter.line, prompt);
    return { line: text, output: output.join('\n').trimEnd() };
  }

  selection(): string {
    return this.terminal.getSelection();
  }

  /** What stands on the prompt now. */
  promptCommand(): string {
    const { active } = this.terminal.buffer;
    if (active.type === 'alternate') return '';
    return withoutPrompt(wholeLine(active, active.baseY + active.cursorY).text);
  }
}
