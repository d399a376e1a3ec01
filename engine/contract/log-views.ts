import { z } from 'zod';
import { NOTE_LENGTH, SEARCH_LENGTH } from './limits';

/** Shapes of what the views of a log ask for and show. The calls are in logs.ts. */

export const Severity = z.enum(['fatal', 'error', 'warning', 'info', 'debug', 'none']);
export type Severity = z.infer<typeof Severity>;

/** Milliseconds since 1970, UTC. Lines whose clock names no zone are read as UTC. */
export const LogTime = z.number();
/** Numbers of lines and rows count from 1. */
const LineNumber = z.number().int().min(1);
const Count = z.number().int().min(0);

/** One physical line. */
export const LogLine = z.object({
  number: LineNumber,
  text: z.string(),
  severity: Severity,
});
export type LogLine = z.infer<typeof LogLine>;

/** A line as a view shows it. */
export const LogRow = LogLine.extend({
  /** Place in the view that it was asked from; the line's own number where that is the whole log. */
  row: LineNumber,
  /** Of its own header; null where it has none, as lines of a stack trace. */
  time: LogTime.nullable(),
  pattern: Count,
  /** It belongs to the record that an earlier line began. */
  continues: z.boolean(),
  /** Place in the document's `sources`. */
  source: Count,
});
export type LogRow = z.infer<typeof LogRow>;

/** What is looked for in lines: plain text, or a regular expression as RE2 has them. */
export const LogQuery = z.object({
  text: z.string().min(1).max(SEARCH_LENGTH),
  regex: z.boolean().default(false),
  matchCase: z.boolean().default(false),
});
export type LogQuery = z.infer<typeof LogQuery>;

/** Lines that a view shows: those that every given part lets through. */
export const LogFilter = z.object({
  severities: z.array(Severity).optional(),
  /** A line must match one of these, where there are any. */
  include: z.array(LogQuery).max(20).default([]),
  /** A line that matches one of these is not shown. */
  exclude: z.array(LogQuery).max(20).default([]),
  onlyPatterns: z.array(Count).max(1000).optional(),
  hidePatterns: z.array(Count).max(1000).default([]),
  /** From, inclusive, to, exclusive. Lines without a time count as the line before them. */
  time: z.object({ from: LogTime.nullable(), to: LogTime.nullable() }).optional(),
  lines: z.object({ from: LineNumber, to: LineNumber }).optional(),
  onlyBookmarked: z.boolean().default(false),
});
export type LogFilter = z.infer<typeof LogFilter>;

/** A filtered list of lines, kept by the log process until the document changes or others push it out. */
export const ViewId = z.string().regex(/^[a-z0-9]{1,32}$/);

export const Histogram = z.object({
  /** By time where the log has times, else by line number. */
  axis: z.enum(['time', 'line']),
  /** Width of a bucket: milliseconds or lines. */
  step: z.number(),
  /** Where each bucket starts, and its lines by severity, in the order of `Severity`. Empty ones are there too. */
  buckets: z.array(
    z.object({ start: z.number(), firstLine: LineNumber.nullable(), counts: z.array(Count).length(6) }),
  ),
});
export type Histogram = z.infer<typeof Histogram>;

/** What is worth noticing of a pattern. */
export const PatternSign = z.enum(['new', 'vanished', 'rare', 'burst', 'first-error']);
export type PatternSign = z.infer<typeof PatternSign>;

export const PatternSummary = z.object({
  pattern: Count,
  /** The same for the same template in every log and on every machine. */
  key: z.string(),
  text: z.string(),
  severity: Severity,
  count: Count,
  firstLine: LineNumber,
  lastLine: LineNumber,
  /** Lines in each of equal parts of the log, by time or line as the histogram. */
  spark: z.array(Count),
  signs: z.array(PatternSign),
});
export type PatternSummary = z.infer<typeof PatternSummary>;

/** A number inside a pattern whose values say something: a latency, a size. */
export const NumberOutlier = z.object({
  pattern: Count,
  text: z.string(),
  /** Which masked place of the pattern, from 0, and the unit that is written behind it, if any. */
  place: Count,
  unit: z.string(),
  line: LineNumber,
  value: z.number(),
  median: z.number(),
  p95: z.number(),
});
export type NumberOutlier = z.infer<typeof NumberOutlier>;

export const LogSignals = z.object({
  /** Silences far longer than what is usual in this log; `line` is the first one after it. */
  gaps: z.array(z.object({ line: LineNumber, from: LogTime, to: LogTime })),
  /** Patterns with a sign, the most telling first. */
  patterns: z.array(PatternSummary),
  outliers: z.array(NumberOutlier),
  /** First line of each kind of error, with lines just before it that are not usual there. */
  firstErrors: z.array(
    z.object({ pattern: Count, text: z.string(), line: LineNumber, before: z.array(LogLine) }),
  ),
});
export type LogSignals = z.infer<typeof LogSignals>;

/** One pattern in two logs or two ranges of one log. */
export const Difference = z.object({
  key: z.string(),
  text: z.string(),
  severity: Severity,
  change: z.enum(['new', 'gone', 'more', 'less']),
  /** Lines of it on each side, and its share of that side's lines. */
  before: Count,
  after: Count,
  shareBefore: z.number(),
  shareAfter: z.number(),
  /** First line of it where it stands: on the after side unless it is gone. */
  line: LineNumber,
});
export type Difference = z.infer<typeof Difference>;

export const SqlValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const SqlResult = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.enum(['number', 'text', 'time', 'boolean']) })),
  rows: z.array(z.array(SqlValue)),
  /** There were more rows than are shown. */
  cut: z.boolean(),
  ms: z.number(),
});
export type SqlResult = z.infer<typeof SqlResult>;

export const Bookmark = z.object({ line: LineNumber, note: z.string().max(NOTE_LENGTH) });
export type Bookmark = z.infer<typeof Bookmark>;
