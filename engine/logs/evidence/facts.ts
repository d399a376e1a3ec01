import type { EvidenceReason, PatternSign, Severity, ShownFailure } from '../../contract/logs';

/** A known failure in a line, and whether any program can have it. */
export interface FoundFailure extends ShownFailure {
  readonly generic: boolean;
}

/** What is known of a line pattern when evidence is picked. Line numbers count from 1. */
export interface PatternFacts {
  readonly id: number;
  /** Of its lines, or of a known failure in them where that is worse. */
  readonly severity: Severity;
  readonly text: string;
  readonly count: number;
  readonly firstLine: number;
  readonly lastLine: number;
  /** Moment of its first line, in milliseconds; null where the log has no times. */
  readonly firstTime: number | null;
  /** Its busiest stretch of `stretchWidth` lines; null where it has too few lines to burst. */
  readonly peak: { readonly lines: number; readonly firstLine: number } | null;
  readonly signs: readonly PatternSign[];
  /** The most serious first. */
  readonly failures: readonly FoundFailure[];
  /** Lines that show it besides its first one: of its records, of patterns that tell of the same. */
  readonly samples: readonly number[];
}

/** A pattern that leads a piece of evidence. */
export interface Pick {
  readonly pattern: PatternFacts;
  readonly reason: EvidenceReason;
  readonly score: number;
  /** Patterns that tell of its event, itself counted. */
  readonly patterns: number;
}

const ORDER: readonly Severity[] = ['fatal', 'error', 'warning', 'none', 'info', 'debug'];

export function worse(a: Severity, b: Severity): Severity {
  return ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b;
}

export function isTrouble(severity: Severity): boolean {
  return severity === 'fatal' || severity === 'error' || severity === 'warning';
}

export function isError(severity: Severity): boolean {
  return severity === 'fatal' || severity === 'error';
}

/** Failures of both, each once, the specific and serious ones first. */
export function joinFailures(a: readonly FoundFailure[], b: readonly FoundFailure[]): FoundFailure[] {
  const all = new Map<string, FoundFailure>();
  for (const each of [...a, ...b]) if (!all.has(each.id)) all.set(each.id, each);
  return [...all.values()].sort(
    (x, y) => Number(x.generic) - Number(y.generic) || ORDER.indexOf(x.severity) - ORDER.indexOf(y.severity),
  );
}
