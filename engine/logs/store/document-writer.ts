import { BIGINT, BOOLEAN, type DuckDBConnection, UINTEGER, UTINYINT } from '@duckdb/node-api';
import type { Pattern } from '../templates/patterns';
import type { Shape } from '../templates/shape-table';
import { type MergedLines, severityCode } from '../workers/merged-shapes';
import { appendBlobs, appendColumns, type Column, toInt64 } from './append-columns';
import { type LogDatabase, storeError } from './database';
import { attachForWriting, BLOCK_ROWS, type DocumentFiles, textName } from './document-files';

/** Blocks that are handed to DuckDB at once; some milliseconds' work. Divides BLOCK_ROWS. */
const FLUSH_BLOCKS = 256;
/** Blocks that may wait while a commit runs. */
const WAITING_BLOCKS = 1024;

const LINE_TABLES = [
  // Time is ms since 1970, UTC, of the line's own header; null where it has none.
  'lines (number UINTEGER, shape UINTEGER, severity UTINYINT, time BIGINT, continues BOOLEAN, source UTINYINT)',
  'shapes (id UINTEGER, pattern UINTEGER, masked VARCHAR)',
  'patterns (id UINTEGER, key VARCHAR, severity UTINYINT, text VARCHAR, count UINTEGER, first_line UINTEGER, last_line UINTEGER)',
];
const TEXT_TABLE = 'blocks (first_line UINTEGER, last_line UINTEGER, bytes BLOB)';

interface PendingBlock {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly bytes: Uint8Array;
}

interface PendingLines extends MergedLines {
  readonly source: number | Uint8Array;
}

/** Text of a chunk and how it is divided: lines and bytes of each block, in pairs. */
export interface ChunkText {
  readonly bytes: Uint8Array;
  readonly blocks: Uint32Array;
}

/**
 * Writes one document. Text is stored in blocks of whole lines, not a row a line: that is what lets a
 * gigabyte in at the speed of a copy, and a view asks for neighbours anyway. Everything else is a row a line,
 * so that questions about patterns are plain SQL. Commits run in DuckDB's threads while the next lines
 * are scanned; text is committed before the lines that it holds.
 */
export class DocumentWriter {
  private blocks: PendingBlock[] = [];
  private lines: PendingLines[] = [];
  private blocksInTransaction = 0;
  private appendedLines = 0;
  private committing: Promise<unknown> = Promise.resolve();
  private isCommitting = false;

  private constructor(
    private readonly name: string,
    private readonly lineConnection: DuckDBConnection,
    private readonly textConnection: DuckDBConnection,
  ) {}

  /** Attaches the files, made where they are missing. They stay attached when the writer is closed. */
  static async open(
    database: LogDatabase,
    files: DocumentFiles,
    stored = { blocks: 0, lines: 0 },
  ): Promise<DocumentWriter> {
    await attachForWriting(database, files);
    const { name } = files;
    const writer = new DocumentWriter(name, await database.connect(), await database.connect());
    await writer.runText(`CREATE TABLE IF NOT EXISTS ${textName(name)}.${TEXT_TABLE}`);
    for (const table of LINE_TABLES) await writer.runLines(`CREATE TABLE IF NOT EXISTS ${name}.${table}`);
    await writer.runLines(
      `CREATE OR REPLACE VIEW ${name}.blocks AS SELECT first_line, last_line, bytes FROM ${textName(name)}.blocks`,
    );
    writer.blocksInTransaction = stored.blocks % BLOCK_ROWS;
    writer.appendedLines = stored.lines;
    await writer.begin();
    return writer;
  }

  /** Adds lines and their text, which must not change any more. `source` is of all of them or of each. */
  add(lines: MergedLines, source: number | Uint8Array, { bytes, blocks }: ChunkText): void {
    this.lines.push({ ...lines, source });
    let firstLine = lines.firstLine;
    let start = 0;
    for (let at = 0; at < blocks.length; at += 2) {
      const lastLine = firstLine + (blocks[at] as number) - 1;
      const end = start + (blocks[at + 1] as number);
      this.blocks.push({ firstLine, lastLine, bytes: bytes.subarray(start, end) });
      firstLine = lastLine + 1;
      start = end;
    }
  }

  /**
   * Hands on what was gathered, if it is enough; holds the event loop for some milliseconds. `onCommit` is told
   * the last line that can be read then.
   */
  async flushIfFull(onCommit: (lastLine: number) => void): Promise<void> {
    while (this.blocks.length >= FLUSH_BLOCKS) {
      if (this.isCommitting && this.blocks.length < WAITING_BLOCKS) return;
      await this.committing;
      // Whole row groups: what DuckDB has to write in parts it writes twice.
      await this.append(Math.min(FLUSH_BLOCKS, BLOCK_ROWS - this.blocksInTransaction));
      if (this.blocksInTransaction < BLOCK_ROWS) {
        // After a commit that took long, many blocks wait: other calls get their turn between them.
        await new Promise((resume) => setImmediate(resume));
        continue;
      }
      this.blocksInTransaction = 0;
      this.isCommitting = true;
      this.committing = this.commitBoth().then(() => {
        this.isCommitting = false;
        onCommit(this.appendedLines);
      });
      // A failed commit is thrown by the next await of it, not as an unhandled rejection.
      this.committing.catch(() => undefined);
    }
  }

