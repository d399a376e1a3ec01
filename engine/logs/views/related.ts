import type { DocumentReader } from '../store/document-reader';
import { lineMasks } from '../store/line-masks';
import { type LineList, LineListBuilder } from './line-list';
import type { LogState } from './log-state';
import { idsOfLine } from './related-ids';

/** An id that is in more lines than this, or than this share of the log, links nothing. */
const MOST_LINES = 100_000;
const MOST_SHARE = 0.2;

export interface Related {
  readonly value: string;
  readonly lines: LineList;
}

/** Lines that share an id with a line, of few lines first; ids that stand in that line alone are left out. */
export async function relatedLines(
  reader: DocumentReader,
  { blocks, lineCount }: LogState,
  line: string,
  signal?: AbortSignal,
): Promise<Related[]> {
  const ids = idsOfLine(line);
  if (ids.length === 0) return [];
  const found = ids.map(() => new LineListBuilder());
  const most = Math.max(20, Math.min(MOST_LINES, MOST_SHARE * lineCount));
  for (const range of blocks.parts(lineCount)) {
    for await (const { numbers, masks } of lineMasks(reader, ids, { ...range, signal })) {
      numbers.forEach((number, at) => {
        found.forEach((list, id) => {
          if ((masks[at] ?? 0) & (1 << id) && list.length <= most) list.push(number);
        });
      });
    }
  }
  return ids
    .map((value, id) => ({ value, lines: found[id]?.finish() ?? new Uint32Array(0) }))
    .filter(({ lines }) => lines.length > 1 && lines.length <= most)
    .sort((a, b) => a.lines.length - b.lines.length);
}
