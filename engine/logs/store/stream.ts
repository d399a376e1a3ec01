import type { DuckDBDataChunk } from '@duckdb/node-api';
import { AppError } from '../../contract/errors';
import { type LogDatabase, storeError } from './database';

/**
 * Rows of a question as they are found, a vector (2,048 rows) at a time, on DuckDB's threads: this thread only
 * takes vectors over. Stops where the caller breaks off, and throws `cancelled` on `signal`.
 */
export async function* streamChunks(
  database: LogDatabase,
  sql: string,
  signal?: AbortSignal,
): AsyncGenerator<DuckDBDataChunk> {
  const connection = await database.connect();
  const stop = () => connection.interrupt();
  try {
    checkStop(signal);
    signal?.addEventListener('abort', stop, { once: true });
    const result = await connection.stream(sql);
    for (;;) {
      const chunk = await result.fetchChunk();
      checkStop(signal);
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk;
    }
  } catch (thrown) {
    checkStop(signal);
    throw storeError(thrown);
  } finally {
    signal?.removeEventListener('abort', stop);
    connection.closeSync();
  }
}

export function checkStop(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', 'Stopped.');
}
