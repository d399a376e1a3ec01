import { AppError } from '../contract/errors';
import { parseOptions } from '../parse-options';
import { PARTS, type Part, Split } from './items';

export interface EvalOptions {
  readonly split: Split | 'all';
  readonly part: Part | null;
  readonly limit: number | null;
  /** Stored answers to score instead of the built-in systems. */
  readonly from: readonly string[];
  readonly systems: readonly string[] | null;
  readonly json: boolean;
  readonly misses: boolean;
  readonly validate: boolean;
  readonly help: boolean;
}

export const EVAL_USAGE = `npm run eval -- commands: suggested commands against items with reference commands

  --split dev|held|all   which items (all)
  --part PART            ${PARTS.join(', ')}
  --limit N              the first N items of each part
  --system A,B           these systems only
  --from FILE.jsonl      score stored answers {id, command, ms?} instead; may be given more than once
  --misses               also list the development items that were not right
  --json                 print one JSON object and nothing else
  --validate             run the references against each other instead; no system is asked

A run over all items also writes engine/eval/results/commands.json and RESULTS.md, each system in its own rows.
Commands run in a bubblewrap sandbox; without it the suite refuses items that have to be run.`;

/** Reads the arguments behind the suite's name. Throws AppError('invalid-input') with one line. */
export function readEvalOptions(args: readonly string[]): EvalOptions {
  const values = parse(args);
  return {
    split: oneOf('--split', values.split ?? 'all', [...Split.options, 'all']) as Split | 'all',
    part: values.part === undefined ? null : (oneOf('--part', values.part, PARTS) as Part),
    limit: values.limit === undefined ? null : wholeNumber('--limit', values.limit),
    from: values.from ?? [],
    systems: values.system?.split(',').map((name) => name.trim()) ?? null,
    json: values.json ?? false,
    misses: values.misses ?? false,
    validate: values.validate ?? false,
    help: values.help ?? false,
  };
}

/** True when the run covers what the stored results cover. */
export function coversAllItems({ split, part, limit }: EvalOptions): boolean {
  return split === 'all' && part === null && limit === null;
}

function oneOf(option: string, word: string, allowed: readonly string[]): string {
  if (allowed.includes(word)) return word;
  throw new AppError('invalid-input', `${option} is one of ${allowed.join(', ')}, not '${word}'.`);
}

function wholeNumber(option: string, word: string): number {
  const value = Number(word);
  if (Number.isInteger(value) && value > 0) return value;
  throw new AppError('invalid-input', `${option} takes a whole number above 0, not '${word}'.`);
}

function parse(args: readonly string[]) {
  return parseOptions(
    {
      args: [...args],
      options: {
        split: { type: 'string' },
        part: { type: 'string' },
        limit: { type: 'string' },
        system: { type: 'string' },
        from: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        misses: { type: 'boolean' },
        validate: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    },
    'npm run eval -- commands --help',
  ).values;
}
