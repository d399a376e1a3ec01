import { z } from 'zod';

/** Severity that a failure has where its line gives none of its own. */
export const FailureSeverity = z.enum(['fatal', 'error', 'warning']);

/** A failure that is known by what it writes into logs; everything here is told to the person as it stands. */
export const Signature = z.strictObject({
  /** Stable name: area, then what happened. */
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)+$/),
  /** What a person would call it, as a heading. */
  title: z.string().min(8).max(90),
  severity: FailureSeverity,
  match: z.strictObject({
    /** A text that every matching line holds, in lower case: lines without it are not tried. */
    needs: z.string().min(3),
    /** A regular expression without look-around and back references (RE2), tried without regard to case. */
    pattern: z.string().min(4),
    /** Lines that hold this are not meant: the same words in a harmless sense. */
    unless: z.string().min(3).optional(),
  }),
  /** What the line means and what it usually comes from: one to three sentences. */
  cause: z.string().min(30).max(500),
  /** What to look at next, the likeliest first. */
  check: z.array(z.string().min(10).max(200)).min(1).max(5),
  /** Commands that show more; they look and change nothing. UPPER_CASE words are placeholders. */
  commands: z
    .array(z.strictObject({ command: z.string().min(2), why: z.string().min(5).max(120) }))
    .min(1)
    .max(3),
  /** Whose documentation the facts are from. */
  source: z.string().min(3).max(120),
  /** A line as the program writes it, and one that shares its words and must not match. */
  matching: z.string().min(5),
  nearMiss: z.string().min(5),
});
export type Signature = z.infer<typeof Signature>;

export const SignatureFile = z.array(Signature);
