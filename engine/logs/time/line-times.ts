import type { TimeHints } from './forms';
import { type TimePlace, TimeReader } from './line-time';

/**
 * Times of lines that come with the number of their kind. Where a kind has its time is found once; lines of
 * one kind may still differ, so a line that has none there is looked at anew.
 */
export class LineTimes {
  private readonly reader: TimeReader;
  private readonly places: (TimePlace | null)[] = [];

  constructor(hints: TimeHints) {
    this.reader = new TimeReader(hints);
  }

  /** ms since 1970, UTC, or NaN for none. */
  read(kind: number, bytes: Uint8Array, start: number, end: number): number {
    const known = this.places[kind];
    if (known) {
      const ms = this.reader.read(known, bytes, start, end);
      if (!Number.isNaN(ms)) return ms;
    }
    const place = this.reader.find(bytes, start, end);
    if (!place) return Number.NaN;
    this.places[kind] = place;
    return this.reader.read(place, bytes, start, end);
  }
}
