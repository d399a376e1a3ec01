import { LINE_VIEW_LIMIT, LINES_PER_CALL } from '../../../engine/contract/logs';
import type { FetchRows } from './page-cache';

/** Most that goes to the clipboard, UTF-16 units; the main process takes 16 million. */
const COPY_LIMIT = 12_000_000;

export interface Copied {
  readonly text: string;
  readonly lines: number;
  /** Lines that are longer than a view of them. */
  readonly cut: number;
}

/** Rows `from` to `to` of a list as text, up to `limit` UTF-16 units. */
export async function gatherLines(
  fetchRows: FetchRows,
  from: number,
  to: number,
  numbered: boolean,
  limit = COPY_LIMIT,
): Promise<Copied> {
  const parts: string[] = [];
  let size = 0;
  let cut = 0;
  for (let row = from; row <= to; ) {
    const rows = await fetchRows(row, Math.min(LINES_PER_CALL, to - row + 1));
    if (rows.length === 0) break;
    for (const { number, text } of rows) {
      const line = numbered ? `${number}: ${text}` : text;
      if (size + line.length + 1 > limit) return { text: parts.join('\n'), lines: parts.length, cut };
      size += line.length + 1;
      if (text.length >= LINE_VIEW_LIMIT) cut++;
      parts.push(line);
    }
    row += rows.length;
  }
  return { text: parts.join('\n'), lines: parts.length, cut };
}
