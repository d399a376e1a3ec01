import {
  type CommandBlock,
  FLOW_ACK_SIZE,
  type OpenTerminal,
  type TerminalInput,
  type TerminalMark,
  TerminalOutput,
  type TerminalState,
} from '../../app/contract/pty';
import { call, takeTerminalPort } from '../bridge';

export interface PtyEvents {
  /** Calls `parsed` once the text is on its way to the screen. */
  onOutput(data: string, parsed: () => void): void;
  /** Between outputs, where the shell set it. */
  onMark(mark: TerminalMark, block: CommandBlock): void;
  onState(state: TerminalState): void;
  onExit(exitCode: number, signal: number | null): void;
  /** The terminal process is gone, and the shell with it. */
  onLost(): void;
}

export interface PtyLink {
  readonly id: string;
  readonly shell: string;
  input(data: string): void;
  resize(cols: number, rows: number): void;
  close(): void;
}

/** Starts a shell and joins its message port; output is acknowledged as it is parsed, so a flood cannot pile up. */
export async function openPty(options: OpenTerminal, events: PtyEvents): Promise<PtyLink> {
  const { id, shell } = await call('terminal.open', options);
  const port = await takeTerminalPort(id).catch((thrown: unknown) => {
    endShell(id);
    throw thrown;
  });
  const send = (message: TerminalInput) => port.postMessage(message);

  let unacknowledged = 0;
  const parsed = (characters: number) => {
    unacknowledged += characters;
    if (unacknowledged < FLOW_ACK_SIZE) return;
    send({ type: 'ack', characters: unacknowledged });
    unacknowledged = 0;
  };
  const lost = () => events.onLost();
  port.onmessage = (event) => {
    const output = TerminalOutput.safeParse(event.data);
    if (!output.success) return;
    if (output.data.type === 'exit') {
      port.removeEventListener('close', lost);
      events.onExit(output.data.exitCode, output.data.signal);
      port.close();
      return;
    }
    if (output.data.type === 'state') events.onState(output.data.state);
    if (output.data.type === 'mark') events.onMark(output.data.mark, output.data.block);
    if (output.data.type !== 'output') return;
    const { data } = output.data;
    events.onOutput(data, () => parsed(data.length));
  };

  // Fires when the other end's process is gone; closing this end does not fire it here.
  port.addEventListener('close', lost);

  return {
    id,
    shell,
    input: (data) => send({ type: 'input', data }),
    resize: (newCols, newRows) => send({ type: 'resize', cols: newCols, rows: newRows }),
    close() {
      port.onmessage = null;
      port.removeEventListener('close', lost);
      port.close();
      endShell(id);
    },
  };
}

/** The shell may be gone already; then there is nothing to end and nobody to tell. */
function endShell(id: string): void {
  call('terminal.close', { id }).catch(() => {});
}
