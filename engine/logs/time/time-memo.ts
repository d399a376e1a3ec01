import { type Cursor, isDigit, isLetter } from './cursor';
import { type TimeForm, yearBehind } from './forms';

/** Longest text of a moment up to its fraction. */
const LONGEST = 40;

/**
 * The last moment that was read at one place: most lines of a long log are of the same second as the line before, so that
 * only the fraction is new. It reads less than the form does, and nothing else: where the form might see more
 * than what is remembered (a zone, a year behind), it says that it can't tell.
 */
export class TimeMemo {
  private readonly bytes = new Uint8Array(LONGEST);
  private length = 0;
  private hasFraction = false;
  /** Of the moment without its fraction. */
  private ms = 0;

  constructor(private readonly form: TimeForm) {}

  /** The time at the cursor, or NaN where the form has to read it; then the cursor is where it was. */
  read(cursor: Cursor): number {
    const { length } = this;
    const start = cursor.at;
    if (length === 0 || start + length > cursor.end) return Number.NaN;
    const { bytes } = cursor;
    // From the back: seconds change, dates don't.
    for (let at = length - 1; at >= 0; at--) {
      if (bytes[start + at] !== this.bytes[at]) return Number.NaN;
    }
    cursor.at = start + length;
    const fraction = cursor.fraction();
    // Without a fraction before, what looks like one may be seconds.
    if ((this.hasFraction || cursor.at === start + length) && this.isOver(cursor)) return this.ms + fraction;
    cursor.back(start);
    return Number.NaN;
  }

  /** Whether the form reads nothing behind the fraction. */
  private isOver(cursor: Cursor): boolean {
    const { at } = cursor;
    if (cursor.isHalfOfDay()) return false;
    cursor.zone();
    if (cursor.at > at || (this.form.yearMayFollow && yearBehind(cursor) >= 0)) return false;
    const after = cursor.peek();
    return !isLetter(after) && !isDigit(after);
  }

  /** Keeps the moment that was read from `start` up to the cursor, if it is one that can be read again in part. */
  remember({ bytes, at, fractionStart, fractionEnd, fractionMs }: Cursor, start: number, ms: number): void {
    this.length = 0;
    const hasFraction = fractionStart >= 0;
    // What stands behind the fraction is not kept.
    if (hasFraction && fractionEnd !== at) return;
    const end = hasFraction ? fractionStart : at;
    if (end - start > LONGEST || end <= start) return;
    this.bytes.set(bytes.subarray(start, end));
    this.length = end - start;
    this.hasFraction = hasFraction;
    this.ms = ms - fractionMs;
  }
}
