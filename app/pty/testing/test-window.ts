import type {
  CommandBlock,
  TerminalInput,
  TerminalMark,
  TerminalOutput,
  TerminalState,
} from '../../contract/pty';
import type { TerminalPort } from '../pty-service';

/** The window's side of a terminal port, and the port itself; for tests, no Electron needed. */
export class TestWindow {
  text = '';
  exit: (TerminalOutput & { type: 'exit' }) | null = null;
  received = 0;
  acknowledges = true;
  state: TerminalState | null = null;
  /** Each with the text before it, which begins after the mark before. */
  readonly marks: { mark: TerminalMark; block: CommandBlock; before: string }[] = [];
  onOutput: (data: string) => void = () => {};
  #sinceMark = '';
  #onMessage: (message: { data: unknown }) => void = () => {};
  #onClose: () => void = () => {};
  readonly port: TerminalPort = {
    on: (event: string, listener: never) => {
      if (event === 'message') this.#onMessage = listener;
      else this.#onClose = listener;
    },
    start: () => {},
    postMessage: (message) => this.#receive(message),
  };

  send(message: TerminalInput): void {
    this.#onMessage({ data: message });
  }
  type(data: string): void {
    this.send({ type: 'input', data });
  }
  closeWindow(): void {
    this.#onClose();
  }

  #receive(message: TerminalOutput): void {
    switch (message.type) {
      case 'exit':
        this.exit = message;
        return;
      case 'state':
        this.state = message.state;
        return;
      case 'mark':
        this.marks.push({ mark: message.mark, block: message.block, before: this.#sinceMark });
        this.#sinceMark = '';
        return;
      case 'output':
        this.text += message.data;
        this.#sinceMark += message.data;
        this.received += message.data.length;
        this.onOutput(message.data);
        if (this.acknowledges)
          queueMicrotask(() => this.send({ type: 'ack', characters: message.data.length }));
    }
  }
}

/** Waits for a state, never for a time. */
export async function until(condition: () => boolean, what: string, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
