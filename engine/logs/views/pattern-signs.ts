import type { PatternSign, Severity } from '../../contract/log-views';
import { lowestOf } from './order';

/** A pattern as it is in the whole log. Lines count from 1. */
export interface PatternFacts {
  readonly pattern: number;
  readonly severity: Severity;
  readonly count: number;
  readonly firstLine: number;
  readonly lastLine: number;
  /** Its lines in equal parts of the log. */
  readonly spark: ArrayLike<number>;
}

/** A pattern of at most this many lines is rare, in a log of at least so many. */
const RARE_LINES = 3;
const RARE_LOG_LINES = 1000;
/** Kinds of errors that count as the first ones. */
const FIRST_ERRORS = 5;
/** A pattern must come at least so often to begin or to stop, and in so many parts of the log to stop. */
const CHANGE_LINES = 4;
const STOP_PARTS = 3;
/** Chance that a pattern which comes at any time keeps to one end of the log: below it, that says something. */
const CHANCE: Readonly<Record<'trouble' | 'other', number>> = { trouble: 0.01, other: 0.001 };
/** A burst: at least so many lines in one part, this share of all, so many times what is due, so many deviations. */
const BURST = { lines: 8, share: 0.3, lift: 4, deviations: 6 };

/**
 * What is worth noticing of each pattern, by its id.
 *
 * - new, vanished: it keeps to the end, or the beginning, of the log, and one that comes at any time would hardly
 *   do so by chance. Lines of one part of the log are no independent witnesses: each part counts at most twice.
 * - rare: at most three lines in a log of a thousand or more.
 * - burst: far more lines in one part of the log than its share of the log's other lines there lets expect.
 * - first-error: one of the five kinds of error (of warning where there is none) that came first.
 */
export function patternSigns(
  patterns: readonly PatternFacts[],
  lineCount: number,
): Map<number, PatternSign[]> {
  const totals = partTotals(patterns);
  const firstErrors = new Set(firstErrorPatterns(patterns, FIRST_ERRORS).map(({ pattern }) => pattern));
  return new Map(
    patterns.map((facts) => {
      const signs: PatternSign[] = [];
      if (firstErrors.has(facts.pattern)) signs.push('first-error');
      if (isNew(facts, lineCount)) signs.push('new');
      if (isVanished(facts, lineCount)) signs.push('vanished');
      if (facts.count <= RARE_LINES && lineCount >= RARE_LOG_LINES) signs.push('rare');
      if (isBurst(facts, totals)) signs.push('burst');
      return [facts.pattern, signs];
    }),
  );
}

/** Kinds of error, or of warning where there is no error, in the order of their first lines. */
export function firstErrorPatterns<T extends Pick<PatternFacts, 'severity' | 'firstLine'>>(
  patterns: readonly T[],
  most: number,
): T[] {
  const errors = patterns.filter(({ severity }) => severity === 'fatal' || severity === 'error');
  const trouble = errors.length > 0 ? errors : patterns.filter(({ severity }) => severity === 'warning');
  return lowestOf(trouble, ({ firstLine }) => firstLine, most);
}

export function isTrouble(severity: Severity): boolean {
  return severity === 'fatal' || severity === 'error' || severity === 'warning';
}

function isNew(facts: PatternFacts, lineCount: number): boolean {
  return keepsTo((lineCount - facts.firstLine + 1) / lineCount, facts);
}

function isVanished(facts: PatternFacts, lineCount: number): boolean {
  // Lines of a start-up are done and do not stop; what stops has been coming for a while.
  return usedParts(facts) >= STOP_PARTS && keepsTo(facts.lastLine / lineCount, facts);
}

/** Whether lines at any time would all fall into this share of the log by chance alone, hardly ever. */
function keepsTo(share: number, facts: PatternFacts): boolean {
  if (facts.count < CHANGE_LINES || share > 0.5) return false;
  const witnesses = Math.min(facts.count, 2 * usedParts(facts));
  return share ** witnesses <= CHANCE[isTrouble(facts.severity) ? 'trouble' : 'other'];
}

function usedParts({ spark }: PatternFacts): number {
  let used = 0;
  for (let part = 0; part < spark.length; part++) if ((spark[part] ?? 0) > 0) used++;
  return used;
}

function isBurst({ count, spark }: PatternFacts, totals: Float64Array): boolean {
  if (count < BURST.lines) return false;
  const others = totals.reduce((sum, total) => sum + total, 0) - count;
  for (let part = 0; part < spark.length; part++) {
    const lines = spark[part] ?? 0;
    if (lines < BURST.lines || lines < BURST.share * count) continue;
    // Half by the other lines of that part, half evenly: a part that no other line falls into proves little.
    const share = others > 0 ? ((totals[part] ?? 0) - lines) / others : 1 / spark.length;
    const due = count * (share / 2 + 1 / spark.length / 2);
    if (lines >= BURST.lift * due && (lines - due) / Math.sqrt(due + 1) >= BURST.deviations) return true;
  }
  return false;
}

function partTotals(patterns: readonly PatternFacts[]): Float64Array {
  const totals = new Float64Array(patterns[0]?.spark.length ?? 0);
  for (const { spark } of patterns) {
    for (let part = 0; part < totals.length; part++) totals[part] = (totals[part] ?? 0) + (spark[part] ?? 0);
  }
  return totals;
}

/** How telling each sign is, and each severity. */
const SIGN_WEIGHT: Readonly<Record<PatternSign, number>> = {
  'first-error': 3,
  new: 3,
  burst: 2,
  vanished: 2,
  rare: 1,
};
const SEVERITY_WEIGHT: Readonly<Record<Severity, number>> = {
  fatal: 6,
  error: 4,
  warning: 2,
  none: 0.6,
  info: 0.5,
  debug: 0.3,
};

/** How telling a pattern is by its signs; 0 without any. */
export function tellingness(
  { severity }: Pick<PatternFacts, 'severity'>,
  signs: readonly PatternSign[],
): number {
  return SEVERITY_WEIGHT[severity] * signs.reduce((sum, sign) => sum + SIGN_WEIGHT[sign], 0);
}
