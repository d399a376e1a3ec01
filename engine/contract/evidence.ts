import { z } from 'zod';
import { LogDocument } from './log-document';
import { LogLine, LogTime, PatternSign, Severity } from './log-views';

/** Why a piece of evidence was picked; the first that holds. */
export const EvidenceReason = z.enum(['known-failure', 'first-error', 'burst', 'rare', 'frequent-error']);
export type EvidenceReason = z.infer<typeof EvidenceReason>;

/** A line pattern that says something about what went wrong: counted, not judged by a model. */
export const EvidenceSubject = z.object({
  reason: EvidenceReason,
  /** Of its lines; of its known failure where that is worse. */
  severity: Severity,
  /** The line pattern, variables masked as <*>. */
  pattern: z.string(),
  /** Lines of this pattern in the whole log, and where they start and end. */
  count: z.number().int(),
  firstLine: z.number().int(),
  lastLine: z.number().int(),
});
export type EvidenceSubject = z.infer<typeof EvidenceSubject>;

/** A known failure (engine/knowledge/signatures) that lines of a piece show. */
export const ShownFailure = z.object({
  id: z.string(),
  title: z.string(),
  severity: z.enum(['fatal', 'error', 'warning']),
  /** A line that shows it; it is among the piece's lines. */
  line: z.number().int(),
});
export type ShownFailure = z.infer<typeof ShownFailure>;

/** One event: its leading pattern with lines that show it, and what else tells of the same. */
export const EvidencePiece = EvidenceSubject.extend({
  signs: z.array(PatternSign),
  /** Line patterns that tell of this event, the leading one counted; others are not pieces of their own. */
  patterns: z.number().int().min(1),
  /** Moments of its first and last line; null where the log has no times. */
  time: z.object({ from: LogTime, to: LogTime }).nullable(),
  /** The most serious first. */
  failures: z.array(ShownFailure),
  /** Lines that show it, in the order of the log; verbatim, cut to a stated length. */
  lines: z.array(LogLine),
  /** Lines just before the first one. */
  before: z.array(LogLine),
});
export type EvidencePiece = z.infer<typeof EvidencePiece>;

/** Ranked evidence out of every line of a log; best first. */
export const EvidencePack = z.object({
  document: LogDocument,
  /** Nothing points to trouble; the rule is `isHealthy` in engine/logs/evidence/. */
  healthy: z.boolean(),
  pieces: z.array(EvidencePiece),
  /** Patterns with signs of trouble beyond the limit of pieces. */
  leftOut: z.number().int(),
  /** Silences far longer than what is usual in this log; `line` is the first one after it. */
  gaps: z.array(z.object({ line: z.number().int(), from: LogTime, to: LogTime })),
});
export type EvidencePack = z.infer<typeof EvidencePack>;
