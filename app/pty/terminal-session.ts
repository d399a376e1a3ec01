import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { type IPty, spawn } from '@lydell/node-pty';
import { AppError } from '../../engine/contract/errors';
import {
  type EditLine,
  type InsertResult,
  OUTPUT_COALESCE_MS,
  type TerminalInput,
  type TerminalOutput,
  type TerminalState,
} from '../contract/pty';
import { BlockTracker, type ShellNews } from './block-tracker';
import { FlowGate } from './flow-gate';
import { commandLine, processGroups, workingFolder } from './foreground';
import { InputWriter } from './input-writer';
import { cleanCommand } from './insert-text';
import { LineKeys } from './line-keys';
import { readOutput } from './output-reader';
import { type OutputPart, OutputScanner } from './output-scanner';
import type { Launch } from './profiles/launch';
import { shellStart, terminalEnvironment } from './shell-environment';
import { inject } from './shell-integration/inject';
import { StateWatch } from './state-watch';

/** Between the polite signal and the final one. */
const KILL_GRACE_MS = 1500;
/** node-pty throws unread output away 200 ms after the shell's end; a paused terminal looks this often. */
const PAUSED_CHECK_MS = 50;

/** A shell that has our script and says nothing for this long is taken for one that has not. */
const START_MS = 10_000;

export interface SessionOptions {
  readonly cols: number;
  readonly rows: number;
  readonly cwd: string | null;
  readonly launch: Launch;
  /** Folder for the scripts by which shells tell of their commands; null to start the shell as it is. */
  readonly scripts: string | null;
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
  readonly #scanner: OutputScanner;
  readonly #blocks = new BlockTracker();
  readonly #line: LineKeys;
  #alternate = false;
  #bracketedPaste = false;
  #claimedFolder: TerminalState['claimedFolder'] = null;
  readonly #startedAt = Date.now();
  /** Command lines under which the shell starts with our script; null where it has none. */
  readonly #injected: readonly string[] | null;
  /** The command line of the shell that told of itself; after `exec` it is another. */
  #tellsAs: string | null = null;
  #pending: TerminalOutput[] = [];
  #lastText = '';
  #flushTimer: NodeJS.Timeout | undefined;
  #pausedTimer: NodeJS.Timeout | undefined;
  #killTimer: NodeJS.Timeout | undefined;
  #output: ((message: TerminalOutput) => void) | undefined;
  #onEnd: () => void = () => {};
  #exit: (TerminalOutput & { type: 'exit' }) | undefined;

