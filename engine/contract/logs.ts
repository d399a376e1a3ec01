import { z } from 'zod';
import { Diagnosis } from './diagnosis';
import { EvidencePack } from './evidence';
import {
  FILES_PER_LOG,
  LINES_PER_CALL,
  NOTE_LENGTH,
  PASTED_LOG_LENGTH as PASTE_LIMIT,
  PATH_LENGTH,
  SQL_LENGTH,
} from './limits';
import { DocumentId, LogDocument } from './log-document';
import {
  Bookmark,
  Difference,
  Histogram,
  LogFilter,
  LogQuery,
  LogRow,
  LogSignals,
  PatternSummary,
  SqlResult,
  ViewId,
} from './log-views';
import type { ServiceContract } from './rpc';

export {
  EvidencePack,
  EvidencePiece,
  EvidenceReason,
  EvidenceSubject,
  ShownFailure,
} from './evidence';
export {
  LINE_LENGTH_SHOWN as LINE_VIEW_LIMIT,
  LINES_PER_CALL,
  PASTED_LOG_LENGTH as PASTE_LIMIT,
  SQL_ROWS,
} from './limits';
export { DocumentId, LogDocument, LogSourceInfo } from './log-document';
export { LogLine, PatternSign, Severity } from './log-views';

export const IngestProgress = z.object({
  bytesDone: z.number().int(),
  bytesTotal: z.number().int(),
  lines: z.number().int(),
  /** The document as it can be looked at now; with the first screen, then from time to time. Null before. */
  document: LogDocument.nullable(),
});
export type IngestProgress = z.infer<typeof IngestProgress>;

const id = DocumentId;
const line = z.number().int().min(1);
const count = z.number().int().min(1).max(LINES_PER_CALL);
/** Lines found: how many so far while they are counted. */
const Found = z.object({ count: z.number().int(), done: z.number().min(0).max(1) });

/** The log process: everything about documents. */
export const logsService = {
  open: {
    params: z.discriminatedUnion('kind', [
      /** Several paths are one log: rotated files in a row, else merged by time. */
      z.object({
        kind: z.literal('file'),
        paths: z.array(z.string().min(1).max(PATH_LENGTH)).min(1).max(FILES_PER_LOG),
        /** Goes on reading what is appended, through rotation and truncation, until the document is closed. */
        follow: z.boolean().default(false),
        /** `x.log` also takes `x.log.1`, `x.log.2.gz`, … beside it. */
        rotated: z.boolean().default(false),
      }),
      z.object({
        kind: z.literal('text'),
        name: z.string().min(1).max(PATH_LENGTH),
        text: z.string().max(PASTE_LIMIT),
      }),
    ]),
    event: IngestProgress,
    result: LogDocument,
  },
  /** Documents that are open, newest first; they survive a restart of the app. */
  list: { params: z.object({}), result: z.array(LogDocument) },
  /** Streams a document each time it has grown (following), until cancelled. */
  watch: { params: z.object({ id }), event: LogDocument, result: z.null() },
  /** Stops or starts waiting for what is appended to its file. */
  follow: { params: z.object({ id, on: z.boolean() }), result: LogDocument },
  close: { params: z.object({ id }), result: z.null() },

  /** Lines `from` .. `from + count - 1` of the whole log, fewer at the end. */
  lines: { params: z.object({ id, from: line, count }), result: z.array(LogRow) },
  /** Makes the list of lines that a filter lets through; `rows` is its length. */
  filter: {
    params: z.object({ id, filter: LogFilter }),
    event: Found,
    result: z.object({ view: ViewId, rows: z.number().int() }),
  },
  /** Rows `from` .. of a filtered list. `not-found` where the list is gone: filter again. */
  rows: { params: z.object({ id, view: ViewId, from: line, count }), result: z.array(LogRow) },
  /** The row of a line in a filtered list, or of the nearest line after it, else the last; null where it is empty. */
  rowOfLine: { params: z.object({ id, view: ViewId, line }), result: line.nullable() },
  /** Finds lines, of the whole log or of a filtered list. The matches are a list like a filtered one. */
  search: {
    params: z.object({ id, query: LogQuery, view: ViewId.optional() }),
    event: Found,
    result: z.object({ view: ViewId, rows: z.number().int() }),
  },
  histogram: {
    params: z.object({ id, view: ViewId.optional(), buckets: z.number().int().min(1).max(500) }),
    result: Histogram,
  },
  /** Patterns of the log, or of a filtered list with counts of that list. Most lines first. */
  patterns: { params: z.object({ id, view: ViewId.optional() }), result: z.array(PatternSummary) },
  signals: { params: z.object({ id }), result: LogSignals },
  /** Lines that share a request, trace or session id with this one; `value` is the id. */
  related: {
    params: z.object({ id, line }),
    result: z.array(z.object({ value: z.string(), view: ViewId, rows: z.number().int() })),
  },
  /** What differs in `after` against `before`: two logs, or two filtered lists; telling ones first. */
  compare: {
    params: z.object({
      before: z.object({ id, view: ViewId.optional() }),
      after: z.object({ id, view: ViewId.optional() }),
    }),
    result: z.array(Difference),
  },
  /** A question in SQL over the table `log` (line, time, severity, pattern, text) and `patterns`; reads only. */
  sql: { params: z.object({ id, query: z.string().min(1).max(SQL_LENGTH) }), result: SqlResult },
  bookmarks: { params: z.object({ id }), result: z.array(Bookmark) },
  /** Sets a bookmark, or takes it away where `note` is null. */
  setBookmark: {
    params: z.object({ id, line, note: z.string().max(NOTE_LENGTH).nullable() }),
    result: z.array(Bookmark),
  },
  evidence: { params: z.object({ id }), result: EvidencePack },
  /** Reads every cited line again: citations get the whole line, and claims whose lines are not as shown are marked. */
  checkDiagnosis: { params: z.object({ id, diagnosis: Diagnosis }), result: Diagnosis },
} as const satisfies ServiceContract;
export type LogsService = typeof logsService;
