import type { Scanner } from '../masks/scanner';
import type { TimeHints } from '../time/forms';
import { type TimePlace, TimeReader } from '../time/line-time';
import { TimeMemo } from '../time/time-memo';

/** Kinds of lines that are told apart at a time; more only cost time. A power of two. */
const SLOTS = 1 << 14;
/** Bytes of a skeleton that a header's time stands in. */
const HEADER_BYTES = 256;

/**
 * Times of scanned lines. Where a line has its time is found once for lines of one skeleton, kept by the skeleton's
 * hash. A skeleton folds digits, so one line of it may have a time where another has none: what was found is tried, and
 * "none" is believed only of skeletons that cannot have one.
 */
export class KindTimes {
  private readonly reader: TimeReader;
  private readonly keys1 = new Int32Array(SLOTS);
  private readonly keys2 = new Int32Array(SLOTS);
  /** Index into `places` + 1, NONE, NO_FIELD, or 0 for an empty slot. */
  private readonly values = new Int16Array(SLOTS);
  private readonly places: TimePlace[] = [];
  private readonly memos: (TimeMemo | null)[] = [];

  constructor(hints: TimeHints) {
    this.reader = new TimeReader(hints);
  }

  /** Time of the line `bytes[start..end)` that was just scanned: ms since 1970, UTC, or NaN. */
  read(scanned: Scanner, bytes: Uint8Array, start: number, end: number): number {
    const slot = scanned.hash1 & (SLOTS - 1);
    const value = this.values[slot] as number;
    if (value !== 0 && this.keys1[slot] === scanned.hash1 && this.keys2[slot] === scanned.hash2) {
      if (value === NONE) return Number.NaN;
      if (value === NO_FIELD) {
        const place = this.reader.findColumn(bytes, start, end);
        return place === null ? Number.NaN : this.reader.read(place, bytes, start, end);
      }
      const ms = this.readAt(value - 1, bytes, start, end);
      if (!Number.isNaN(ms)) return ms;
    }
    return this.find(scanned, slot, bytes, start, end);
  }

  private readAt(index: number, bytes: Uint8Array, start: number, end: number): number {
    const place = this.places[index] as TimePlace;
    const memo = this.memos[index] as TimeMemo | null;
    if (memo === null) return this.reader.read(place, bytes, start, end);
    if (this.reader.locate(place, bytes, start, end) < 0) return Number.NaN;
    return this.reader.readRemembered(place.form, memo);
  }

  private find(scanned: Scanner, slot: number, bytes: Uint8Array, start: number, end: number): number {
    const place = this.reader.find(bytes, start, end);
    this.keys1[slot] = scanned.hash1;
    this.keys2[slot] = scanned.hash2;
    if (place === null) {
      this.values[slot] = mayHaveTime(scanned) ? NO_FIELD : NONE;
      return Number.NaN;
    }
    this.values[slot] = this.indexOf(place) + 1;
    return this.reader.read(place, bytes, start, end);
  }

  private indexOf(place: TimePlace): number {
    const known = this.places.findIndex(
      ({ form, column, field }) => form === place.form && column === place.column && field === place.field,
    );
    if (known >= 0) return known;
    this.memos.push(place.form.repeats ? new TimeMemo(place.form) : null);
    return this.places.push(place) - 1;
  }
}

/** No line of this skeleton has a time; or none has one in a named field, but numbers stand where others have it. */
const NONE = -1;
const NO_FIELD = -2;

/** Whether digits stand where a clock or a date might, for another line of this skeleton. */
function mayHaveTime({ bytes, length }: Scanner): boolean {
  const stop = Math.min(length, HEADER_BYTES);
  for (let at = 0; at < stop; at++) {
    if (!isDigit(bytes[at] as number)) continue;
    // At the start, or a number of 10 digits or more, or two numbers with a colon or dot in between.
    if (at < 3 || bytes[at] === 0x37) return true;
    const between = bytes[at + 1];
    if ((between === 0x3a || between === 0x2e) && at + 2 < stop && isDigit(bytes[at + 2] as number))
      return true;
  }
  return false;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
