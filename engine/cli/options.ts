import { AppError } from '../contract/errors';
import { parseOptions } from '../parse-options';
import {
  COMMAND_NAMES,
  COMMANDS,
  type CommandName,
  isCommandName,
  OPTIONS,
  type OptionName,
  optionSpec,
  optionsOf,
  SHELLS,
  type ShellName,
} from './command-table';

export type Command =
  /** Of one command, or of all. */
  | { readonly name: 'help'; readonly about?: CommandName }
  | { readonly name: 'version' }
  | { readonly name: 'completion'; readonly shell: ShellName }
  | { readonly name: 'manual' }
  | {
      readonly name: 'open';
      /** None: the window comes to the front. `-` alone is standard input. */
      readonly files: readonly string[];
      readonly follow: boolean;
      readonly safeMode: boolean;
    }
  | { readonly name: 'ask'; readonly text: string; readonly shared: SharedOptions }
  | {
      readonly name: 'suggest';
      readonly text: string;
      /** The folder that relative paths are looked up in. */
      readonly cwd?: string;
      readonly shared: SharedOptions;
    }
  | {
      readonly name: 'suggest-batch';
      readonly input: string;
      readonly output: string;
      readonly shared: SharedOptions;
    }
  | { readonly name: 'gather' }
  | { readonly name: 'check'; readonly text: string; readonly shared: SharedOptions }
  | { readonly name: 'check-batch'; readonly input: string; readonly output: string }
  | {
      readonly name: 'digest';
      /** Several are one log; `-` alone is standard input. */
      readonly files: readonly string[];
      /** Where the template of each line is written to, as CSV. */
      readonly templates?: string;
      readonly json: boolean;
    }
  | {
      readonly name: 'diagnose';
      /** Several are one log, merged by time; `-` alone is standard input. */
      readonly files: readonly string[];
      readonly question?: string;
      /** The evidence is printed too. */
      readonly evidence: boolean;
      readonly shared: SharedOptions;
    };

export interface CommandLine {
  readonly command: Command;
  /** Folder for everything that is kept, instead of the usual ones. */
  readonly userDataDir?: string;
}

export interface SharedOptions {
  readonly json: boolean;
  /** False: the model is not loaded. */
  readonly ai: boolean;
  /** Folder of another model; undefined for the shipped one. */
  readonly model?: string;
}

const usageError = (message: string) => new AppError('invalid-input', `${message} See sigma-ops --help.`);

/**
 * Reads the command line.
 * @throws AppError 'invalid-input' with one line that names what is wrong.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args);
  const userDataDir = values['user-data-dir'] as string | undefined;
  const command = readCommand(values, positionals);
  if (userDataDir === undefined) return { command };
  if (userDataDir === '') throw usageError('--user-data-dir needs a folder.');
  return { command, userDataDir };
}

type Values = {
  readonly [K in OptionName]?: (typeof OPTIONS)[K] extends { value: string } ? string : boolean;
};

function readCommand(values: Values, positionals: readonly string[]): Command {
  const [name, ...rest] = positionals;
  if (values.help)
    return name !== undefined && isCommandName(name) ? { name: 'help', about: name } : { name: 'help' };
  if (values.version) return { name: 'version' };
  if (name === undefined) throw usageError('No command was given.');
  if (name === 'help') return readHelp(rest);
  if (!isCommandName(name)) throw usageError(`There is no command '${name}'.`);
  refuseForeign(name, values);
  const shared: SharedOptions = {
    json: values.json ?? false,
    ai: !values['no-ai'],
    ...(values.model ? { model: values.model } : {}),
  };
  const isBatch = values.batch !== undefined || values.out !== undefined;
  if ((name === 'check' || name === 'suggest') && isBatch) {
    if (!values.batch || !values.out) throw usageError('--batch IN needs --out OUT.');
    if (rest.length > 0) throw usageError(`${name} takes a text or --batch, not both.`);
    if (values.cwd !== undefined) throw usageError('With --batch each line has its own cwd.');
    const files = { input: values.batch, output: values.out };
    return name === 'check' ? { name: 'check-batch', ...files } : { name: 'suggest-batch', ...files, shared };
  }
  switch (name) {
    case 'check': {
      const text = rest.join(' ');
      if (text.trim() === '') throw usageError('check needs a command.');
      return { name, text, shared };
    }
    case 'ask':
    case 'suggest': {
      const text = rest.join(' ').trim();
      if (text === '') throw usageError(`${name} needs a text.`);
      return name === 'suggest' && values.cwd
        ? { name, text, shared, cwd: values.cwd }
        : { name, text, shared };
    }
    case 'gather':
      if (rest.length > 0) throw usageError('gather takes nothing.');
      return { name };
    case 'digest': {
      if (rest.length === 0) throw usageError('digest needs a file, or - for standard input.');
      if (rest.length > 1 && rest.includes('-')) throw usageError('digest takes files or -, not both.');
      if (values.templates === '') throw usageError('--templates needs a file.');
      return {
        name,
        files: rest,
        json: shared.json,
        ...(values.templates === undefined ? {} : { templates: values.templates }),
      };
    }
    case 'diagnose': {
      if (rest.length === 0) throw usageError('diagnose needs a file, or - for standard input.');
      if (rest.length > 1 && rest.includes('-')) throw usageError('diagnose takes files or -, not both.');
      const question = values.question?.trim();
      return {
        name,
        files: rest,
        evidence: values.evidence ?? false,
        shared,
        ...(question ? { question } : {}),
      };
    }
    case 'open': {
      if (rest.length > 1 && rest.includes('-')) throw usageError('open takes files or -, not both.');
      const { follow = false, 'safe-mode': safeMode = false } = values;
      return { name, files: rest, follow, safeMode };
    }
    case 'completion': {
      const shell = SHELLS.find((known) => known === rest[0]);
      if (!shell || rest.length > 1) throw usageError(`completion needs one of ${SHELLS.join(', ')}.`);
      return { name, shell };
    }
    case 'manual':
      if (rest.length > 0) throw usageError('manual takes nothing.');
      return { name };
  }
}

function readHelp([about, ...more]: readonly string[]): Command {
  if (about === undefined) return { name: 'help' };
  if (!isCommandName(about) || more.length > 0) throw usageError(`There is no command '${about}'.`);
  return { name: 'help', about };
}

/** An option is taken only with the commands that heed it. */
function refuseForeign(name: CommandName, values: Values): void {
  const own = new Set<string>(optionsOf(name));
  for (const option of Object.keys(values) as OptionName[]) {
    if (own.has(option)) continue;
    const owners = COMMAND_NAMES.filter((other) =>
      (COMMANDS[other].options as readonly string[]).includes(option),
    );
    const listed = owners.length > 1 ? `${owners.slice(0, -1).join(', ')} and ${owners.at(-1)}` : owners[0];
    throw usageError(`--${option} belongs to ${listed}.`);
  }
}

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  const options = Object.fromEntries(
    (Object.keys(OPTIONS) as OptionName[]).map((name) => {
      const { value, short } = optionSpec(name);
      const type = value ? ('string' as const) : ('boolean' as const);
      return [name, short ? { type, short } : { type }];
    }),
  );
  const { values, positionals } = parseOptions(
    { args: [...args], allowPositionals: true, options },
    'sigma-ops --help',
  );
  // The types of the values stand in the table that the options are made from.
  return { values: values as Values, positionals };
}
