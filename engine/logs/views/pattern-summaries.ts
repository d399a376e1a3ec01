import type { PatternSign, PatternSummary } from '../../contract/log-views';
import type { DocumentReader } from '../store/document-reader';
import type { LineList } from './line-list';
import { scan } from './log-scan';
import type { LogFacts } from './log-state';
import { PatternCounts } from './pattern-counts';
import { type PatternFacts, patternSigns } from './pattern-signs';

/** Patterns that have lines in these counts. */
export function factsOf({ patterns }: LogFacts, counts: PatternCounts): PatternFacts[] {
  return patterns
    .filter(({ id }) => (counts.counts[id] ?? 0) > 0)
    .map(({ id, severity }) => ({
      pattern: id,
      severity,
      count: counts.counts[id] ?? 0,
      firstLine: counts.firstLines[id] ?? 0,
      lastLine: counts.lastLines[id] ?? 0,
      spark: counts.spark(id),
    }));
}

/** Counts of the whole log's patterns and what is worth noticing of each. */
export interface PatternOverview {
  readonly counts: PatternCounts;
  readonly facts: readonly PatternFacts[];
  readonly signs: ReadonlyMap<number, readonly PatternSign[]>;
}

export async function patternOverview(reader: DocumentReader, state: LogFacts): Promise<PatternOverview> {
  const counts = await countPatterns(reader, state, null);
  const facts = factsOf(state, counts);
  return { counts, facts, signs: patternSigns(facts, state.lineCount) };
}

export async function countPatterns(
  reader: DocumentReader,
  state: LogFacts,
  list: LineList | null,
  signal?: AbortSignal,
): Promise<PatternCounts> {
  const size = state.patterns.reduce((most, { id }) => Math.max(most, id + 1), 0);
  const counts = new PatternCounts(size, state.patternOfShape, state, list);
  await scan(reader, state, list, [counts], signal);
  return counts;
}

/** Summaries with these counts and the signs of the whole log, most lines first. */
export function summaries(
  state: LogFacts,
  counts: PatternCounts,
  signs: PatternOverview['signs'],
): PatternSummary[] {
  return state.patterns
    .filter(({ id }) => (counts.counts[id] ?? 0) > 0)
    .map(({ id, key, text, severity }) => ({
      pattern: id,
      key,
      text,
      severity,
      count: counts.counts[id] ?? 0,
      firstLine: counts.firstLines[id] ?? 1,
      lastLine: counts.lastLines[id] ?? 1,
      spark: [...counts.spark(id)],
      signs: [...(signs.get(id) ?? [])],
    }))
    .sort((a, b) => b.count - a.count || a.firstLine - b.firstLine);
}
