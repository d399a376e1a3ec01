import { AppError } from '../../contract/errors';
import { parseOptions } from '../../parse-options';

export interface DiagnosisOptions {
  readonly ai: boolean;
  /** Folder of another model than the shipped one. */
  readonly model: string | null;
  /** So many items, spread over the set. */
  readonly limit: number | null;
  readonly only: readonly string[];
  readonly misses: boolean;
  readonly json: boolean;
  readonly generate: boolean;
  readonly recorded: string | null;
  readonly help: boolean;
}

export const DIAGNOSIS_USAGE = `npm run eval -- diagnosis: diagnoses of logs against what truly happened

  --no-ai             without the model: what counts and known failures alone say
  --model DIR         the model in this folder instead of the shipped one; its results are not stored
  --limit N           N items, spread evenly over the set
  --only ID           this item; may be given more than once
  --misses            also list what was not right
  --json              print one JSON object and nothing else
  --generate          make the generated logs and items again from the scenarios, and stop
  --recorded FOLDER   make items of what record/record.sh recorded into FOLDER, and stop

A run over all items also writes engine/eval/results/diagnosis.json and RESULTS.md, each system in its own rows.`;

/** Reads the arguments behind the suite's name. Throws AppError('invalid-input') with one line. */
export function readDiagnosisOptions(args: readonly string[]): DiagnosisOptions {
  const { values } = parseOptions(
    {
      args: [...args],
      options: {
        'no-ai': { type: 'boolean' },
        model: { type: 'string' },
        limit: { type: 'string' },
        only: { type: 'string', multiple: true },
        misses: { type: 'boolean' },
        json: { type: 'boolean' },
        generate: { type: 'boolean' },
        recorded: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    },
    'npm run eval -- diagnosis --help',
  );
  const limit = values.limit === undefined ? null : Number(values.limit);
  if (limit !== null && !(Number.isInteger(limit) && limit > 0))
    throw new AppError('invalid-input', `--limit takes a whole number above 0, not '${values.limit}'.`);
  return {
    ai: !values['no-ai'],
    model: values.model ?? null,
    limit,
    only: values.only ?? [],
    misses: values.misses ?? false,
    json: values.json ?? false,
    generate: values.generate ?? false,
    recorded: values.recorded ?? null,
    help: values.help ?? false,
  };
}
