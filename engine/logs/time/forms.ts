import { DAY, dateMs, HOUR, MINUTE, yearOf } from './civil';
import { type Cursor, isDigit, isLetter } from './cursor';

/** Order of day, month and year where a date is written in numbers that don't tell. */
export type DateOrder = 'ymd' | 'mdy' | 'dmy';

/** What a line alone does not tell about its time. */
export interface TimeHints {
  /** No line is newer: the file's modification time, in ms. Years that lines leave out are chosen by it. */
  readonly newest: number;
  /** Of dates such as `03/04/2024`; null where nothing has told, and such times are not read then. */
  readonly dateOrder: DateOrder | null;
}

/** Reads a moment at the cursor: ms since 1970, UTC, the cursor behind it; or NaN, the cursor anywhere. */
export interface TimeForm {
  readonly name: string;
  /** Where in a line it is believed: anywhere in the header, or at the very start only, as bare numbers. */
  readonly atStartOnly?: true;
  /** Lines of one second are alike up to the fraction; behind it only AM, PM, a zone or a year are read. */
  readonly repeats?: true;
  /** A year may stand behind the clock. */
  readonly yearMayFollow?: true;
  read(cursor: Cursor, hints: TimeHints): number;
}

const SLASH = 0x2f;
const DASH = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const COMMA = 0x2c;
const SPACE = 0x20;
const UNDERSCORE = 0x5f;
const LETTER_T = 0x54;

/** How far past `newest` a time without a year may lie: clocks and zones differ. */
const AHEAD = DAY;

/** Adds the year that a date lacks: the last one in which it is not past the newest line. */
export function withYear(month: number, day: number, timeOfDay: number, { newest }: TimeHints): number {
  const latest = yearOf(newest + AHEAD);
  const ms = dateMs(latest, month, day) + timeOfDay;
  if (ms <= newest + AHEAD) return ms;
  // 29 February of a year that is none, or a date past the newest line.
  for (let year = latest - 1; year >= latest - 8; year--) {
    const earlier = dateMs(year, month, day) + timeOfDay;
    if (!Number.isNaN(earlier)) return earlier;
  }
  return Number.NaN;
}

/** `2024-05-01T10:20:30.123+02:00`, also with `/` or `.` in the date, and a blank, `-`, `_` or `,` before the clock. */
const iso: TimeForm = {
  name: 'ISO 8601',
  repeats: true,
  read(cursor) {
    const year = cursor.digits(4);
    const separator = cursor.peek();
    if (year < 1970 || (separator !== DASH && separator !== SLASH && separator !== DOT)) return Number.NaN;
    cursor.at++;
    const month = cursor.oneOrTwo();
    if (month < 0 || !cursor.skip(separator)) return Number.NaN;
    const day = cursor.oneOrTwo();
    const date = dateMs(year, month, day);
    if (Number.isNaN(date) || !skipDateEnd(cursor)) return Number.NaN;
    return finish(cursor, date, cursor.clock(true));
  },
};

/** `20240501T102030Z`, `20240501-10:20:30:123`, `20240501 10:20:30`. */
const compact: TimeForm = {
  name: 'ISO 8601, compact',
  repeats: true,
  read(cursor) {
    if (cursor.run(9) !== 8) return Number.NaN;
    const date = dateMs(cursor.digits(4), cursor.digits(2), cursor.digits(2));
    if (Number.isNaN(date) || !skipDateEnd(cursor)) return Number.NaN;
    return finish(cursor, date, cursor.run(7) === 6 ? compactClock(cursor) : cursor.clock());
  },
};

/** `Jun 14 15:16:01` of syslog, with a year before or behind the clock, a weekday before it, or all of them. */
const monthFirst: TimeForm = {
  name: 'month day clock',
  repeats: true,
  yearMayFollow: true,
  read(cursor, hints) {
    cursor.weekday();
    const month = cursor.month();
    if (month < 0 || !skipBlanks(cursor)) return Number.NaN;
    const day = cursor.oneOrTwo();
    cursor.skip(COMMA);
    if (day < 0 || !skipBlanks(cursor)) return Number.NaN;
    let year = -1;
    if (cursor.run(5) === 4) {
      year = cursor.digits(4);
      cursor.skip(COMMA);
      if (!skipBlanks(cursor)) return Number.NaN;
    }
    const clock = cursor.clock();
    if (Number.isNaN(clock)) return Number.NaN;
    const offset = cursor.zone();
    if (year < 0) year = yearBehind(cursor);
    if (year < 0) return withYear(month, day, clock - offset, hints);
    return dateMs(year, month, day) + clock - offset;
  },
};

