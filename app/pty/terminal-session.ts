import { readlinkSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { type IPty, spawn } from '@lydell/node-pty';
import { AppError } from '../../engine/contract/errors';
import {
  type EditLine,
  type InsertResult,
  OUTPUT_COALESCE_MS,
  type TerminalInput,
  type TerminalOutput,
} from '../contract/pty';
import { FlowGate } from './flow-gate';
import { processGroups } from './foreground';
import { InputWriter } from './input-writer';
import { cleanCommand } from './insert-text';
import { readOutput } from './output-reader';
import type { Launch } from './profiles/launch';
import { shellStart, terminalEnvironment } from './shell-environment';
import { StateWatch } from './state-watch';

/** Between the polite signal and the final one. */
const KILL_GRACE_MS = 1500;
/** node-pty throws unread output away 200 ms after the shell's end; a paused terminal looks this often. */
const PAUSED_CHECK_MS = 50;

export interface SessionOptions {
  readonly cols: number;
  readonly rows: number;
  readonly cwd: string | null;
  readonly launch: Launch;
}

/** One shell in one pseudo-terminal. */
export class TerminalSession {
  readonly shell: string;
  /** Where it began. */
  readonly cwd: string;
  readonly #pty: IPty;
  readonly #input: { write(text: string): void; close(): void };
  readonly #gate = new FlowGate();
  readonly #watch: StateWatch;
  #pending = '';
  #lastText = '';
  #flushTimer: NodeJS.Timeout | undefined;
  #pausedTimer: NodeJS.Timeout | undefined;
  #killTimer: NodeJS.Timeout | undefined;
  #output: ((message: TerminalOutput) => void) | undefined;
  #onEnd: () => void = () => {};
  #exit: (TerminalOutput & { type: 'exit' }) | undefined;

  constructor({ cols, rows, cwd, launch }: SessionOptions) {
    this.shell = launch.program;
    this.cwd = [cwd, launch.cwd, homedir(), '/'].find((folder) => folder !== null && isFolder(folder)) ?? '/';
    const start = shellStart(process.platform, launch.program, launch.args);
    this.#pty = spawn(start.file, start.args, {
      name: 'xterm-256color',
      cols,
      rows,
      cwd: this.cwd,
      env: { ...terminalEnvironment(process.env, launch.shell ? launch.program : null), ...launch.env },
    });
    this.#input = inputOf(this.#pty);
    this.#watch = new StateWatch(
      {
        pid: this.pid,
        device: deviceOf(this.#pty),
        remote: launch.remote,
        ended: () => this.#exit !== undefined,
        alternate: () => false,
        phase: () => null,
        asks: () => !this.#lastText.endsWith('\n'),
        foregroundProgram: () => this.#pty.process,
        folder: () => this.folder(),
        claimedFolder: () => null,
        editable: () => false,
      },
      (state) => this.#output?.({ type: 'state', state }),
    );
    readOutput(this.#pty, (text) => this.#collect(text));
    this.#pty.onExit(({ exitCode, signal }) => {
      this.#exit = { type: 'exit', exitCode, signal: signal || null };
      this.#input.close();
      this.#watch.stop();
      clearTimeout(this.#killTimer);
      clearInterval(this.#pausedTimer);
      this.#flush();
    });
  }

  /** Called once: the shell has ended and all of its output was handed over. */
  onEnd(listener: () => void): void {
    this.#onEnd = listener;
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Gives all output, from the first character on, to `output`. */
  attach(output: (message: TerminalOutput) => void): void {
    this.#output = output;
    this.#watch.repeat();
    this.#flush();
  }

  receive(message: TerminalInput): void {
    if (this.#exit) return;
    switch (message.type) {
      case 'input':
        this.#input.write(message.data);
        this.#watch.touch();
        return;
      case 'ack':
        this.#gate.acknowledge(message.characters);
        if (!this.#gate.closed) this.#resume();
        return;
      case 'resize':
        this.#resize(message.cols, message.rows);
        return;
    }
  }

  /** Puts a command on the prompt; nothing that it writes can run. */
  async insert(command: string): Promise<InsertResult> {
    const result = cleanCommand(command);
    await this.#mustBeAtPrompt();
    this.#input.write(result.inserted);
    return result;
  }

  async readLine(): Promise<EditLine> {
    await this.#mustBeAtPrompt();
    throw new AppError('unavailable', 'This shell does not say what stands on its prompt.');
  }

  async replaceLine(command: string): Promise<InsertResult> {
    cleanCommand(command);
    await this.#mustBeAtPrompt();
    throw new AppError('unavailable', 'The line on the prompt of this shell can not be replaced from here.');
  }

  async restoreLine(): Promise<null> {
    await this.#mustBeAtPrompt();
    return null;
  }

  /** The folder that the shell is in; null where the system does not say. */
  folder(): string | null {
    if (this.#exit || process.platform !== 'linux') return null;
    try {
      return readlinkSync(`/proc/${this.pid}/cwd`);
    } catch {
      return null;
    }
  }

  /** Ends the shell and what runs in its foreground. */
  kill(): void {
    if (this.#exit || this.#killTimer) return;
    if (process.platform === 'win32') {
      this.#pty.kill();
      return;
    }
    const groups = () => new Set([this.pid, processGroups(this.pid)?.foreground ?? this.pid]);
    for (const group of groups()) signalGroup(group, 'SIGHUP');
    this.#killTimer = setTimeout(() => {
      for (const group of groups()) signalGroup(group, 'SIGKILL');
    }, KILL_GRACE_MS);
    // Output that is still to come has no reader any more, and a paused shell could not end.
    this.#output = () => {};
    this.#pty.resume();
  }

  async #mustBeAtPrompt(): Promise<void> {
    const { whyNot } = await this.#watch.look();
    if (whyNot === null) return;
    throw new AppError('unavailable', `${whyNot} Nothing was inserted. Copy the command instead.`);
  }

  #resize(cols: number, rows: number): void {
    try {
      this.#pty.resize(cols, rows);
    } catch {
      // The shell ended just now; its exit event is on the way.
    }
  }

  #collect(data: string): void {
    if (this.#killTimer) return;
    this.#gate.add(data.length);
    this.#pending += data;
    this.#lastText = data;
    this.#watch.touch();
    if (this.#gate.closed) this.#pause();
    this.#flushTimer ??= setTimeout(() => this.#flush(), OUTPUT_COALESCE_MS);
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    // Before the window's port has come, output waits here; the gate bounds how much.
    if (!this.#output) return;
    if (this.#pending !== '') this.#output({ type: 'output', data: this.#pending });
    this.#pending = '';
    if (this.#exit) {
      this.#output(this.#exit);
      this.#onEnd();
    }
  }

  #pause(): void {
    if (this.#pausedTimer || this.#exit) return;
    this.#pty.pause();
    this.#pausedTimer = setInterval(() => {
      // What a dead shell left behind is at most one kernel buffer: read it whatever the window says.
      if (!isAlive(this.pid)) this.#resume();
    }, PAUSED_CHECK_MS);
  }

  #resume(): void {
    clearInterval(this.#pausedTimer);
    this.#pausedTimer = undefined;
    this.#pty.resume();
  }
}

/** On Unix the descriptor is written directly; its getter is missing from node-pty's types. */
function inputOf(pty: IPty): { write(text: string): void; close(): void } {
  const descriptor = (pty as IPty & { fd?: unknown }).fd;
  if (process.platform !== 'win32' && typeof descriptor === 'number') return new InputWriter(descriptor);
  return { write: (text) => pty.write(text), close: () => {} };
}

/** Path of the terminal's device, which node-pty's types leave out. */
function deviceOf(pty: IPty): string | null {
  const device = (pty as IPty & { ptsName?: unknown }).ptsName;
  return typeof device === 'string' ? device : null;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended already.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
