import { z } from 'zod';
import { CALIBRATION_THRESHOLD } from './metrics/scores';
import { Summary } from './metrics/summary';
import type { SuiteResults } from './results-file';

export const SystemResults = z.object({
  name: z.string(),
  index: z.string().nullable(),
  /** Names the items that it was measured on. */
  items: z.string(),
  summaries: z.array(Summary),
  /** What could not be measured, and why. */
  notes: z.array(z.string()),
});
export type SystemResults = z.infer<typeof SystemResults>;

const SPLIT_TITLES = {
  dev: 'Development items',
  held: 'Held-out items (counted only)',
  all: 'All items',
} as const;

/** The suite's results: the systems as data, and one table a split. */
export function commandsReport(
  systems: readonly SystemResults[],
): SuiteResults & { systems: SystemResults[] } {
  return {
    suite: 'commands',
    title: 'Suggested commands',
    notes: [
      'CMD Score: cosine of all-MiniLM-L6-v2 embeddings of command and reference, 0 without an answer. Exact: equal to a ' +
        'reference. Accuracy: equal after normalising space, quoting and options, or the same effect in the fixture. ' +
        'Success: ends with 0 in the sandbox; where nothing is run, parses without an error finding. Output: how alike the ' +
        `printed lines are (Dice). Calibration: CMD Score or Output Score at least ${CALIBRATION_THRESHOLD}. The last two ` +
        'only where commands run; their exact form is ours, after the names in arXiv 2501.13629.',
      ...systems.flatMap(({ name, index, items, notes }) => [
        [`${name}: index ${index ?? 'none'}, items ${items}.`, ...notes].join(' '),
      ]),
    ],
    tables: (['dev', 'held', 'all'] as const).map((split) => ({
      title: SPLIT_TITLES[split],
      columns: COLUMNS.map(({ title }) => title),
      rows: systems.flatMap((system) =>
        system.summaries
          .filter((summary) => summary.split === split)
          .map((summary) => COLUMNS.map(({ read }) => read(system, summary))),
      ),
    })),
    systems: [...systems],
  };
}

interface Column {
  readonly title: string;
  read(system: SystemResults, summary: Summary): string | number | null;
}

const percent = (share: number | null) => (share === null ? null : `${(share * 100).toFixed(1)} %`);
const fixed = (value: number | null) => value?.toFixed(3) ?? null;

const COLUMNS: readonly Column[] = [
  { title: 'System', read: ({ name }) => name },
  { title: 'Part', read: (_, { part }) => part },
  { title: 'Items', read: (_, { items }) => items },
  { title: 'Run', read: (_, { run }) => run },
  { title: 'CMD Score', read: (_, { cmdScore }) => fixed(cmdScore) },
  { title: 'Exact', read: (_, { exactMatch }) => percent(exactMatch) },
  { title: 'Accuracy', read: (_, { accuracy }) => percent(accuracy) },
  { title: 'Success', read: (_, { successRatio }) => percent(successRatio) },
  { title: 'Output', read: (_, { outputScore }) => fixed(outputScore) },
  { title: 'Calibration', read: (_, { calibrationScore }) => percent(calibrationScore) },
  { title: 'Unanswered', read: (_, { items, answered }) => items - answered },
  { title: 'Not parsed', read: (_, { parseErrors }) => parseErrors },
  { title: 'p50 ms', read: (_, { latencyP50Ms }) => latencyP50Ms },
  { title: 'p95 ms', read: (_, { latencyP95Ms }) => latencyP95Ms },
];
