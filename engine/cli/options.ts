import { AppError } from '../contract/errors';
import { parseOptions } from '../parse-options';

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
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

export interface SharedOptions {
  readonly json: boolean;
  /** False: the model is not loaded. */
  readonly ai: boolean;
  /** Folder of another model; undefined for the shipped one. */
  readonly model?: string;
}

export const USAGE = `sigma-ops: the local operations assistant, without a window

  sigma-ops ask "QUESTION"         answer a question
  sigma-ops suggest "REQUEST"      print one command, never run it
  sigma-ops check 'COMMAND'        say what a command would do, without running it
  sigma-ops gather                 read what this machine documents of its programs (the window does it by itself)
  sigma-ops digest FILE...|-       count a log's line patterns: most frequent, first errors, bursts, rarest
  sigma-ops diagnose FILE...|-     say what went wrong in a log, when, why and what to check, with line numbers

  --json            print one JSON value and nothing else
  --templates OUT   with digest: write LineId,EventId,EventTemplate of every line to this CSV file
  --question TEXT   with diagnose: answer this about the log as well
  --cwd DIR         with suggest: the folder that relative paths are looked up in (this one)
  --evidence        with diagnose: print the evidence that it rests on as well
  --no-ai           with suggest, diagnose: known facts and examples alone, no model
  --batch IN --out OUT   with check: JSON lines {cmd} in, the same with the checks out;
                         with suggest: {id, request, cwd?} in, a suggestion each out
  --model DIR       use the model in this folder
  --version, --help

Everything runs on this machine. Exit status: 0 done, 1 no answer, 2 wrong usage or input.`;

const usageError = (message: string) => new AppError('invalid-input', `${message} See sigma-ops --help.`);

/**
 * Reads the command line.
 * @throws AppError 'invalid-input' with one line that names what is wrong.
 */
export function readCommandLine(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { name: 'help' };
  if (values.version) return { name: 'version' };
  const [name, ...rest] = positionals;
  const shared: SharedOptions = {
    json: values.json ?? false,
    ai: !values['no-ai'],
    ...(values.model ? { model: values.model } : {}),
  };
  const isBatch = values.batch !== undefined || values.out !== undefined;
  if (name !== 'check' && name !== 'suggest' && isBatch)
    throw usageError('--batch and --out belong to check and suggest.');
  if (name !== 'suggest' && values.cwd !== undefined) throw usageError('--cwd belongs to suggest.');
  if (name !== 'suggest' && name !== 'diagnose' && values['no-ai'])
    throw usageError('--no-ai belongs to suggest and diagnose.');
  if (name !== 'diagnose' && values.evidence) throw usageError('--evidence belongs to diagnose.');
  if (name !== 'digest' && values.templates !== undefined) throw usageError('--templates belongs to digest.');
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
    case undefined:
      throw usageError('No command was given.');
    case 'ask':
    case 'suggest': {
      const text = rest.join(' ').trim();
      if (values.question !== undefined) throw usageError('--question belongs to diagnose.');
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
      if (values.question !== undefined) throw usageError('--question belongs to diagnose.');
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
    default:
      throw usageError(`There is no command '${name}'.`);
  }
}

function parse(args: readonly string[]) {
  return parseOptions(
    {
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        model: { type: 'string' },
        question: { type: 'string' },
        evidence: { type: 'boolean' },
        templates: { type: 'string' },
        cwd: { type: 'string' },
        'no-ai': { type: 'boolean' },
        batch: { type: 'string' },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'V' },
      },
    },
    'sigma-ops --help',
  );
}
