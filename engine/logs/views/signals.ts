import type { LogSignals } from '../../contract/log-views';
import { cutText, type DocumentReader } from '../store/document-reader';
import { GapFinder } from './gaps';
import { scan } from './log-scan';
import type { LogFacts } from './log-state';
import { numberOutliers } from './number-outliers';
import { firstErrorPatterns, tellingness } from './pattern-signs';
import { type PatternOverview, summaries } from './pattern-summaries';
import { unusualBefore, WINDOW_LINES } from './unusual-before';

/** Most patterns and kinds of errors that are told. */
const PATTERNS = 60;
const FIRST_ERRORS = 20;
/** Longest text of a line that is told, in UTF-16 units. */
const TEXT_LIMIT = 1000;

/** What is worth noticing in a whole log. */
export async function logSignals(
  reader: DocumentReader,
  state: LogFacts,
  overview: PatternOverview,
  signal?: AbortSignal,
): Promise<LogSignals> {
  const gaps = state.clock ? new GapFinder(state.clock) : null;
  if (gaps) await scan(reader, state, null, [gaps], signal);
  const patterns = summaries(state, overview.counts, overview.signs)
    .map((summary) => ({ summary, weight: tellingness(summary, summary.signs) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, PATTERNS)
    .map(({ summary }) => summary);
  return {
    gaps: gaps?.finish() ?? [],
    patterns,
    outliers: await numberOutliers(reader, state, overview.counts.counts, signal),
    firstErrors: await firstErrors(reader, state, overview),
  };
}

async function firstErrors(
  reader: DocumentReader,
  state: LogFacts,
  { facts, counts }: PatternOverview,
): Promise<LogSignals['firstErrors']> {
  const told: LogSignals['firstErrors'] = [];
  for (const { pattern, firstLine } of firstErrorPatterns(facts, FIRST_ERRORS)) {
    const from = Math.max(1, firstLine - WINDOW_LINES);
    const rows = await reader.lines(from, firstLine - from + 1);
    const before = unusualBefore(
      rows.filter(({ number }) => number < firstLine),
      pattern,
      (id) => counts.counts[id] ?? 0,
      state.lineCount,
    );
    told.push({
      pattern,
      text: state.patterns.find(({ id }) => id === pattern)?.text ?? '',
      line: firstLine,
      before: before.map(({ number, text, severity }) => ({
        number,
        text: cutText(text, TEXT_LIMIT),
        severity,
      })),
    });
  }
  return told;
}