/** `14/Jun/2024:15:16:01 -0700` of access logs, `14-Jun-2024 15:16:01`, `Tue, 14 Jun 2024 15:16:01 +0000`, `14 Jun 15:16:01`. */
const dayFirst: TimeForm = {
  name: 'day month clock',
  repeats: true,
  read(cursor, hints) {
    cursor.weekday();
    const day = cursor.oneOrTwo();
    const separator = cursor.peek();
    if (day < 0 || (separator !== SLASH && separator !== DASH && separator !== SPACE)) return Number.NaN;
    cursor.at++;
    const month = cursor.month();
    if (month < 0 || !cursor.skip(separator)) return Number.NaN;
    if (cursor.run(5) !== 4) {
      const clock = separator === SPACE ? cursor.clock() : Number.NaN;
      if (Number.isNaN(clock)) return Number.NaN;
      return withYear(month, day, clock - cursor.zone(), hints);
    }
    const date = dateMs(cursor.digits(4), month, day);
    if (Number.isNaN(date) || !(cursor.skip(COLON) || skipDateEnd(cursor))) return Number.NaN;
    return finish(cursor, date, cursor.clock());
  },
};

/** `I0614 15:16:01.123456` of klog and glog, and glog's later `I20240614 15:16:01.123456`. */
const klog: TimeForm = {
  name: 'klog',
  repeats: true,
  atStartOnly: true,
  read(cursor, hints) {
    const letter = cursor.peek();
    if (letter !== 0x49 && letter !== 0x57 && letter !== 0x45 && letter !== 0x46) return Number.NaN;
    cursor.at++;
    const count = cursor.run(9);
    if (count !== 4 && count !== 8) return Number.NaN;
    const year = count === 8 ? cursor.digits(4) : -1;
    const month = cursor.digits(2);
    const day = cursor.digits(2);
    if (!cursor.skip(SPACE)) return Number.NaN;
    const clock = cursor.clock();
    return year < 0 ? withYear(month, day, clock, hints) : dateMs(year, month, day) + clock;
  },
};

/** `06-14 15:16:01.123` of Android. */
const monthDay: TimeForm = {
  name: 'month-day clock',
  repeats: true,
  read(cursor, hints) {
    const month = cursor.digits(2);
    if (month < 1 || !cursor.skip(DASH)) return Number.NaN;
    const day = cursor.digits(2);
    if (day < 1 || cursor.peek() === DASH || !cursor.skip(SPACE)) return Number.NaN;
    return withYear(month, day, cursor.clock(), hints);
  },
};

/**
 * `14.06.2024 15:16:01`, `06/14/2024 3:16:01 PM`, `24/06/14 15:16:01`: dates in numbers of which the hints or a number over
 * 12 or 31 tell the order. Dots mean day, month, year.
 */
export const numbers: TimeForm = {
  name: 'date in numbers',
  repeats: true,
  read(cursor, hints) {
    const first = cursor.oneOrTwo();
    const separator = cursor.peek();
    if (first < 0 || (separator !== SLASH && separator !== DOT && separator !== DASH)) return Number.NaN;
    cursor.at++;
    const second = cursor.oneOrTwo();
    if (second < 0 || !cursor.skip(separator)) return Number.NaN;
    const count = cursor.run(5);
    if (count !== 2 && count !== 4) return Number.NaN;
    const third = cursor.digits(count);
    const order = orderOf(first, second, third, separator, hints);
    let date = Number.NaN;
    if (order === 'ymd') date = dateMs(fullYear(first), second, third);
    else if (order === 'mdy') date = dateMs(fullYear(third), first, second);
    else if (order === 'dmy') date = dateMs(fullYear(third), second, first);
    if (Number.isNaN(date) || !(cursor.skip(COLON) || skipDateEnd(cursor))) return Number.NaN;
    return finish(cursor, date, cursor.clock());
  },
};

/** `240614 15:16:01` of MySQL and `081109 203518` of HDFS: year, month and day in two digits each. */
const shortDate: TimeForm = {
  name: 'YYMMDD clock',
  repeats: true,
  atStartOnly: true,
  read(cursor) {
    if (cursor.run(7) !== 6) return Number.NaN;
    const date = dateMs(fullYear(cursor.digits(2)), cursor.digits(2), cursor.digits(2));
    if (Number.isNaN(date) || !cursor.skip(SPACE)) return Number.NaN;
    const clock = cursor.run(7) === 6 ? compactClock(cursor) : cursor.clock();
    return date + clock;
  },
};

