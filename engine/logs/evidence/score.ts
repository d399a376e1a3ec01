import type { EvidenceReason, Severity } from '../../contract/logs';
import { joinEvents } from './events';
import { isError, isTrouble, type PatternFacts, type Pick } from './facts';

/** Most pieces in a pack. */
export const PIECE_LIMIT = 30;
/** Pieces that are no trouble themselves but stand near it. */
const CONTEXT_LIMIT = 6;
/** Error patterns that are given as the first ones. */
const FIRST_LIMIT = 5;
/** A pattern with fewer lines cannot burst. */
export const BURST_LINES = 8;
/** How much denser than on average a burst's stretch is. */
const BURST_LIFT = 4;
/** A pattern with at most this many lines is rare. */
const RARE_LINES = 3;
/** How close before the first error a rare harmless line is worth showing. */
const NEAR_LINES = 50;

const WEIGHT: Readonly<Record<Severity, number>> = {
  fatal: 6,
  error: 4,
  warning: 2,
  none: 0.5,
  info: 0.4,
  debug: 0.2,
};
/** What a known failure adds, by how serious it is; a generic one adds a third: it says what was felt, not why. */
const FAILURE_BONUS = { fatal: 4, error: 3, warning: 1 } as const;
const GENERIC_SHARE = 1 / 3;

export interface Picked {
  readonly picks: readonly Pick[];
  /** Patterns with signs of trouble beyond the limit. */
  readonly leftOut: number;
}

/** Lines in one of the stretches that bursts are looked for in. */
export function stretchWidth(lineCount: number): number {
  return Math.max(50, Math.ceil(lineCount / 200));
}

/**
 * Ranks the patterns that say something about what went wrong, best first, at most PIECE_LIMIT; those that tell of one
 * event are joined. A worse severity, a known failure, a rarer pattern, many lines within a short part of the log, and
 * being among the first errors (the likely cause) each raise a pattern; errors that run evenly through the whole log are
 * its background and sink.
 */
export function pickEvidence(patterns: readonly PatternFacts[], lineCount: number): Picked {
  const trouble = patterns.filter(({ severity }) => isTrouble(severity));
  const errors = trouble.filter(({ severity }) => isError(severity));
  const order = [...(errors.length > 0 ? errors : trouble)].sort((a, b) => a.firstLine - b.firstLine);
  const place = new Map(order.slice(0, FIRST_LIMIT).map((pattern, index) => [pattern.id, index]));

  const picks = trouble.map((pattern) => scored(pattern, lineCount, place.get(pattern.id))).sort(best);
  const firstLine = order[0]?.firstLine ?? 0;
  const context = patterns
    .filter((pattern) => !isTrouble(pattern.severity) && isContext(pattern, lineCount, firstLine))
    .map((pattern) => scored(pattern, lineCount, undefined))
    .sort(best);
  const events = joinEvents(picks);
  const near = joinEvents(context).slice(0, CONTEXT_LIMIT);
  const kept = events.slice(0, PIECE_LIMIT - near.length);
  return { picks: [...kept, ...near], leftOut: events.length - kept.length };
}

/** Harmless lines that may still tell something: bursts, and rare ones just before the first error. */
function isContext(pattern: PatternFacts, lineCount: number, firstTrouble: number): boolean {
  if (burst(pattern, lineCount) > 0) return true;
  const distance = firstTrouble - pattern.firstLine;
  return pattern.count <= RARE_LINES && distance > 0 && distance <= NEAR_LINES;
}

/** Letters in words: a ruler of signs says nothing by itself. */
const wordless = (text: string) => (text.match(/[A-Za-z]{3,}/g)?.length ?? 0) < 2;

function scored(pattern: PatternFacts, lineCount: number, place: number | undefined): Pick {
  const rarity = 1 - Math.log1p(pattern.count) / Math.log1p(Math.max(lineCount, 2));
  const bursting = burst(pattern, lineCount);
  const first = place === undefined ? 0 : 1 / (1 + place);
  const steady = bursting === 0 && isSteady(pattern, lineCount) ? 0.7 : 1;
  const said = wordless(pattern.text) && pattern.failures.length === 0 ? 0.5 : 1;
  const weight = WEIGHT[pattern.severity] * (0.6 + 0.4 * rarity + bursting * (0.4 + (1 - rarity)));
  const score = (weight + failureBonus(pattern)) * steady * said + first;
  return { pattern, score, reason: reason(pattern, bursting, place), patterns: 1 };
}

function failureBonus({ failures: [worst] }: PatternFacts): number {
  if (!worst) return 0;
  return FAILURE_BONUS[worst.severity] * (worst.generic ? GENERIC_SHARE : 1);
}

function reason(pattern: PatternFacts, bursting: number, place: number | undefined): EvidenceReason {
  if (pattern.failures.length > 0) return 'known-failure';
  if (place !== undefined) return 'first-error';
  if (bursting > 0) return 'burst';
  return pattern.count <= RARE_LINES || !isTrouble(pattern.severity) ? 'rare' : 'frequent-error';
}

/**
 * 0 for no burst, up to 1 for all lines of a pattern in one short part of a long log: most of them in one
 * stretch, or all of them within a span that is short against the log.
 */
function burst(pattern: PatternFacts, lineCount: number): number {
  const { peak, count, firstLine, lastLine } = pattern;
  if (count < BURST_LINES) return 0;
  const inStretch = peak && peak.lines >= BURST_LINES && peak.lines * 2 >= count;
  const stretchLift = inStretch ? (peak.lines * lineCount) / (count * stretchWidth(lineCount)) : 0;
  const lift = Math.max(stretchLift, lineCount / (lastLine - firstLine + 1));
  return lift < BURST_LIFT ? 0 : Math.min(1, Math.log2(lift) / 6);
}

function isSteady({ count, firstLine, lastLine }: PatternFacts, lineCount: number): boolean {
  return count >= 20 && firstLine <= lineCount * 0.05 && lastLine >= lineCount * 0.95;
}

function best(a: Pick, b: Pick): number {
  return b.score - a.score || a.pattern.firstLine - b.pattern.firstLine;
}
