import { BIGINT, BOOLEAN, type DuckDBConnection, UINTEGER, UTINYINT } from '@duckdb/node-api';
import { type Severity, Severity as SeverityEnum } from '../../contract/logs';
import type { Pattern } from '../templates/patterns';
import { appendColumns, type Column, toInt64 } from './append-columns';
import { type LogDatabase, ROW_GROUP_SIZE, storeError } from './database';

/** Severities are stored as their place in the contract's list: 0 is the worst. */
export const severityCode = Object.fromEntries(
  SeverityEnum.options.map((severity, index) => [severity, index]),
) as Readonly<Record<Severity, number>>;

/** Gathered before it is handed to DuckDB; some milliseconds' work. Divides ROW_GROUP_SIZE. */
const FLUSH_BLOCKS = 256;
const FLUSH_LINES = 32 * 1024;

const TABLES = [
  'blocks (first_line UINTEGER, last_line UINTEGER, bytes BLOB)',
  // Time is ms since 1970, UTC, of the line's own header; null where it has none.
  'lines (number UINTEGER, shape UINTEGER, severity UTINYINT, time BIGINT, continues BOOLEAN, source UTINYINT)',
  'shapes (id UINTEGER, pattern UINTEGER)',
  'patterns (id UINTEGER, key VARCHAR, severity UTINYINT, text VARCHAR, count UINTEGER, first_line UINTEGER, last_line UINTEGER)',
];

interface PendingBlock {
  readonly firstLine: number;
  readonly lastLine: number;
  readonly bytes: Uint8Array;
}

/**
 * Writes one document. Text is stored in blocks of whole lines, not a row a line: that is what lets a
 * gigabyte in at disk speed, and a view asks for neighbours anyway. Shapes and severities are a row a line,
 * so that questions about patterns are plain SQL. A commit runs in DuckDB's threads while the next lines
 * are scanned.
 */
export class DocumentWriter {
  private blocks: PendingBlock[] = [];
  private blocksInTransaction = 0;
  private pending = lineColumns(FLUSH_LINES);
  private pendingLines = 0;
  private storedLines = 0;
  private committing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly database: LogDatabase,
    private readonly connection: DuckDBConnection,
    private readonly name: string,
  ) {}

  /** Makes the file and its tables. */
  static async create(database: LogDatabase, file: string): Promise<DocumentWriter> {
    const name = await database.attachNew(file);
    const connection = await database.connect();
    const writer = new DocumentWriter(database, connection, name);
    await writer.run('BEGIN');
    for (const table of TABLES) await writer.run(`CREATE TABLE ${name}.${table}`);
    return writer;
  }

  /** Adds one line; its text comes with `addBlock`. `time` is in ms, NaN for none. */
  addLine(shape: number, severity: number, time: number, continues: boolean, source: number): void {
    if (this.pendingLines === this.pending.shapes.length) {
      // One block of empty lines holds more lines than a flush plans for.
      this.pending = grown(this.pending);
    }
    const { pending, pendingLines: at } = this;
    pending.shapes[at] = shape;
    pending.severities[at] = severity;
    pending.times[at] = time;
    pending.continues[at] = continues ? 1 : 0;
    pending.sources[at] = source;
    this.pendingLines++;
  }

  /** Adds the text of lines `firstLine` .. `lastLine`. The bytes must not change until the next flush. */
  addBlock(firstLine: number, lastLine: number, bytes: Uint8Array): void {
    this.blocks.push({ firstLine, lastLine, bytes });
  }

  /** Hands on what was gathered, if it is enough; holds the event loop for some milliseconds. */
  async flushIfFull(): Promise<void> {
    if (this.blocks.length >= FLUSH_BLOCKS) await this.flushBlocks();
    if (this.pendingLines >= FLUSH_LINES) await this.flushLines();
  }

  /** Writes what is left and the patterns; `patternOfShape` has one entry a shape. The file is then complete. */
  async finish(patternOfShape: Uint32Array, patterns: readonly Pattern[]): Promise<void> {
    await this.flushBlocks();
    await this.flushLines();
    await this.committing;
    try {
      await this.append('shapes', patternOfShape.length, [
        { type: UINTEGER, values: Uint32Array.from(patternOfShape, (_, shape) => shape) },
        { type: UINTEGER, values: new Uint32Array(patternOfShape) },
      ]);
      const appender = await this.connection.createAppender('patterns', 'main', this.name);
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
    await this.run('COMMIT');
    await this.run(`CHECKPOINT ${this.name}`);
  }

  /** Lets go of the file, finished or not. */
  async close(): Promise<void> {
    await this.committing.catch(() => undefined);
    this.connection.closeSync();
    await this.database.detach(this.name);
  }

  private async flushBlocks(): Promise<void> {
    await this.committing;
    try {
      const appender = await this.connection.createAppender('blocks', 'main', this.name);
      for (const block of this.blocks) {
        appender.appendUInteger(block.firstLine);
        appender.appendUInteger(block.lastLine);
        appender.appendBlob(block.bytes);
        appender.endRow();
      }
      appender.closeSync();
    } catch (thrown) {
      throw storeError(thrown);
    }
    this.blocksInTransaction += this.blocks.length;
    this.blocks = [];
    // At each full row group: DuckDB would else write it out within the append, on this thread.
    if (this.blocksInTransaction < ROW_GROUP_SIZE) return;
    this.blocksInTransaction = 0;
    this.committing = this.run('COMMIT').then(() => this.run('BEGIN'));
    // A failed commit is thrown by the next await of it, not as an unhandled rejection.
    this.committing.catch(() => undefined);
  }

  private async flushLines(): Promise<void> {
    await this.committing;
    const { pending, pendingLines, storedLines } = this;
    const numbers = Uint32Array.from({ length: pendingLines }, (_, row) => storedLines + row + 1);
    try {
      await this.append('lines', pendingLines, [
        { type: UINTEGER, values: numbers },
        { type: UINTEGER, values: pending.shapes },
        { type: UTINYINT, values: pending.severities },
        { type: BIGINT, values: toInt64(pending.times, pendingLines), nulls: pending.times },
        { type: BOOLEAN, values: pending.continues },
        { type: UTINYINT, values: pending.sources },
      ]);
    } catch (thrown) {
      throw storeError(thrown);
    }
    this.storedLines += pendingLines;
    this.pendingLines = 0;
  }

  private async append(table: string, rows: number, columns: readonly Column[]): Promise<void> {
    const appender = await this.connection.createAppender(table, 'main', this.name);
    appendColumns(appender, rows, columns);
    appender.closeSync();
  }

  private async run(sql: string): Promise<void> {
    try {
      await this.connection.run(sql);
    } catch (thrown) {
      throw storeError(thrown);
    }
  }
}

interface LineColumns {
  readonly shapes: Uint32Array<ArrayBuffer>;
  readonly severities: Uint8Array<ArrayBuffer>;
  readonly times: Float64Array;
  readonly continues: Uint8Array<ArrayBuffer>;
  readonly sources: Uint8Array<ArrayBuffer>;
}

function lineColumns(rows: number): LineColumns {
  return {
    shapes: new Uint32Array(rows),
    severities: new Uint8Array(rows),
    times: new Float64Array(rows),
    continues: new Uint8Array(rows),
    sources: new Uint8Array(rows),
  };
}

function grown(from: LineColumns): LineColumns {
  const into = lineColumns(from.shapes.length * 2);
  into.shapes.set(from.shapes);
  into.severities.set(from.severities);
  into.times.set(from.times);
  into.continues.set(from.continues);
  into.sources.set(from.sources);
  return into;
}
