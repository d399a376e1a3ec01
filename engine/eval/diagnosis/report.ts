import { z } from 'zod';
import type { SuiteResults } from '../results-file';
import { DiagnosisSummary } from './summary';

export const DiagnosisSystem = z.object({
  name: z.string(),
  /** Names the items that it was measured on. */
  items: z.string(),
  /** Names the model's weights; null without a model. */
  model: z.string().nullable(),
  summaries: z.array(DiagnosisSummary),
  /** Causes right when each answer is judged by another item's truth: what luck and broad words give. */
  shuffled: z.number().nullable(),
});
export type DiagnosisSystem = z.infer<typeof DiagnosisSystem>;

const percent = (value: number | null) => (value === null ? null : `${(value * 100).toFixed(1)} %`);

const FAILING: readonly [
  string,
  (system: DiagnosisSystem, group: DiagnosisSummary) => string | number | null,
][] = [
  ['System', ({ name }) => name],
  ['Group', (_, { group }) => group],
  ['Failing logs', (_, { failing }) => failing],
  ['Called failing', (_, { failingCalledFailing }) => percent(failingCalledFailing)],
  ['Cause named', (_, { causeNamed }) => percent(causeNamed)],
  ['Cause right', (_, { causeRight }) => percent(causeRight)],
  ['Citations right', (_, { citationsRight }) => percent(citationsRight)],
  ['One right', (_, { citationsTouch }) => percent(citationsTouch)],
  ['Claims borne out', (_, { claimsBorneOut }) => percent(claimsBorneOut)],
  ['p50 ms', (_, { latencyP50Ms }) => latencyP50Ms],
  ['p95 ms', (_, { latencyP95Ms }) => latencyP95Ms],
];
const HEALTHY: typeof FAILING = [
  ['System', ({ name }) => name],
  ['Group', (_, { group }) => group],
  ['Healthy logs', (_, { healthy }) => healthy],
  ['Called healthy', (_, { healthyCalledHealthy }) => percent(healthyCalledHealthy)],
];

/** The suite's results: the systems as data, and one table each for failing and healthy logs. */
export function diagnosisReport(
  systems: readonly DiagnosisSystem[],
): SuiteResults & { systems: DiagnosisSystem[] } {
  const table = (title: string, columns: typeof FAILING, has: (group: DiagnosisSummary) => boolean) => ({
    title,
    columns: columns.map(([name]) => name),
    rows: systems.flatMap((system) =>
      system.summaries.filter(has).map((group) => columns.map(([, read]) => read(system, group))),
    ),
  });
  return {
    suite: 'diagnosis',
    title: 'Log diagnosis',
    notes: [
      'Each log is read and explained as `sigma-ops diagnose --json` does. Real logs were written by programs that were made ' +
        'to fail (or ran well) on one machine; generated ones mix a failure, written in its program’s form, with ordinary ' +
        'lines, consequences and lines that only look like trouble. Reserved: of a failure or a form that no training data ' +
        'may use (engine/eval/diagnosis/reserved.json).',
      'Cause right: the named cause is an accepted known failure, or its words say what truly happened. Citations right: of ' +
        'the logs with a named cause, all cited lines of the cause show it (one right: at least one does); a consequence ' +
        'does not count. Claims borne out: of all sentences and findings, those that cite lines which are there, read as ' +
        'shown and, where a known failure is named, show it. Times: reading the log and explaining it.',
      ...systems.map(
        ({ name, items, model, shuffled }) =>
          `${name}: items ${items}${model === null ? '' : `, model ${model}`}. Control: with the answers of other logs ` +
          `${percent(shuffled) ?? 'nothing'} of the causes would be right.`,
      ),
    ],
    tables: [
      table('Failing logs', FAILING, ({ failing }) => failing > 0),
      table('Healthy logs', HEALTHY, ({ healthy }) => healthy > 0),
    ],
    systems: [...systems],
  };
}