  constructor({ cols, rows, cwd, launch, scripts }: SessionOptions) {
    this.shell = launch.program;
    this.cwd = [cwd, launch.cwd, homedir(), '/'].find((folder) => folder !== null && isFolder(folder)) ?? '/';
    const secret = randomBytes(16).toString('hex');
    this.#scanner = new OutputScanner(secret);
    const environment = {
      ...terminalEnvironment(process.env, launch.shell ? launch.program : null),
      ...launch.env,
    };
    const injection = scripts === null ? null : inject(launch, secret, scripts, environment);
    const start = shellStart(process.platform, launch.program, injection?.args ?? launch.args);
    const direct = [launch.program, ...(injection?.args ?? [])];
    this.#injected =
      injection && [direct, [start.file, ...start.args]].map((words) => `${words.join('\0')}\0`);
    this.#pty = spawn(start.file, start.args, {
      name: 'xterm-256color',
      cols,
      rows,
      cwd: this.cwd,
      env: { ...environment, ...injection?.env },
    });
    this.#input = inputOf(this.#pty);
    this.#line = new LineKeys((keys) => this.#input.write(keys));
    this.#watch = new StateWatch(
      {
        pid: this.pid,
        device: deviceOf(this.#pty),
        ended: () => this.#exit !== undefined,
        alternate: () => this.#alternate,
        phase: () => this.#phase(),
        integrated: () => this.#blocks.phase !== null,
        asks: () => !this.#lastText.endsWith('\n'),
        foregroundProgram: () => this.#pty.process,
        folder: () => this.folder(),
        claimedFolder: () => this.#claimedFolder,
        editable: () => this.#blocks.editable,
      },
      (state) => this.#output?.({ type: 'state', state }),
    );
    readOutput(this.#pty, (text) => this.#collect(text));
    this.#pty.onExit(({ exitCode, signal }) => {
      this.#exit = { type: 'exit', exitCode, signal: signal || null };
      this.#input.close();
      this.#watch.stop();
      this.#take({ kind: 'text', text: this.#scanner.rest() });
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
    this.#input.write(this.#pasted(result.inserted));
    return result;
  }

  /** What stands on the prompt. */
  async readLine(): Promise<EditLine> {
    await this.#mustBeAtPrompt('readable');
    return this.#line.read();
  }

  /** Puts a command in the place of what stands on the prompt, which is put aside. */
  async replaceLine(command: string): Promise<InsertResult> {
    const result = cleanCommand(command);
    await this.#mustBeAtPrompt('readable');
    this.#line.replace(this.#pasted(result.inserted), this.#blocks.current);
    return result;
  }

  /** Puts back what `replaceLine` put aside. On another prompt since there is nothing to put back. */
  async restoreLine(): Promise<null> {
    await this.#mustBeAtPrompt('readable');
    this.#line.restore(this.#blocks.current);
    return null;
  }

  /** The folder that the shell is in; null where the system does not say. */
  folder(): string | null {
    if (this.#exit) return null;
    return workingFolder(this.pid) ?? this.#blocks.cwd;
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

  async #mustBeAtPrompt(how: 'readable' | 'any' = 'any'): Promise<void> {
    const { whyNot, editable } = await this.#watch.look();
    if (whyNot !== null) {
      throw new AppError('unavailable', `${whyNot} Nothing was inserted. Copy the command instead.`);
    }
    if (how === 'readable' && !editable) {
      throw new AppError('unavailable', 'What stands on the prompt of this shell can not be read from here.');
    }
  }

  /** As a paste, where the shell takes pastes: it completes, expands and runs nothing of it. */
  #pasted(text: string): string {
    return this.#bracketedPaste && this.#blocks.phase !== null ? `\x1b[200~${text}\x1b[201~` : text;
  }

  /** What the shell says of itself, as long as it is still the same program. */
  #phase(): 'prompt' | 'running' | null {
    if (this.#blocks.phase === null) return this.#awaitsWord() ? 'running' : null;
    if (commandLine(this.pid) !== this.#tellsAs) this.#blocks.forget();
    return this.#blocks.phase;
  }

  /** The shell was given our script and still reads its files: it is not at its prompt before its first word. */
  #awaitsWord(): boolean {
    if (this.#injected === null || Date.now() - this.#startedAt > START_MS) return false;
    // With `exec` in the person's files it is another shell by now, which says nothing.
    const now = commandLine(this.pid);
    return now === '' || this.#injected.some((start) => now === start);
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
    for (const part of this.#scanner.scan(data)) this.#take(part);
    this.#watch.touch();
    if (this.#gate.closed) this.#pause();
    this.#flushTimer ??= setTimeout(() => this.#flush(), OUTPUT_COALESCE_MS);
  }

  #take(part: OutputPart): void {
    switch (part.kind) {
      case 'text': {
        if (part.text === '') return;
        // Only what the window gets: it acknowledges nothing else, and what is never acknowledged would close the gate for good.
        this.#gate.add(part.text.length);
        this.#lastText = part.text;
        const last = this.#pending.at(-1);
        if (last?.type === 'output') this.#pending[this.#pending.length - 1] = joined(last.data, part.text);
        else this.#pending.push({ type: 'output', data: part.text });
        return;
      }
      case 'message':
        this.#hear(this.#blocks.receive(part.fields));
        return;
      case 'alternate':
        this.#alternate = part.on;
        return;
      case 'bracketed-paste':
        this.#bracketedPaste = part.on;
        return;
      case 'folder':
        this.#claimedFolder = part.folder;
        return;
    }
  }

  #hear(news: ShellNews): void {
    switch (news.kind) {
      case 'line':
        this.#line.told(news.line);
        return;
      case 'mark':
        this.#tellsAs ??= commandLine(this.pid);
        this.#pending.push({ type: 'mark', mark: news.mark, block: news.block });
        // A program that is over may have left it set; the shell sets it again before it reads a line.
        if (news.mark === 'end') this.#bracketedPaste = false;
        return;
      case 'other':
        return;
    }
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    // Before the window's port has come, output waits here; the gate bounds how much.
    if (!this.#output) return;
    for (const message of this.#pending.splice(0)) this.#output(message);
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

function joined(one: string, two: string): TerminalOutput {
  return { type: 'output', data: one + two };
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
