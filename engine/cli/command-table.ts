/**
 * All commands and options of `sigma-ops`: the only list. Reading the command line, `--help`, the completions of
 * shells and the manual page are made from it.
 */

export interface OptionSpec {
  /** How its value is called in texts; absent: it is a switch. */
  readonly value?: string;
  /** What completes its value. */
  readonly completes?: 'file' | 'folder';
  readonly short?: string;
  readonly help: string;
}

export const OPTIONS = {
  json: { help: 'print one JSON value and nothing else' },
  'no-ai': { help: 'known facts and examples alone; the model is not loaded' },
  model: { value: 'DIR', completes: 'folder', help: 'use the model in this folder' },
  cwd: {
    value: 'DIR',
    completes: 'folder',
    help: 'the folder that relative paths are looked up in (this one)',
  },
  batch: { value: 'IN', completes: 'file', help: 'read JSON lines from this file instead; needs --out' },
  out: { value: 'OUT', completes: 'file', help: 'write a JSON line for each line of --batch to this file' },
  templates: {
    value: 'OUT',
    completes: 'file',
    help: 'write LineId,EventId,EventTemplate of every line to this CSV file',
  },
  question: { value: 'TEXT', help: 'answer this about the log as well' },
  evidence: { help: 'print the evidence that the answer rests on as well' },
  follow: { help: 'go on reading what is appended to the files' },
  'safe-mode': {
    help: 'start the window with no model, no shell integration, default settings and nothing restored',
  },
  'user-data-dir': {
    value: 'DIR',
    completes: 'folder',
    help: 'keep settings, chats, state and cache in this folder instead of the usual ones',
  },
  help: { short: 'h', help: 'print help, after a command its own' },
  version: { short: 'V', help: 'print the version' },
} as const satisfies Readonly<Record<string, OptionSpec>>;
export type OptionName = keyof typeof OPTIONS;

/** The options that stand with every command. */
export const GENERAL_OPTIONS = ['help', 'version'] as const satisfies readonly OptionName[];

export interface CommandSpec {
  /** How its operands are called in texts; empty: it takes none. */
  readonly operands: string;
  /** What completes an operand: files, or one of these words. */
  readonly completes?: 'file' | readonly string[];
  /** One line. */
  readonly summary: string;
  /** Paragraphs. */
  readonly about: readonly string[];
  readonly options: readonly OptionName[];
  /** Command line and what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type ShellName = (typeof SHELLS)[number];

export const COMMANDS = {
  open: {
    operands: '[FILE...|-]',
    completes: 'file',
    summary: 'open logs in the window',
    about: [
      'Hands the files to the window that runs, or starts the window when none does and there is a display. Without files the window only comes to the front.',
      '- is standard input: what comes is shown as it comes, until it ends. It is copied into the cache folder, readable by you alone.',
      'A window that runs is reached over a socket of your own, so this works in a shell without a display too.',
    ],
    options: ['follow', 'safe-mode', 'user-data-dir'],
    examples: [
      ['sigma-ops open /var/log/syslog', 'show a log'],
      ['kubectl logs -f deploy/web | sigma-ops open -', 'watch a stream'],
    ],
  },
  ask: {
    operands: 'QUESTION',
    summary: 'answer a question',
    about: ['Prints what the model writes, as it comes. The model is small and often wrong in free text.'],
    options: ['json', 'model', 'user-data-dir'],
    examples: [['sigma-ops ask "what does load average mean?"', 'ask the model']],
  },
  suggest: {
    operands: 'REQUEST',
    summary: 'print one command, never run it',
    about: [
      'Examples, documentation and the model are asked; each candidate is checked. Nothing is run.',
      'Lines of --batch are {"id", "request", "cwd"}; only request is needed.',
    ],
    options: ['json', 'no-ai', 'cwd', 'model', 'batch', 'out', 'user-data-dir'],
    examples: [
      ['sigma-ops suggest "show disk usage, biggest first"', 'print a command'],
      ['sigma-ops suggest --batch requests.jsonl --out commands.jsonl', 'many at once'],
    ],
  },
  check: {
    operands: 'COMMAND',
    summary: 'say what a command would do, without running it',
    about: [
      'Reads the command as a shell would and rates it: reads only, changes things, or destructive; with reasons. Nothing is run.',
      'Lines of --batch are {"cmd"}.',
    ],
    options: ['json', 'batch', 'out'],
    examples: [[`sigma-ops check 'find . -name "*.tmp" -delete'`, 'rate a command']],
  },
  gather: {
    operands: '',
    summary: 'read what this machine documents of its programs (the window does it by itself)',
    about: ['Manual pages, PATH and a tldr cache are read into an index. No program is run.'],
    options: ['user-data-dir'],
    examples: [],
  },
  digest: {
    operands: 'FILE...|-',
    completes: 'file',
    summary: "count a log's line patterns: most frequent, first errors, bursts, rarest",
    about: ['Every line is read. Several files are one log; - is standard input. Files are never changed.'],
    options: ['json', 'templates'],
    examples: [['sigma-ops digest /var/log/syslog --templates templates.csv', 'count patterns']],
  },
  diagnose: {
    operands: 'FILE...|-',
    completes: 'file',
    summary: 'say what went wrong in a log, when, why and what to check, with line numbers',
    about: [
      'Every line is read. Several files are one log, merged by time; - is standard input. Files are never changed.',
    ],
    options: ['json', 'question', 'evidence', 'no-ai', 'model', 'user-data-dir'],
    examples: [
      ['journalctl -u nginx | sigma-ops diagnose -', 'diagnose a unit'],
      ['sigma-ops diagnose app.log db.log --question "why did logins fail?"', 'ask about two logs'],
    ],
  },
  completion: {
    operands: 'bash|zsh|fish',
    completes: SHELLS,
    summary: 'print completions for a shell',
    about: [
      'Packages install them. By hand: source <(sigma-ops completion bash); for zsh write them as _sigma-ops into a folder of fpath; for fish to ~/.config/fish/completions/sigma-ops.fish.',
    ],
    options: [],
    examples: [['source <(sigma-ops completion bash)', 'complete in this shell']],
  },
  manual: {
    operands: '',
    summary: 'print the manual page (roff)',
    about: ['Packages install it.'],
    options: [],
    examples: [['sigma-ops manual | man -l -', 'read it']],
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;
export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];
export const isCommandName = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);
export const commandSpec = (name: CommandName): CommandSpec => COMMANDS[name];
export const optionSpec = (name: OptionName): OptionSpec => OPTIONS[name];

/** Options of a command with those that stand with every one. */
export const optionsOf = (name: CommandName): readonly OptionName[] => [
  ...COMMANDS[name].options,
  ...GENERAL_OPTIONS,
];

/** As it is written in texts: `--model DIR`, `-h, --help`. */
export function optionForm(name: OptionName): string {
  const { short, value } = optionSpec(name);
  return `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
}

/** Exit statuses, in the order of the texts. */
export const EXIT_STATUSES: readonly (readonly [status: number, meaning: string])[] = [
  [0, 'done'],
  [1, 'no answer, or it could not be done'],
  [2, 'wrong usage or input'],
  [130, 'stopped with Ctrl+C'],
];
