import type { LogDocument } from '../../contract/logs';
import type { LogPiece, LogSource } from '../ingest/log-source';
import type { LogDatabase } from './database';
import { asBytes, asNumber } from './document-reader';

/** Blocks that are read at once. */
const BLOCKS_AT_ONCE = 256;

/** The text of a stored document as a source, to be read and stored anew. Lets go of the file at its end. */
export function savedText(
  database: LogDatabase,
  file: string,
  document: LogDocument,
  warnings: readonly string[],
): LogSource {
  let bytesDone = 0;
  async function* pieces(): AsyncIterable<LogPiece> {
    const name = `saved_${document.id.replaceAll('-', '_')}`;
    // Not for reading only: what was committed last is in the log of changes, and moves into the file now.
    await database.attach(name, file, 'ROW_GROUP_SIZE 2048');
    try {
      for (let next = 0; ; ) {
        const rows = await database.rows(
          `SELECT last_line, bytes FROM ${name}.blocks WHERE first_line > $next ORDER BY first_line LIMIT ${BLOCKS_AT_ONCE}`,
          { next },
        );
        for (const row of rows) {
          const bytes = asBytes(row.bytes);
          bytesDone += bytes.length;
          yield { bytes, source: 0 };
          next = asNumber(row.last_line);
        }
        if (rows.length < BLOCKS_AT_ONCE) return;
      }
    } finally {
      await database.detach(name);
    }
  }
  return {
    name: document.name,
    path: document.path,
    sources: document.sources,
    bytesTotal: 0,
    get bytesDone() {
      return bytesDone;
    },
    pieces: pieces(),
    warnings,
    decodedFrom: null,
  };
}
