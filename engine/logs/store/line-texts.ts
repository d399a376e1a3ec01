import type { LogRow } from '../../contract/log-views';
import { asNumber, cutText, type DocumentReader, severityAt } from './document-reader';
import { copyColumn } from './line-columns';
import { blockStarts } from './queries/line-columns';
import { rowsOfLines, textsOfLines } from './queries/line-texts';

/** Blocks that are looked through at once: 4 MB, so that first results come early, then 64 MB. */
const FIRST_PART_BLOCKS = 256;
const PART_BLOCKS = 4096;

/** Where blocks of text begin: a few bytes a block, so that any line is found without looking through them. */
export class BlockIndex {
  private constructor(private readonly starts: Uint32Array) {}

  static async read(reader: DocumentReader): Promise<BlockIndex> {
    const parts: Uint32Array[] = [];
    for await (const chunk of reader.stream(blockStarts(reader.name))) {
      const part = new Uint32Array(chunk.rowCount);
      copyColumn(chunk, 0, part);
      parts.push(part);
    }
    const starts = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      starts.set(part, at);
      at += part.length;
    }
    return new BlockIndex(starts);
  }

  /** Ranges of whole blocks, in order and without gaps; the last one goes to `lastLine`. */
  *parts(lastLine: number): Generator<{ from: number; to: number }> {
    let blocks = FIRST_PART_BLOCKS;
    for (let at = 0; at < this.starts.length; at += blocks, blocks = PART_BLOCKS) {
      const from = this.starts[at] ?? 1;
      const next = this.starts[at + blocks];
      if (from <= lastLine) yield { from, to: next === undefined ? lastLine : Math.min(next - 1, lastLine) };
    }
  }

  /** First line of the block that a line stands in. */
  startOf(line: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    return this.starts[low - 1] ?? 1;
  }
}

/** Text of a line, cut to LINE_VIEW_LIMIT units. */
export interface LineText {
  readonly number: number;
  readonly text: string;
}

/** Texts of some lines, given by ascending number. Meant for some thousand; more are asked for in parts. */
export async function lineTexts(
  reader: DocumentReader,
  index: BlockIndex,
  numbers: readonly number[],
): Promise<LineText[]> {
  if (numbers.length === 0) return [];
  const places = numbers.map((number) => ({ number, start: index.startOf(number) }));
  const rows = await reader.rows(textsOfLines(reader.name, places));
  return rows.map((row) => ({ number: asNumber(row.number), text: cutText(String(row.text)) }));
}

/** The same with everything else that a view shows; the first is row `firstRow` of it. */
export async function lineRows(
  reader: DocumentReader,
  index: BlockIndex,
  numbers: readonly number[],
  firstRow: number,
): Promise<LogRow[]> {
  if (numbers.length === 0) return [];
  const [texts, facts] = await Promise.all([
    lineTexts(reader, index, numbers),
    reader.rows(rowsOfLines(reader.name, numbers)),
  ]);
  return facts.map((fact, at) => ({
    row: firstRow + at,
    number: asNumber(fact.number),
    text: texts[at]?.text ?? '',
    severity: severityAt(fact.severity),
    time: fact.time === null ? null : asNumber(fact.time),
    pattern: fact.pattern === null ? 0 : asNumber(fact.pattern),
    continues: fact.continues === true,
    source: asNumber(fact.source),
  }));
}
