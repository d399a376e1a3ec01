import { z } from 'zod';
import { LogTime, Severity } from './log-views';

export const DocumentId = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** A file, paste or stream that lines of a document come from. */
export const LogSourceInfo = z.object({
  name: z.string(),
  /** Absolute path; null for pastes and streams. */
  path: z.string().nullable(),
});
export type LogSourceInfo = z.infer<typeof LogSourceInfo>;

/** A log that was opened or pasted. The original bytes are never changed. */
export const LogDocument = z.object({
  id: DocumentId,
  /** What the person sees: the file's name, or 'Pasted log'. */
  name: z.string(),
  /** Absolute path of the file it was read from; null for pastes, stdin and merged files. */
  path: z.string().nullable(),
  /** Where lines come from, in the order they were given: rotated files of one log, or several logs merged by time. */
  sources: z.array(LogSourceInfo).min(1),
  /** 'reading': lines so far can be looked at, patterns and counts are of those. 'following': waits for more lines. */
  state: z.enum(['reading', 'ready', 'following']),
  /** Name of the recognised form, such as 'syslog (RFC 3164)'; 'plain text' where none is. */
  format: z.string(),
  bytes: z.number().int(),
  lineCount: z.number().int(),
  /** First and last moment that a line names; null where lines have no times. */
  time: z.object({ from: LogTime, to: LogTime }).nullable(),
  severities: z.record(Severity, z.number().int()),
  /** Number of distinct line patterns. */
  patternCount: z.number().int(),
  /** Things the person should know: invalid UTF-8 replaced, lines cut in the view, … */
  warnings: z.array(z.string()),
});
export type LogDocument = z.infer<typeof LogDocument>;
