import { chmod } from 'node:fs/promises';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { AppError } from '../../contract/errors';

/** DuckDB's own memory for all documents together, in megabytes, unless the caller says otherwise. */
export const DEFAULT_MEMORY_MB = 256;

/**
 * One DuckDB instance; each document is two database files of its own that are attached to it. Files of its own,
 * not one for all: closing a document gives its disk space back at once, damage stays in one
 * document, and the memory limit still holds for all of them together.
 */
export class LogDatabase {
  private constructor(private readonly instance: DuckDBInstance) {}

  /** `spillDir` is used where a query needs more than `memoryMb`. */
  static async create(spillDir: string, memoryMb = DEFAULT_MEMORY_MB): Promise<LogDatabase> {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: `${memoryMb}MB`,
      threads: '2',
      temp_directory: spillDir,
      // A commit past this goes straight into the file. With more, text is written twice: log, then file.
      checkpoint_threshold: '1MB',
      // Nothing is ever fetched from a network.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    return new LogDatabase(instance);
  }

  /** Attaches a file under a name; one that is to be written is made where it is missing, for this user alone. */
  async attach(name: string, file: string, options: 'READ_ONLY' | `ROW_GROUP_SIZE ${number}`): Promise<void> {
    await this.withConnection((connection) =>
      connection.run(`ATTACH ${sqlText(file)} AS ${name} (${options})`),
    );
    if (options !== 'READ_ONLY') await chmod(file, 0o600);
  }

  /**
   * Lets go of a file. DuckDB first moves changes from their log into it; where that fails, as on a full disk, the
   * file is let go all the same, and the log of changes stays beside it to be read at the next attach.
   */
  async detach(name: string): Promise<void> {
    const connection = await this.connect();
    try {
      await connection.run(`DETACH ${name}`);
    } catch (thrown) {
      if (!/Detached database .* but CHECKPOINT during DETACH failed/.test(String(thrown))) {
        throw storeError(thrown);
      }
    } finally {
      connection.closeSync();
    }
  }

  connect(): Promise<DuckDBConnection> {
    return this.instance.connect();
  }

  /** Runs `work` on a connection of its own, so that questions of several callers do not mix. */
  async withConnection<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.connect();
    try {
      return await work(connection);
    } catch (thrown) {
      throw storeError(thrown);
    } finally {
      connection.closeSync();
    }
  }

  /** All rows of a question, as objects. */
  rows(sql: string, values: Record<string, DuckDBValue> = {}): Promise<Record<string, DuckDBValue>[]> {
    return this.withConnection(async (connection) => {
      const reader = await connection.runAndReadAll(sql, values);
      return reader.getRowObjects();
    });
  }

  close(): void {
    this.instance.closeSync();
  }
}

function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Turns a failure of DuckDB into one line for a person; the original goes into `detail`. */
export function storeError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (/no space left|disk quota/i.test(text)) {
    return new AppError(
      'too-large',
      'There is no room left on the disk for this log. The original is unchanged; free some space and open it again.',
      text,
    );
  }
  if (/not a valid DuckDB|corrupt|checksum|Could not read/i.test(text)) {
    return new AppError(
      'unreadable',
      'The stored copy of this log is damaged. The original is unchanged; close the log and open it again.',
      text,
    );
  }
  return new AppError('internal', 'The log store failed. The original log is unchanged.', text);
}
