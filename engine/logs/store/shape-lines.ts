import { asNumber, type DocumentReader } from './document-reader';
import { firstLinesOfShapes } from './queries/shape-lines';

/** The first line that has some shape: all lines of one shape share their constant words. */
export interface ShapeLine {
  readonly pattern: number;
  readonly number: number;
  /** The last line that has it. */
  readonly last: number;
  /** It belongs to the record that an earlier line began. */
  readonly continues: boolean;
  /** Lines of that shape. */
  readonly lines: number;
}

/** A line for each shape of the log, in order. */
export async function shapeLines(reader: DocumentReader): Promise<ShapeLine[]> {
  const rows = await reader.rows(firstLinesOfShapes(reader.name));
  return rows.map((row) => ({
    pattern: asNumber(row.pattern),
    number: asNumber(row.number),
    last: asNumber(row.last),
    continues: row.continues === true,
    lines: asNumber(row.lines),
  }));
}