  /** Makes everything so far readable. */
  async commit(): Promise<void> {
    await this.committing;
    await this.append(this.blocks.length);
    this.blocksInTransaction %= BLOCK_ROWS;
    await this.commitBoth();
  }

  /** Puts these patterns in place of those before; one entry a shape. Commits what was handed on before. */
  async writePatterns(
    shapes: readonly Shape[],
    patternOfShape: Uint32Array,
    patterns: readonly Pattern[],
  ): Promise<void> {
    await this.committing;
    await this.runLines(`DELETE FROM ${this.name}.shapes`);
    await this.runLines(`DELETE FROM ${this.name}.patterns`);
    try {
      const shapeAppender = await this.lineConnection.createAppender('shapes', 'main', this.name);
      for (let shape = 0; shape < patternOfShape.length; shape++) {
        shapeAppender.appendUInteger(shape);
        shapeAppender.appendUInteger(patternOfShape[shape] as number);
        shapeAppender.appendVarchar(shapes[shape]?.masked ?? '');
        shapeAppender.endRow();
      }
      shapeAppender.closeSync();
      const appender = await this.lineConnection.createAppender('patterns', 'main', this.name);
      patterns.forEach((pattern, id) => {
        appender.appendUInteger(id);
        appender.appendVarchar(pattern.key);
        appender.appendUTinyInt(severityCode[pattern.severity]);
        appender.appendVarchar(pattern.text);
        appender.appendUInteger(pattern.count);
        appender.appendUInteger(pattern.firstLine);
        appender.appendUInteger(pattern.lastLine);
        appender.endRow();
      });
      appender.closeSync();
    } catch (thrown) {
      throw storeError(thrown);
    }
    await this.commitBoth();
  }

  /** Moves everything from the logs of changes into the files. */
  async checkpoint(): Promise<void> {
    await this.runText('COMMIT');
    await this.runLines('COMMIT');
    await this.runText(`CHECKPOINT ${textName(this.name)}`);
    await this.runLines(`CHECKPOINT ${this.name}`);
    await this.begin();
  }

  /** Ends writing; what was not committed is dropped. The files stay attached. */
  async close(): Promise<void> {
    await this.committing.catch(() => undefined);
    this.lineConnection.closeSync();
    this.textConnection.closeSync();
  }

  /** Appends the first `blocks` blocks, and those chunks of lines whose text is in them or before. */
  private async append(blocks: number): Promise<void> {
    const now = this.blocks.splice(0, blocks);
    const lastLine = now.at(-1)?.lastLine ?? 0;
    const waiting = this.lines.findIndex(({ firstLine, lines }) => firstLine + lines - 1 > lastLine);
    const lines = this.lines.splice(0, waiting < 0 ? this.lines.length : waiting);
    try {
      if (now.length > 0) {
        const appender = await this.textConnection.createAppender('blocks', 'main', textName(this.name));
        appendBlobs(
          appender,
          [
            Uint32Array.from(now, ({ firstLine }) => firstLine),
            Uint32Array.from(now, ({ lastLine }) => lastLine),
          ],
          now.map(({ bytes }) => bytes),
        );
        appender.closeSync();
        this.blocksInTransaction += now.length;
      }
      if (lines.length === 0) return;
      const appender = await this.lineConnection.createAppender('lines', 'main', this.name);
      for (const part of lines) {
        appendColumns(appender, part.lines, columnsOf(part));
        this.appendedLines += part.lines;
      }
      appender.closeSync();
    } catch (thrown) {
      throw storeError(thrown);
    }
  }

  private async commitBoth(): Promise<void> {
    await this.runText('COMMIT');
    await this.runLines('COMMIT');
    await this.begin();
  }

  private async begin(): Promise<void> {
    await this.runText('BEGIN');
    await this.runLines('BEGIN');
  }

  private runText(sql: string): Promise<void> {
    return run(this.textConnection, sql);
  }

  private runLines(sql: string): Promise<void> {
    return run(this.lineConnection, sql);
  }
}

function columnsOf({ lines, firstLine, source, ...values }: PendingLines): Column[] {
  const numbers = new Uint32Array(lines);
  for (let line = 0; line < lines; line++) numbers[line] = firstLine + line;
  const sources = new Uint8Array(lines);
  if (typeof source === 'number') sources.fill(source);
  else sources.set(source);
  return [
    { type: UINTEGER, values: numbers },
    { type: UINTEGER, values: values.shapes },
    { type: UTINYINT, values: values.severities },
    { type: BIGINT, values: toInt64(values.times, lines), nulls: values.times },
    { type: BOOLEAN, values: values.continues },
    { type: UTINYINT, values: sources },
  ];
}

async function run(connection: DuckDBConnection, sql: string): Promise<void> {
  try {
    await connection.run(sql);
  } catch (thrown) {
    throw storeError(thrown);
  }
}
