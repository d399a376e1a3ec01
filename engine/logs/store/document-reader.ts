import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import { AppError } from '../../contract/errors';
import { type LogRow, Severity } from '../../contract/log-views';
import { LINE_VIEW_LIMIT } from '../../contract/logs';
import type { Pattern } from '../templates/patterns';
import type { LogDatabase } from './database';
import { attachForReading, type DocumentFiles, detachBoth } from './document-files';
import { linesInRange, rowsInRange } from './queries/lines-in-range';
import { patternPeaks } from './queries/pattern-peaks';
import { patternSamples } from './queries/pattern-samples';
import { patterns } from './queries/patterns';
import { streamChunks } from './stream';

/** A stored pattern with its id. */
export interface PatternRow extends Pattern {
  readonly id: number;
}

/** The busiest stretch of a pattern's lines. */
export interface PatternPeak {
  readonly pattern: number;
  /** Lines of the pattern in that stretch. */
  readonly lines: number;
  readonly firstLine: number;
}

/** Text of whole lines one after the other, as valid UTF-8, each but the last of the log ended by LF. */
export interface TextBlock {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly bytes: Uint8Array;
}

/** Blocks that are read at once: some megabytes, so that a scan of a long log needs no more. */
const BLOCKS_AT_ONCE = 256;

/** Answers questions about one document: all of a finished one, what has been committed of one that is written. */
export class DocumentReader {
  /** `name` is attached already, as it is while a document is being written. */
  constructor(
    private readonly database: LogDatabase,
    /** Name of the attached document in SQL: `name.blocks`, `name.lines`, `name.shapes`, `name.patterns`. */
    readonly name: string,
  ) {}

  static async open(database: LogDatabase, files: DocumentFiles): Promise<DocumentReader> {
    await attachForReading(database, files);
    return new DocumentReader(database, files.name);
  }

  /** All rows of a question in SQL, as objects. */
  rows(sql: string, values: Record<string, DuckDBValue> = {}): Promise<Record<string, DuckDBValue>[]> {
    return this.database.rows(sql, values);
  }

  /** The same for long answers: vectors of rows as they are found, see `streamChunks`. */
  stream(sql: string, signal?: AbortSignal): AsyncGenerator<DuckDBDataChunk> {
    return streamChunks(this.database, sql, signal);
  }

  /** Lines `from` .. `from + count - 1`, fewer at the end. Text over LINE_VIEW_LIMIT units is cut. */
  async lines(from: number, count: number): Promise<LogRow[]> {
    const range = { from, to: from + count - 1 };
    const facts = await this.database.rows(rowsInRange(this.name), range);
    const lines: LogRow[] = [];
    for await (const block of this.textBlocks(range.from, range.to)) {
      let number = block.firstLine;
      for (const text of blockLines(block.bytes)) {
        const fact = facts[number - from];
        if (number >= range.from && fact) {
          lines.push({
            row: number,
            number,
            text: cutText(text),
            severity: severityAt(fact.severity),
            time: fact.time === null ? null : asNumber(fact.time),
            pattern: fact.pattern === null ? 0 : asNumber(fact.pattern),
            continues: fact.continues === true,
            source: asNumber(fact.source),
          });
        }
        number++;
      }
    }
    return lines;
  }

  /** The blocks that lines `from` .. `to` stand in, in order; the first and the last may hold others too. */
  async *textBlocks(from = 1, to = 0xffff_ffff): AsyncIterable<TextBlock> {
    for (let next = from; next <= to; ) {
      const rows = await this.database.rows(linesInRange(this.name, BLOCKS_AT_ONCE), { from: next, to });
      for (const row of rows) {
        const lastLine = asNumber(row.last_line);
        yield { firstLine: asNumber(row.first_line), lastLine, bytes: asBytes(row.bytes) };
        next = lastLine + 1;
      }
      if (rows.length < BLOCKS_AT_ONCE) return;
    }
  }

  async patterns(): Promise<PatternRow[]> {
    const rows = await this.database.rows(patterns(this.name));
    return rows.map((row) => ({
      id: asNumber(row.id),
      key: String(row.key),
      severity: severityAt(row.severity),
      text: String(row.text),
      count: asNumber(row.count),
      firstLine: asNumber(row.first_line),
      lastLine: asNumber(row.last_line),
    }));
  }

  /** For each pattern with enough lines, the stretch of `width` lines that holds most of them. */
  async peaks(width: number, atLeast: number): Promise<PatternPeak[]> {
    const rows = await this.database.rows(patternPeaks(this.name), { width, atLeast });
    return rows.map((row) => ({
      pattern: asNumber(row.pattern),
      lines: asNumber(row.lines),
      firstLine: asNumber(row.first_line),
    }));
  }

  /** Numbers of the first `count` lines of each of these patterns. */
  async firstLines(ids: readonly number[], count: number): Promise<Map<number, number[]>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.rows(patternSamples(this.name, ids, count));
    const samples = new Map<number, number[]>();
    for (const row of rows) {
      const pattern = asNumber(row.pattern);
      samples.set(pattern, [...(samples.get(pattern) ?? []), asNumber(row.number)]);
    }
    return samples;
  }

  async close(): Promise<void> {
    await detachBoth(this.database, this.name);
  }
}

const LF = 0x0a;
const CR = 0x0d;

/** The lines of a block as text, without their ends. Only as many bytes are decoded as a view shows. */
function* blockLines(bytes: Uint8Array): Iterable<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let start = 0; start < buffer.length; ) {
    const found = buffer.indexOf(LF, start);
    const next = found < 0 ? buffer.length : found;
    const end = next > start && buffer[next - 1] === CR && found >= 0 ? next - 1 : next;
    yield buffer.toString('utf8', start, end);
    start = next + 1;
  }
}

/** Cuts to LINE_VIEW_LIMIT units without splitting a character in two. */
export function cutText(text: string, limit = LINE_VIEW_LIMIT): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

export function asNumber(value: DuckDBValue | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw new AppError('internal', `The log store answered ${String(value)} where a number was due.`);
}

export function asBytes(value: DuckDBValue | undefined): Uint8Array {
  if (value !== null && typeof value === 'object' && 'bytes' in value && value.bytes instanceof Uint8Array) {
    return value.bytes;
  }
  throw new AppError('internal', 'The log store answered no bytes where text was due.');
}

export function severityAt(code: DuckDBValue | undefined): Severity {
  return Severity.options[asNumber(code)] ?? 'none';
}
