import { AppError } from '../contract/errors';
import { parseOptions } from '../parse-options';

export interface BenchOptions {
  readonly quick: boolean;
  readonly json: boolean;
  readonly help: boolean;
  readonly contexts: readonly number[];
  /** Names of contenders to run; null for all. */
  readonly only: readonly string[] | null;
  /** Threads of every contender; undefined for the engine's own choice. */
  readonly threads?: number;
}

export const ENGINE_BENCH_USAGE = `npm run bench -- engine: the engine beside llama.cpp, in one run on this machine

  --quick             under two minutes: diffqkv and llama.cpp at contexts 512 and 4096
  --json              print one JSON object and nothing else (with npm: npm run -s bench -- engine --json)
  --contexts A,B      tokens of context instead of the usual ones
  --only A,B          these contenders only
  --threads N         threads of every contender

A full run without the last four options also writes engine/bench/results/engine.json and engine.svg.`;

const FULL = [512, 2048, 4096, 8192, 32768];
const QUICK = [512, 4096];

/** Reads the arguments behind the suite's name. Throws AppError('invalid-input') with one line. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const values = parse(args);
  const quick = values.quick ?? false;
  const threads = values.threads === undefined ? undefined : wholeNumber('--threads', values.threads);
  return {
    quick,
    json: values.json ?? false,
    help: values.help ?? false,
    contexts: values.contexts
      ? list(values.contexts).map((word) => wholeNumber('--contexts', word))
      : quick
        ? QUICK
        : FULL,
    only: values.only ? list(values.only) : null,
    ...(threads === undefined ? {} : { threads }),
  };
}

/** True when the run covers what the stored results cover. */
export function isStandardRun(options: BenchOptions): boolean {
  const usual = options.quick ? QUICK : FULL;
  return (
    options.only === null &&
    options.threads === undefined &&
    options.contexts.join() === usual.join() &&
    !options.quick
  );
}

function list(words: string): string[] {
  return words
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function wholeNumber(option: string, word: string): number {
  const value = Number(word);
  if (Number.isInteger(value) && value > 0) return value;
  throw new AppError('invalid-input', `${option} takes whole numbers above 0, not '${word}'.`);
}

function parse(args: readonly string[]) {
  return parseOptions(
    {
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        json: { type: 'boolean' },
        contexts: { type: 'string' },
        only: { type: 'string' },
        threads: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    },
    'npm run bench -- engine --help',
  ).values;
}
