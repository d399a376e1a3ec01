import { asNumber, type DocumentReader } from './document-reader';
import { linesInSources } from './queries/source-lines';

/** Where a line of a log of several files stands: place of the file among the sources, and its line there. */
export interface SourceLine {
  readonly source: number;
  readonly line: number;
}

export async function sourceLines(
  reader: DocumentReader,
  numbers: readonly number[],
): Promise<Map<number, SourceLine>> {
  if (numbers.length === 0) return new Map();
  const rows = await reader.rows(linesInSources(reader.name, numbers));
  return new Map(
    rows.map((row) => [asNumber(row.number), { source: asNumber(row.source), line: asNumber(row.line) }]),
  );
}
