import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { diagnoseLog } from '../../cli/diagnose/diagnose-log';
import type { Diagnosis } from '../../contract/diagnosis';
import { AppError } from '../../contract/errors';
import { readOnce } from '../../logs/read-once';
import { loadEngine } from '../../runtime/engine';
import { exitStatus } from '../exit-status';
import { readResults, storeResults, textTable } from '../results-file';
import { openFixed } from '../systems/product-systems';
import { type DiagnosisItem, logFile, readDiagnosisItems, readReserved } from './item';
import { type Judged, judge } from './judge';
import { writeGenerated } from './make/generate';
import { takeRecorded } from './make/recorded';
import { DIAGNOSIS_USAGE, type DiagnosisOptions, readDiagnosisOptions } from './options';
import { DiagnosisSystem, diagnosisReport } from './report';
import { shuffledCauseRate } from './shuffle';
import { summarise } from './summary';

export interface DiagnosisSetting {
  /** The project's root folder. */
  readonly root: string;
  readonly specsFile: string;
  readonly modelDir: string;
}

const say = (message: string) => process.stderr.write(`${message}\n`);

/** Runs the suite; resolves to the exit status. */
export async function runDiagnosisEval(args: readonly string[], setting: DiagnosisSetting): Promise<number> {
  return exitStatus(async () => {
    const options = readDiagnosisOptions(args);
    const folder = join(setting.root, 'engine', 'eval', 'diagnosis');
    if (options.help) process.stdout.write(`${DIAGNOSIS_USAGE}\n`);
    else if (options.generate) say(`${writeGenerated(folder)} logs generated`);
    else if (options.recorded !== null) say(`${takeRecorded(folder, options.recorded)} logs taken`);
    else await evaluate(options, { ...setting, modelDir: options.model ?? setting.modelDir }, folder);
    return 0;
  });
}

interface Answered {
  readonly judged: Judged;
  readonly diagnosis: Diagnosis;
}

async function evaluate(options: DiagnosisOptions, setting: DiagnosisSetting, folder: string): Promise<void> {
  const all = readDiagnosisItems(folder);
  const items = select(all, options);
  const answered = await answerAll(items, options.ai, setting, folder);
  const judged = answered.map((answer) => answer.judged);
  const system: DiagnosisSystem = {
    name: options.ai ? 'model + known failures' : 'no model (known failures and counts)',
    items: hash(JSON.stringify(items)),
    model: options.ai ? hash(readFileSync(join(setting.modelDir, 'manifest.json'), 'utf8')) : null,
    summaries: summarise(judged, readReserved(folder)),
    shuffled: shuffledCauseRate(answered.map(({ diagnosis, judged: { item } }) => ({ item, diagnosis }))),
  };
  const evalFolder = join(setting.root, 'engine', 'eval');
  const isStored = items.length === all.length && (options.model === null || !options.ai);
  const report = diagnosisReport(isStored ? [...stored(evalFolder, system), system] : [system]);
  if (isStored) {
    storeResults(report, evalFolder);
    say('Written: engine/eval/results/diagnosis.json and RESULTS.md');
  }
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else
    process.stdout.write(
      `${report.tables.map((table) => `${table.title}\n${textTable(table)}`).join('\n\n')}\n\n${report.notes.join('\n\n')}\n`,
    );
  if (options.misses) process.stdout.write(answered.filter(isMiss).map(missText).join(''));
}

function select(items: readonly DiagnosisItem[], { limit, only }: DiagnosisOptions): DiagnosisItem[] {
  const unknown = only.find((id) => !items.some((item) => item.id === id));
  if (unknown !== undefined) throw new AppError('invalid-input', `There is no item '${unknown}'.`);
  const asked = only.length > 0 ? items.filter(({ id }) => only.includes(id)) : items;
  if (limit === null || limit >= asked.length) return [...asked];
  return asked.filter(
    (_, at) => Math.floor((at * limit) / asked.length) !== Math.floor(((at - 1) * limit) / asked.length),
  );
}

async function answerAll(
  items: readonly DiagnosisItem[],
  ai: boolean,
  setting: DiagnosisSetting,
  folder: string,
): Promise<Answered[]> {
  const checker = await openFixed(setting);
  const engine = ai ? await loadEngine(setting.modelDir) : null;
  const context = { signal: new AbortController().signal, emit: () => {} };
  const answered: Answered[] = [];
  for (const item of items) {
    const path = logFile(folder, item);
    const started = performance.now();
    const { diagnosis } = await readOnce({ kind: 'files', paths: [path] }, {}, (log) =>
      diagnoseLog(log, basename(path), undefined, { engine, checker }, context),
    );
    const ms = performance.now() - started;
    const judged = judge(item, diagnosis, readFileSync(path, 'utf8').split('\n'), ms);
    answered.push({ judged, diagnosis });
    if (answered.length % 25 === 0 || answered.length === items.length)
      say(`  ${answered.length} of ${items.length}`);
  }
  return answered;
}

/** Systems of earlier runs that were not measured now. */
function stored(evalFolder: string, measured: DiagnosisSystem): DiagnosisSystem[] {
  const before = DiagnosisSystem.array().safeParse(readResults('diagnosis', evalFolder)?.systems);
  return (before.data ?? []).filter(({ name }) => name !== measured.name);
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

const isMiss = ({ judged: { stateRight, causeRight, citationsRight } }: Answered) =>
  !stateRight || causeRight === false || citationsRight === false;

function missText({ judged, diagnosis: { healthy, cause } }: Answered): string {
  const { item, causeRight, citationsRight } = judged;
  const wrong = [
    !judged.stateRight && 'state',
    causeRight === false && 'cause',
    citationsRight === false && 'citations',
  ];
  const said = healthy ? 'healthy' : (cause?.text ?? 'no cause');
  const cited = cause?.citations.map(({ line }) => line).join(' ') ?? '';
  const truth =
    item.cause === null
      ? ''
      : ` (${item.cause.signatures.join(' ')}; lines ${item.cause.lines.map((range) => range.join('-')).join(' ')})`;
  return `${item.id}: ${wrong.filter(Boolean).join(', ')}\n    truth ${item.truth}${truth}\n    said  ${cause?.failure?.id ?? '-'}: ${said} [${cited}]\n`;
}
