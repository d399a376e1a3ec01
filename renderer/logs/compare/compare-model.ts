import type { Difference } from '../../../engine/contract/log-views';
import type { LogDocument } from '../../../engine/contract/logs';
import { parseTime } from '../log-time';

/** A log, or a range of it: of time where it has times, else of lines. Empty text is open. */
export interface Side {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

export type SideRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'time'; readonly from: number | null; readonly to: number | null }
  | { readonly kind: 'lines'; readonly from: number; readonly to: number };

/** What a side's fields say; null where one of them can't be read. */
export function rangeOf({ from, to }: Side, document: LogDocument): SideRange | null {
  if (from.trim() === '' && to.trim() === '') return { kind: 'whole' };
  if (document.time) {
    const near = document.time.from;
    const first = from.trim() === '' ? null : parseTime(from, near);
    const last = to.trim() === '' ? null : parseTime(to, near);
    const wrong = (from.trim() !== '' && first === null) || (to.trim() !== '' && last === null);
    return wrong ? null : { kind: 'time', from: first, to: last };
  }
  const first = lineOf(from, 1);
  const last = lineOf(to, document.lineCount);
  return first === null || last === null || first > last ? null : { kind: 'lines', from: first, to: last };
}

/** A number of a line as it is written, with or without separators. */
export function lineOf(text: string, open: number): number | null {
  if (text.trim() === '') return open;
  const digits = text.replace(/[\s,.]/g, '');
  const line = /^\d{1,12}$/.test(digits) ? Number(digits) : 0;
  return line >= 1 ? line : null;
}

/** Change, in a word and a sign: colour alone would not do. */
export const CHANGES: Readonly<
  Record<Difference['change'], { readonly sign: string; readonly word: string }>
> = {
  new: { sign: '+', word: 'new' },
  gone: { sign: '−', word: 'gone' },
  more: { sign: '↑', word: 'more' },
  less: { sign: '↓', word: 'less' },
};

/** '12 %', '0.4 %', 'below 0.01 %'. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.01) return 'below 0.01 %';
  return `${Number(percent.toPrecision(2))} %`;
}