/** Seconds since 1970 with or without a fraction, or ms, us or ns: 10, 13, 16 or 19 digits, of 2001 to 2099. */
const epoch: TimeForm = {
  name: 'seconds since 1970',
  atStartOnly: true,
  read(cursor) {
    const count = cursor.run(20);
    if (count !== 10 && count !== 13 && count !== 16 && count !== 19) return Number.NaN;
    const seconds = cursor.digits(10);
    if (seconds < 1_000_000_000 || seconds > 4_102_444_800) return Number.NaN;
    if (count === 10) return seconds * 1000 + (cursor.peek() === DOT ? cursor.fraction() : 0);
    const ms = cursor.digits(3);
    cursor.at += count - 13;
    return seconds * 1000 + ms;
  },
};

/** `[ 1234.567890]` of the kernel: seconds since it started, given as if that was in 1970, as nothing tells when. */
const uptime: TimeForm = {
  name: 'seconds since boot',
  atStartOnly: true,
  read(cursor) {
    // The bracket before it has been skipped, and is what makes a bare number a clock.
    if (cursor.at === 0 || cursor.bytes[cursor.at - 1] !== 0x5b) return Number.NaN;
    skipBlanks(cursor);
    const count = cursor.run(10);
    if (count === 0 || count === 10) return Number.NaN;
    const seconds = cursor.digits(count);
    if (cursor.peek() !== DOT) return Number.NaN;
    const before = cursor.at;
    const ms = cursor.fraction();
    return cursor.at - before === 7 && cursor.peek() === 0x5d ? seconds * 1000 + ms : Number.NaN;
  },
};

/** Every form, the likelier and the stricter ones first: the first that reads a place is taken. */
export const timeForms: readonly TimeForm[] = [
  iso,
  compact,
  monthFirst,
  dayFirst,
  monthDay,
  klog,
  numbers,
  shortDate,
  epoch,
  uptime,
];

/** Forms that a value behind a name such as `ts=` or `"time":` may have. */
export const fieldForms: readonly TimeForm[] = [iso, compact, epoch, dayFirst, monthFirst];

function finish(cursor: Cursor, date: number, clock: number): number {
  return Number.isNaN(clock) ? Number.NaN : date + clock - cursor.zone();
}

/** What may stand between a date and its clock. */
function skipDateEnd(cursor: Cursor): boolean {
  const byte = cursor.peek();
  if (byte === LETTER_T || byte === 0x74 || byte === DASH || byte === UNDERSCORE) {
    cursor.at++;
    return true;
  }
  cursor.skip(COMMA);
  return skipBlanks(cursor);
}

function skipBlanks(cursor: Cursor): boolean {
  const before = cursor.at;
  while (cursor.peek() === SPACE) cursor.at++;
  return cursor.at > before;
}

/** `HHMMSS` with a fraction. */
function compactClock(cursor: Cursor): number {
  const hour = cursor.digits(2);
  const minute = cursor.digits(2);
  const second = cursor.digits(2);
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  return hour * HOUR + minute * MINUTE + second * 1000 + cursor.fraction();
}

/** The year behind a clock, as in `15:16:01 2024` and `15:16:01 UTC 2024`, or -1. */
export function yearBehind(cursor: Cursor): number {
  const before = cursor.at;
  if (skipBlanks(cursor)) {
    const letters = cursor.at;
    while (isUpper(cursor.peek())) cursor.at++;
    const zoneName = cursor.at - letters;
    const placed = zoneName === 0 || (zoneName <= 4 && skipBlanks(cursor));
    if (placed && cursor.run(5) === 4 && !isLetter(cursor.peek(4))) {
      const year = cursor.digits(4);
      if (year >= 1970 && year <= 2099 && !isDigit(cursor.peek())) return year;
    }
  }
  cursor.at = before;
  return -1;
}

function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

/** The full form of a year of two digits; four are left as they are. */
function fullYear(year: number): number {
  if (year >= 100) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function orderOf(
  first: number,
  second: number,
  third: number,
  separator: number,
  { dateOrder }: TimeHints,
): DateOrder | null {
  if (separator === DOT) return 'dmy';
  const possible = possibleOrders(first, second, third);
  return possible.length === 1
    ? (possible[0] ?? null)
    : dateOrder && possible.includes(dateOrder)
      ? dateOrder
      : null;
}

/** Orders in which three numbers are a date. A third number of four digits is the year. */
export function possibleOrders(first: number, second: number, third: number): DateOrder[] {
  const orders: DateOrder[] = [];
  if (third < 100 && second <= 12 && third >= 1 && third <= 31) orders.push('ymd');
  if (first <= 12 && second <= 31) orders.push('mdy');
  if (second <= 12 && first <= 31) orders.push('dmy');
  return orders;
}
