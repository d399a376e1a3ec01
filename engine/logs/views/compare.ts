import type { Difference, Severity } from '../../contract/log-views';
import { Severity as SeverityEnum } from '../../contract/log-views';
import { quantile } from './order';

/** Patterns of one side by key. */
export interface Side {
  readonly lines: number;
  readonly patterns: ReadonlyMap<string, SidePattern>;
}

export interface SidePattern {
  readonly text: string;
  readonly severity: Severity;
  readonly count: number;
  readonly firstLine: number;
  /** Its lines in equal stretches of the side's lines. */
  readonly spark: readonly number[];
}

/** Share of differences told that may be chance (Benjamini and Hochberg). */
const FALSE_SHARE = 0.02;
/** A change by a smaller factor is not told, however sure. */
const LEAST_FACTOR = 1.5;
/** Lines come in bunches; a pattern counts as having at least one witness for so many lines. */
const MOST_BUNCHED = 10;
/** Patterns with at least this many lines on both sides tell how much longer one side is. */
const STEADY_LINES = 5;
/** Most differences that are told. */
const TOLD = 200;

/**
 * What differs between two sides, telling ones first. A pattern differs where its counts are further apart than
 * chance allows: counts are compared on a logarithmic scale, with the deviation that its lines show from stretch
 * to stretch of its own side (lines that come in bunches prove less than their number), and of all differences
 * told at most 2 % are expected to be chance. How many lines are due is measured by the patterns themselves: their
 * middle ratio, so that one pattern that floods a side does not make all others look rarer.
 */
export function differences(before: Side, after: Side): Difference[] {
  const keys = [...new Set([...before.patterns.keys(), ...after.patterns.keys()])];
  const ratio = usualRatio(before, after, keys);
  const tested = keys.map((key) => test(key, before, after, ratio)).sort((a, b) => a.chance - b.chance);
  let sure = 0;
  tested.forEach(({ chance }, index) => {
    if (chance <= (FALSE_SHARE * (index + 1)) / tested.length) sure = index + 1;
  });
  return tested
    .slice(0, sure)
    .filter(({ factor }) => factor >= LEAST_FACTOR)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, TOLD)
    .map(({ difference }) => difference);
}

/** Lines of a steady pattern on the after side for each one before. */
function usualRatio(before: Side, after: Side, keys: readonly string[]): number {
  const ratios = keys
    .map((key) => [before.patterns.get(key)?.count ?? 0, after.patterns.get(key)?.count ?? 0] as const)
    .filter(([a, b]) => a >= STEADY_LINES && b >= STEADY_LINES)
    .map(([a, b]) => b / a)
    .sort((a, b) => a - b);
  return ratios.length > 0 ? quantile(ratios, 0.5) : after.lines / Math.max(1, before.lines);
}

interface Tested {
  readonly difference: Difference;
  /** Chance of such counts, or ones further apart, without a change. */
  readonly chance: number;
  readonly factor: number;
  readonly weight: number;
}

function test(key: string, before: Side, after: Side, ratio: number): Tested {
  const a = before.patterns.get(key);
  const b = after.patterns.get(key);
  const shown = (b ?? a) as SidePattern;
  const [countBefore, countAfter] = [a?.count ?? 0, b?.count ?? 0];
  const bunched = Math.max(bunching(a), bunching(b));
  // Half a line more on each side, so that none at all has a logarithm too.
  const change = Math.log((countAfter + 0.5) / ((countBefore + 0.5) * ratio));
  const variance = bunched * (1 / (countBefore + 0.5) + 1 / (countAfter + 0.5));
  const deviations = Math.abs(change) / Math.sqrt(variance);
  // For counts of none the logarithm is too cautious: the chance of none where so many are due is exact.
  const due = a ? countBefore * ratio : countAfter / ratio;
  const chance = a && b ? twoSided(deviations) : Math.min(1, 2 * Math.exp(-due / bunched));
  const factor = Math.exp(Math.abs(change));
  const isMore = change > 0;
  return {
    chance,
    factor,
    weight: weightOf(shown.severity, isMore) * Math.log(factor) * Math.log1p(countBefore + countAfter),
    difference: {
      key,
      text: shown.text,
      severity: shown.severity,
      change: a ? (b ? (isMore ? 'more' : 'less') : 'gone') : 'new',
      before: countBefore,
      after: countAfter,
      shareBefore: countBefore / Math.max(1, before.lines),
      shareAfter: countAfter / Math.max(1, after.lines),
      line: shown.firstLine,
    },
  };
}

/** How many times as much as by chance a pattern's lines vary from stretch to stretch; between 1 and MOST_BUNCHED. */
function bunching(pattern: SidePattern | undefined): number {
  if (!pattern || pattern.count < 2) return 1;
  const { spark, count } = pattern;
  const mean = count / spark.length;
  const variance = spark.reduce((sum, lines) => sum + (lines - mean) ** 2, 0) / (spark.length - 1);
  return Math.min(MOST_BUNCHED, Math.max(1, variance / mean));
}

/** Chance that a normal deviate is at least so far from 0 (Abramowitz and Stegun 7.1.26, error below 2e-7). */
function twoSided(deviations: number): number {
  const x = deviations / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return series * Math.exp(-x * x);
}

/** Worse severities tell more, and what comes more than what goes. */
function weightOf(severity: Severity, isMore: boolean): number {
  return (SeverityEnum.options.length - SeverityEnum.options.indexOf(severity)) * (isMore ? 1.5 : 1);
}
