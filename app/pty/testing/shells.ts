import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { OwnProfile, type TerminalState } from '../../contract/pty';
import { createPtySessions } from '../pty-service';
import { isAlive, TestWindow, until } from './test-window';

/** Shells that tests drive for real, with files of a person's own that set a prompt `own> `. */
export const SHELLS = [
  {
    name: 'bash',
    files: { '.bashrc': "PS1='own> '\nHISTCONTROL=ignoreboth\nHISTFILE=$HOME/.history\n" },
  },
  {
    name: 'zsh',
    files: { '.zshrc': "PS1='own> '\nunsetopt prompt_sp\nHISTFILE=$HOME/.history\nHISTSIZE=100\n" },
  },
  {
    name: 'fish',
    files: {
      '.config/fish/config.fish':
        "function fish_prompt; echo -n 'own> '; end\nset -g fish_greeting\nset -g fish_autosuggestion_enabled 0\n",
    },
  },
] as const;
export type ShellName = (typeof SHELLS)[number]['name'];

export function pathOf(shell: ShellName): string | null {
  return [`/bin/${shell}`, `/usr/bin/${shell}`].find((path) => existsSync(path)) ?? null;
}

const context = { signal: new AbortController().signal, emit: () => {} } as never;

/** Terminals with a fresh home folder. */
export class ShellLab {
  readonly home = mkdtempSync(join(tmpdir(), 'sigma-shell-'));
  readonly sessions = createPtySessions(join(this.home, 'scripts'));

  readonly #pids: number[] = [];

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.home, file)), { recursive: true });
    writeFileSync(join(this.home, file), text);
  }

  /** Ends the shells first: bash writes its history when it is hung up. */
  async close(): Promise<void> {
    this.sessions.close();
    await until(() => !this.#pids.some(isAlive), 'the end of all shells');
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Opens a shell, with the person's files of `SHELLS` and what `extra` adds to its last one. */
  async open(name: ShellName, { extra = '', env = {} as Record<string, string>, integration = true } = {}) {
    const shell = SHELLS.find((each) => each.name === name);
    for (const [file, text] of Object.entries(shell?.files ?? {})) this.write(file, `${text}${extra}`);
    const window = new TestWindow();
    const own = OwnProfile.parse({
      name,
      program: pathOf(name),
      env: {
        HOME: this.home,
        XDG_CONFIG_HOME: join(this.home, '.config'),
        XDG_DATA_HOME: join(this.home, '.data'),
        ...env,
      },
    });
    const opened = await this.sessions.handlers.spawn(
      { cols: 120, rows: 24, cwd: this.home, profile: `own:${name}`, target: null, own: [own], integration },
      context,
    );
    this.#pids.push(opened.pid);
    this.sessions.attach(opened.id, window.port);
    return new OpenShell(this, opened.id, opened.pid, window);
  }
}

/** One shell in a test, and what a person and the window do with it. */
export class OpenShell {
  constructor(
    private readonly lab: ShellLab,
    readonly id: string,
    readonly pid: number,
    readonly window: TestWindow,
  ) {}

  get prompts(): number {
    return this.window.marks.filter(({ mark }) => mark === 'command').length;
  }
  get blocks() {
    return this.window.marks
      .filter(({ mark, block }) => mark === 'end' && block.startedAt)
      .map(({ block }) => block);
  }
  async atPrompt(): Promise<void> {
    await until(() => this.window.marks.at(-1)?.mark === 'command', 'the end of the prompt');
    await until(() => this.window.state?.integrated === true, 'word from the shell');
    await this.activity('prompt');
  }
  async activity(wanted: TerminalState['activity']): Promise<void> {
    await until(() => this.window.state?.activity === wanted, `the activity ${wanted}`);
  }
  /** Types a command with Enter, and gives its block when it has ended. */
  async run(command: string) {
    const before = this.blocks.length;
    this.window.type(`${command}\r`);
    await until(() => this.blocks.length > before, `the end of ${command}`);
    await this.atPrompt();
    const block = this.blocks.at(-1);
    if (!block) throw new Error('no block');
    return block;
  }
  /** Gives up what stands on the prompt, with Ctrl+C, until nothing does: a shell that does not read keys yet misses it. */
  async giveUpLine(): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt++) {
      this.window.type('\x03');
      await this.atPrompt();
      const line = await this.readLine().catch(() => null);
      if (line?.text === '') return;
    }
    throw new Error('The line could not be given up.');
  }
  /** What the last command printed, between its marks; without the modes that a shell sets around it. */
  get output(): string {
    const printed = this.window.marks.filter(({ mark }) => mark === 'end').at(-1)?.before ?? '';
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    return printed.replace(/\x1b\[[?>=]?[\d;]*[hlmu]|\r/g, '');
  }
  async insert(command: string) {
    return this.lab.sessions.handlers.insert({ id: this.id, command }, context);
  }
  async readLine() {
    return this.lab.sessions.handlers.readLine({ id: this.id }, context);
  }
  async replaceLine(command: string) {
    return this.lab.sessions.handlers.replaceLine({ id: this.id, command }, context);
  }
  async restoreLine() {
    return this.lab.sessions.handlers.restoreLine({ id: this.id }, context);
  }
}
