import type { LogDocument } from '../../contract/logs';
import type { Shape } from '../templates/shape-table';
import type { CountedBefore } from '../workers/merged-shapes';
import { asNumber, type DocumentReader, severityAt } from './document-reader';

/** What is stored of a document, as far as it takes to go on with it. */
export interface StoredDigest extends CountedBefore {
  readonly shapes: readonly Shape[];
  /** How many blocks of text and lines there are. */
  readonly blocks: number;
  readonly lines: number;
  /** Bytes of text, and whether the last line has its end. */
  readonly bytes: number;
  readonly endsWithLine: boolean;
}

export async function storedDigest(reader: DocumentReader, document: LogDocument): Promise<StoredDigest> {
  const { name } = reader;
  const shapes = await reader.rows(
    `SELECT s.masked, p.severity, l.count, l.first_line, l.last_line
      FROM ${name}.shapes s JOIN ${name}.patterns p ON p.id = s.pattern
      LEFT JOIN (SELECT shape, count(*) AS count, min(number) AS first_line, max(number) AS last_line
        FROM ${name}.lines GROUP BY shape) l ON l.shape = s.id
      ORDER BY s.id`,
  );
  const [text] = await reader.rows(
    `SELECT count(*) AS blocks, coalesce(sum(octet_length(bytes)), 0)::BIGINT AS bytes, max(last_line) AS lines,
      coalesce(arg_max(ends_line, last_line), true) AS ends_line
      FROM (SELECT last_line, bytes, hex(bytes[octet_length(bytes):octet_length(bytes)]) = '0A' AS ends_line FROM ${name}.blocks)`,
  );
  return {
    shapes: shapes.map((row) => ({ masked: String(row.masked), severity: severityAt(row.severity) })),
    counts: shapes.map(({ count }) => (count === null ? 0 : asNumber(count))),
    firstLines: shapes.map(({ first_line }) => (first_line === null ? 0 : asNumber(first_line))),
    lastLines: shapes.map(({ last_line }) => (last_line === null ? 0 : asNumber(last_line))),
    time: document.time,
    blocks: asNumber(text?.blocks),
    lines: document.lineCount,
    bytes: asNumber(text?.bytes),
    endsWithLine: text?.ends_line === true,
  };
}
