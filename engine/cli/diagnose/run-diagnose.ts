import type { AssistantEvent } from '../../contract/assistant';
import type { Citation, Diagnosis } from '../../contract/diagnosis';
import { type OnceLog, type OnceSource, readOnce } from '../../logs/read-once';
import type { Engine } from '../../runtime/engine';
import type { Command } from '../options';
import type { Progress } from '../progress';
import type { openKnowledge } from '../suggest';
import { diagnoseLog } from './diagnose-log';
import { type Diagnosed, diagnosisJson } from './diagnosis-json';
import { diagnosisText } from './diagnosis-text';

export interface DiagnoseContext {
  readonly loadEngine: () => Promise<Engine>;
  readonly openKnowledge: () => ReturnType<typeof openKnowledge>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly emit: (event: AssistantEvent) => void;
}

/** Diagnoses one log, of one or several files, and prints it. Returns the exit status. */
export async function runDiagnose(
  { files, question, evidence: wantsEvidence, shared }: Extract<Command, { name: 'diagnose' }>,
  { loadEngine, openKnowledge, progress, signal, emit }: DiagnoseContext,
): Promise<number> {
  const source: OnceSource =
    files[0] === '-'
      ? { kind: 'stream', name: 'stdin', stream: process.stdin }
      : { kind: 'files', paths: files };
  // All three take a moment and none needs another; what fails first is told.
  const checker = openKnowledge();
  const engine = shared.ai ? loadEngine() : Promise.resolve(null);
  engine.catch(() => undefined);
  checker.catch(() => undefined);
  const diagnosed = await readOnce(
    source,
    {
      signal,
      scanWorker: new URL('./logs-scan-worker.js', import.meta.url),
      onProgress: ({ bytesDone, bytesTotal }) => progress.update('Reading', bytesDone, bytesTotal),
    },
    async (log): Promise<Diagnosed> => {
      // Citations name the file as the person did.
      const name = files[0] === '-' ? 'stdin' : files.join(', ');
      const setting = { engine: await engine, checker: await checker };
      const { diagnosis, evidence } = await diagnoseLog(log, name, question, setting, { signal, emit });
      return { diagnosis: files.length > 1 ? await inFiles(diagnosis, log, files) : diagnosis, evidence };
    },
  );
  progress.end();
  process.stdout.write(
    shared.json
      ? `${JSON.stringify(diagnosisJson(diagnosed))}\n`
      : diagnosisText(diagnosed, { evidence: wantsEvidence, columns: process.stdout.columns ?? 80 }),
  );
  return 0;
}

/** Citations of a log of several files name the file and the line in it. */
async function inFiles(diagnosis: Diagnosis, log: OnceLog, files: readonly string[]): Promise<Diagnosis> {
  const all = citationsOf(diagnosis);
  const places = await log.places([...new Set(all.map(({ line }) => line))]);
  const placed = (citation: Citation): Citation => {
    const place = places.get(citation.line);
    const file = place && files[place.source];
    return place && file ? { ...citation, file, line: place.line } : citation;
  };
  const within = <T extends { readonly citations: readonly Citation[] }>(part: T) => ({
    ...part,
    citations: part.citations.map(placed),
  });
  const { what, answer, cause, when, findings } = diagnosis;
  return {
    ...diagnosis,
    what: what.map(within),
    answer: answer.map(within),
    cause: cause && within(cause),
    when: when && within(when),
    findings: findings.map(within),
  };
}

function citationsOf({ what, answer, cause, when, findings }: Diagnosis): Citation[] {
  return [...what, ...answer, ...(cause ? [cause] : []), ...(when ? [when] : []), ...findings].flatMap(
    ({ citations }) => citations,
  );
}
