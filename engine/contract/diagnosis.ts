import { z } from 'zod';
import { EvidenceSubject } from './evidence';
import { LogLine, LogTime } from './log-views';
import { CommandSuggestion, Source } from './suggestion';

export const Citation = z.object({ file: z.string(), line: z.number().int().min(1), text: z.string() });
export type Citation = z.infer<typeof Citation>;

export const Confidence = z.enum(['low', 'medium', 'high']);
export type Confidence = z.infer<typeof Confidence>;

/** One sentence about a log with the lines that bear it out. */
export const Sentence = z.object({
  text: z.string(),
  source: Source,
  citations: z.array(Citation),
  /** Why its lines do not bear it out, as code found; null where they do. */
  unsupported: z.string().nullable(),
});
export type Sentence = z.infer<typeof Sentence>;

/** A known failure that is named as a cause; title and `source` as its data has them. */
export const NamedFailure = z.object({ id: z.string(), title: z.string(), source: z.string() });
export type NamedFailure = z.infer<typeof NamedFailure>;

export const Cause = Sentence.extend({
  /** Computed: by the kind of failure that is shown and by what its lines bear out; the rule is in confidence.ts. */
  confidence: Confidence,
  /** Why it is that sure, for people. */
  because: z.string(),
  /** The known failure that it is; null where the log shows none. */
  failure: NamedFailure.nullable(),
});
export type Cause = z.infer<typeof Cause>;

/** One thing that the log shows: a piece of evidence and what is known or said of it. */
export const Finding = z.object({
  /** Its place among the pieces of evidence, from 1; null for an answer to the person's question. */
  piece: z.number().int().nullable(),
  subject: EvidenceSubject.nullable(),
  claim: z.string(),
  source: Source,
  confidence: Confidence,
  citations: z.array(Citation),
  failure: NamedFailure.nullable(),
});
export type Finding = z.infer<typeof Finding>;

/** Something to look at next, in words. */
export const Check = z.object({ text: z.string(), source: Source, piece: z.number().int() });
export type Check = z.infer<typeof Check>;

export const Diagnosis = z.object({
  healthy: z.boolean(),
  /** The whole in one or two sentences of counts; always from data. */
  summary: z.string(),
  summarySource: Source,
  /** What happened, in order. */
  what: z.array(Sentence),
  /** From the first to the last line of what happened; null where lines have no times. */
  when: z.object({ from: LogTime, to: LogTime, citations: z.array(Citation) }).nullable(),
  /** Null for a healthy log, and where nothing in it says why. */
  cause: Cause.nullable(),
  /** To the person's question; empty without one. */
  answer: z.array(Sentence),
  checks: z.array(Check),
  commands: z.array(CommandSuggestion),
  /** The pieces of evidence that the diagnosis rests on, the most telling first. */
  findings: z.array(Finding),
  /** Sentences of the model that were left out, as their lines do not bear them out. */
  dropped: z.number().int(),
  /** Every line that the model was shown. */
  linesSeen: z.array(LogLine),
  /** Pieces of evidence that the model was not shown. */
  piecesLeftOut: z.number().int(),
  /** Exactly what the model was given; empty where it was not asked. */
  prompts: z.array(z.string()),
});
export type Diagnosis = z.infer<typeof Diagnosis>;
