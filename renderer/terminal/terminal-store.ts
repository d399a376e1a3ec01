import { create } from 'zustand';
import type { InsertResult } from '../../app/contract/pty';
import { AppError } from '../../engine/contract/errors';
import { call } from '../bridge';
import { readStored, writeStored } from '../ui/stored';

export type ShellState =
  | { readonly state: 'starting' }
  | { readonly state: 'running'; readonly id: string; readonly shell: string }
  | { readonly state: 'exited'; readonly exitCode: number; readonly signal: number | null }
  | { readonly state: 'unavailable'; readonly message: string };

interface TerminalStore {
  readonly shell: ShellState;
  /** Goes up for each new shell. */
  readonly generation: number;
  /** Readable by assistive technology: xterm's accessibility tree on, drawn as elements instead of WebGL. */
  readonly screenReader: boolean;
  readonly hasSelection: boolean;
  /** Goes up whenever a line was sent to the shell: folder and last command may be others now. */
  readonly linesSent: number;
}

export const useTerminal = create<TerminalStore>(() => ({
  shell: { state: 'starting' },
  generation: 1,
  screenReader:
    readStored('screenReader') === '1' || new URLSearchParams(location.search).get('screenReader') === '1',
  hasSelection: false,
  linesSent: 0,
}));

export function setShellState(shell: ShellState): void {
  useTerminal.setState({ shell });
}

/** Leaves the old shell's output where it is and starts a shell below it. */
export function newShell(): void {
  useTerminal.setState(({ generation }) => ({ shell: { state: 'starting' }, generation: generation + 1 }));
}

export function setHasSelection(hasSelection: boolean): void {
  if (useTerminal.getState().hasSelection !== hasSelection) useTerminal.setState({ hasSelection });
}

export function countLineSent(): void {
  useTerminal.setState(({ linesSent }) => ({ linesSent: linesSent + 1 }));
}

export function setScreenReader(screenReader: boolean): void {
  writeStored('screenReader', screenReader ? '1' : '0');
  useTerminal.setState({ screenReader });
}

/** Puts a command on the prompt of the running shell. The main process takes out what could run it. */
export async function insertCommand(command: string): Promise<InsertResult> {
  const { shell } = useTerminal.getState();
  if (shell.state !== 'running') {
    throw new AppError('unavailable', 'No shell is running in the terminal.');
  }
  return call('terminal.insert', { id: shell.id, command });
}
