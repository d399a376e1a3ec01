import { clockMs, HOUR, MINUTE } from './civil';

const COLON = 0x3a;
const DOT = 0x2e;
const COMMA = 0x2c;
const SPACE = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const ZERO = 0x30;

/** First letters of months, folded to one number each: lower case, 8 bits a letter. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map(fold);
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map(fold);

function fold(word: string): number {
  return (word.charCodeAt(0) << 16) | (word.charCodeAt(1) << 8) | word.charCodeAt(2);
}

/**
 * A place in a line's bytes that parts of a moment are read from. Each method reads at `at` and moves it,
 * or returns a negative number, NaN or false and leaves it where it was.
 */
export class Cursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  /** Where the fraction that was read last begins and ends, and its ms; -1, -1, 0 where there was none since `set`. */
  fractionStart = -1;
  fractionEnd = -1;
  fractionMs = 0;

  set(bytes: Uint8Array, at: number, end: number): void {
    this.bytes = bytes;
    this.end = end;
    this.back(at);
  }

  /** Begins anew at a place, as if nothing had been read. */
  back(at: number): void {
    this.at = at;
    this.fractionStart = -1;
    this.fractionEnd = -1;
    this.fractionMs = 0;
  }

  /** The byte `ahead` of the place; 0 past the end. */
  peek(ahead = 0): number {
    const place = this.at + ahead;
    return place < this.end ? (this.bytes[place] as number) : 0;
  }

  skip(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.at++;
    return true;
  }

  /** A number of exactly `count` digits (a further digit is let be), or -1. */
  digits(count: number): number {
    if (this.at + count > this.end) return -1;
    let value = 0;
    for (let i = 0; i < count; i++) {
      const digit = (this.bytes[this.at + i] as number) - ZERO;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    this.at += count;
    return value;
  }

  /** How many digits stand here, up to `limit`. */
  run(limit = 20): number {
    let count = 0;
    while (count < limit) {
      const digit = this.peek(count) - ZERO;
      if (digit < 0 || digit > 9) break;
      count++;
    }
    return count;
  }

  /** One or two digits, or -1. A third one is none. */
  oneOrTwo(): number {
    const count = this.run(3);
    return count === 1 || count === 2 ? this.digits(count) : -1;
  }

  /** 1 .. 12 of a month's English name, short or long, in any case; -1 where there is none. */
  month(): number {
    const place = MONTHS.indexOf(this.word());
    if (place < 0) return -1;
    this.skipWord();
    return place + 1;
  }

  /** Skips the English name of a weekday with a comma and a blank behind it, if there is one. */
  weekday(): void {
    if (!WEEKDAYS.includes(this.word())) return;
    const before = this.at;
    this.skipWord();
    this.skip(COMMA);
    if (!this.skip(SPACE)) this.at = before;
    else while (this.skip(SPACE));
  }

  private word(): number {
    if (this.at + 3 > this.end) return 0;
    return ((this.peek() | 0x20) << 16) | ((this.peek(1) | 0x20) << 8) | (this.peek(2) | 0x20);
  }

  private skipWord(): void {
    while (isLetter(this.peek())) this.at++;
  }

  /**
   * `HH:MM:SS` with a fraction behind a dot, comma or colon, in ms, or NaN. With `short`, `HH:MM` too.
   * The hour may have one digit, alone or behind a blank; `AM` and `PM` are understood. Dots may stand for the colons.
   */
  clock(short = false): number {
    const before = this.at;
    const ms = this.clockParts(short);
    if (Number.isNaN(ms)) this.at = before;
    return ms;
  }

  private clockParts(short: boolean): number {
    if (this.peek() === SPACE && this.peek(2) === COLON) this.at++;
    let hour = this.oneOrTwo();
    const separator = this.peek();
    if (hour < 0 || (separator !== COLON && separator !== DOT)) return Number.NaN;
    this.at++;
    const minute = this.digits(2);
    if (minute < 0) return Number.NaN;
    let second = 0;
    let fraction = 0;
    if (this.peek() === separator && this.run1(1) >= 2) {
      this.at++;
      second = this.digits(2);
      if (second < 0) return Number.NaN;
      fraction = this.fraction();
    } else if (!short || separator !== COLON) return Number.NaN;
    if (this.run(1) > 0) return Number.NaN;
    const half = this.halfOfDay();
    if (half >= 0) {
      if (hour < 1 || hour > 12) return Number.NaN;
      hour = (hour % 12) + half;
    }
    return clockMs(hour, minute, second) + fraction;
  }

  /** Digits from `ahead` on. */
  private run1(ahead: number): number {
    this.at += ahead;
    const count = this.run(3);
    this.at -= ahead;
    return count;
  }

  /** A fraction of a second in ms, cut to whole ones; 0 where there is none. */
  fraction(): number {
    const mark = this.peek();
    if ((mark !== DOT && mark !== COMMA && mark !== COLON) || this.run1(1) === 0) return 0;
    this.fractionStart = this.at;
    this.at++;
    let value = 0;
    let weight = 100;
    for (let digit = this.peek() - ZERO; digit >= 0 && digit <= 9; digit = this.peek() - ZERO) {
      value += digit * weight;
      weight = weight === 100 ? 10 : weight === 10 ? 1 : 0;
      this.at++;
    }
    this.fractionEnd = this.at;
    this.fractionMs = value;
    return value;
  }

  /** Whether `AM` or `PM` is here. */
  isHalfOfDay(): boolean {
    const before = this.at;
    const half = this.halfOfDay();
    this.at = before;
    return half >= 0;
  }

  /** 0 for `AM`, 12 for `PM`, behind at most one blank; -1 for none. */
  private halfOfDay(): number {
    const blank = this.peek() === SPACE ? 1 : 0;
    const letter = this.peek(blank) | 0x20;
    if ((letter !== 0x61 && letter !== 0x70) || (this.peek(blank + 1) | 0x20) !== 0x6d) return -1;
    if (isLetter(this.peek(blank + 2))) return -1;
    this.at += blank + 2;
    return letter === 0x70 ? 12 : 0;
  }

  /** How far a zone behind a clock is ahead of UTC, in ms: `Z`, `+02:00`, `-0700`, `+02`, ` UTC`; 0 for none. */
  zone(): number {
    const letter = this.peek() | 0x20;
    if (letter === 0x7a && !isLetter(this.peek(1))) {
      this.at++;
      return 0;
    }
    const blank = this.peek() === SPACE ? 1 : 0;
    const sign = this.peek(blank);
    if (sign === PLUS || sign === MINUS) return this.offset(blank, sign);
    if (this.isWord(blank, 0x75, 0x74, 0x63) || this.isWord(blank, 0x67, 0x6d, 0x74)) this.at += blank + 3;
    return 0;
  }

  private offset(blank: number, sign: number): number {
    const before = this.at;
    this.at += blank + 1;
    const count = this.run(5);
    const hours = count === 2 || count === 4 ? this.digits(2) : -1;
    let minutes = 0;
    if (count === 4) minutes = this.digits(2);
    else if (this.peek() === COLON && this.run1(1) === 2) {
      this.at++;
      minutes = this.digits(2);
    }
    // ` -1` or ` +15 ms` behind a time is no zone; without a blank, `-07` is.
    const isZone =
      hours >= 0 && hours <= 15 && minutes <= 59 && (blank === 0 || count === 4 || this.at - before === 7);
    if (!isZone) {
      this.at = before;
      return 0;
    }
    const offset = hours * HOUR + minutes * MINUTE;
    return sign === PLUS ? offset : -offset;
  }

  private isWord(ahead: number, a: number, b: number, c: number): boolean {
    return (
      (this.peek(ahead) | 0x20) === a &&
      (this.peek(ahead + 1) | 0x20) === b &&
      (this.peek(ahead + 2) | 0x20) === c &&
      !isLetter(this.peek(ahead + 3))
    );
  }
}

export function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
