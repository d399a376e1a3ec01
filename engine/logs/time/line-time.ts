import { Cursor, isDigit, isLetter } from './cursor';
import { fieldForms, type TimeForm, type TimeHints, timeForms } from './forms';
import type { TimeMemo } from './time-memo';

/** Columns before a line's time that are looked behind: a level, a host, a process, an address. */
const COLUMNS = 6;
/** How far into a line a field with the time is looked for, in bytes. */
const FIELD_BYTES = 4096;

/** Names of fields that hold a record's time, the surest first. */
const FIELD_NAMES = [
  '@timestamp',
  'timestamp',
  'time',
  'ts',
  '__REALTIME_TIMESTAMP',
  'datetime',
  'eventTime',
  'date',
  't',
].map((name) => Buffer.from(name));

const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;

/** Where lines of one kind have their time, and its form. */
export interface TimePlace {
  readonly form: TimeForm;
  /** Columns before it; -1 where it is the value of `field`. */
  readonly column: number;
  readonly field: Uint8Array | null;
}

/**
 * Reads the time in lines' headers out of their bytes. Finding where a line has its time is slow and is done
 * once for lines of one kind; reading it there takes no text, regular expression or Date.
 */
export class TimeReader {
  private readonly cursor = new Cursor();

  constructor(private readonly hints: TimeHints) {}

  /** Where the line `bytes[start..end)` has its time; null where it has none. */
  find(bytes: Uint8Array, start: number, end: number): TimePlace | null {
    return this.findColumn(bytes, start, end) ?? this.findField(bytes, start, end);
  }

  /** The time of a line that has one at `place`: ms since 1970, UTC, or NaN where it has none there after all. */
  read(place: TimePlace, bytes: Uint8Array, start: number, end: number): number {
    return this.locate(place, bytes, start, end) < 0 ? Number.NaN : this.readForm(place.form);
  }

  /** Where in the line a time at `place` begins; -1 where there can be none. */
  locate(place: TimePlace, bytes: Uint8Array, start: number, end: number): number {
    const { cursor } = this;
    cursor.set(bytes, start, end);
    if (place.field) {
      if (!skipToField(cursor, place.field)) return -1;
    } else {
      if (!isDigit(cursor.peek())) skipLineStart(cursor);
      for (let column = 0; column < place.column; column++) skipColumn(cursor);
      skipOpening(cursor);
    }
    return cursor.at;
  }

  /** The same as `read` behind a call of `locate`, by way of what is remembered of the place's last line. */
  readRemembered(form: TimeForm, memo: TimeMemo): number {
    const { cursor } = this;
    const remembered = memo.read(cursor);
    if (!Number.isNaN(remembered)) return remembered;
    const start = cursor.at;
    const ms = this.readForm(form);
    if (!Number.isNaN(ms)) memo.remember(cursor, start, ms);
    return ms;
  }

  private readForm(form: TimeForm): number {
    const ms = form.read(this.cursor, this.hints);
    const after = this.cursor.peek();
    // `10:20:30x` and `10:20:30-5` are no clocks.
    return isLetter(after) || isDigit(after) ? Number.NaN : ms;
  }

  /** The same for times in columns only, not in named fields. */
  findColumn(bytes: Uint8Array, start: number, end: number): TimePlace | null {
    const { cursor } = this;
    cursor.set(bytes, start, end);
    skipLineStart(cursor);
    for (let column = 0; column < COLUMNS && cursor.at < end; column++) {
      const columnStart = cursor.at;
      const inProse = column > 0 && isProse(bytes, start, columnStart);
      if (!inProse || isOpening(cursor.peek())) {
        for (const form of timeForms) {
          if (form.atStartOnly && column > 0) continue;
          cursor.at = columnStart;
          skipOpening(cursor);
          if (!Number.isNaN(this.readForm(form))) return { form, column, field: null };
        }
      }
      cursor.at = columnStart;
      skipColumn(cursor);
    }
    return null;
  }

  private findField(bytes: Uint8Array, start: number, end: number): TimePlace | null {
    for (const field of FIELD_NAMES) {
      for (const form of fieldForms) {
        this.cursor.set(bytes, start, end);
        if (!skipToField(this.cursor, field)) break;
        if (!Number.isNaN(this.readForm(form))) return { form, column: -1, field };
      }
    }
    return null;
  }
}

/** A small word in lower case or with a capital is a sentence and no column of a header. */
function isProse(bytes: Uint8Array, start: number, end: number): boolean {
  let at = end - 1;
  while (at > start && isBlank(bytes[at] as number)) at--;
  const last = at;
  let lower = false;
  for (; at >= start && !isBlank(bytes[at] as number); at--) {
    const byte = bytes[at] as number;
    if (!isLetter(byte)) return false;
    if (byte >= 0x61) lower = true;
  }
  return lower && last - at > 0;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

function isOpening(byte: number): boolean {
  return byte === 0x5b || byte === 0x28 || byte === QUOTE || byte === 0x27 || byte === 0x3c;
}

/** Skips colours, blanks and a syslog priority with its version. */
function skipLineStart(cursor: Cursor): void {
  for (;;) {
    const byte = cursor.peek();
    if (byte === 0x1b && cursor.peek(1) === 0x5b) {
      cursor.at += 2;
      while (cursor.at < cursor.end && (cursor.peek() < 0x40 || cursor.peek() > 0x7e)) cursor.at++;
      cursor.at = Math.min(cursor.at + 1, cursor.end);
    } else if (isBlank(byte)) cursor.at++;
    else break;
  }
  if (cursor.peek() !== 0x3c) return;
  const before = cursor.at;
  cursor.at++;
  const digits = cursor.run(3);
  cursor.at += digits;
  if (digits === 0 || !cursor.skip(0x3e)) {
    cursor.at = before;
    return;
  }
  if (cursor.peek() === 0x31 && cursor.peek(1) === SPACE) cursor.at += 2;
}

function skipColumn(cursor: Cursor): void {
  while (cursor.at < cursor.end && !isBlank(cursor.peek())) cursor.at++;
  while (cursor.at < cursor.end && isBlank(cursor.peek())) cursor.at++;
}

function skipOpening(cursor: Cursor): void {
  if (isOpening(cursor.peek())) cursor.at++;
}

/** Moves to the value of `name="…"`, `name=…` or `"name": …`. */
function skipToField(cursor: Cursor, name: Uint8Array): boolean {
  const { bytes } = cursor;
  const first = name[0] as number;
  const stop = Math.min(cursor.end, cursor.at + FIELD_BYTES) - name.length - 1;
  const lineStart = cursor.at;
  for (let at = lineStart; at <= stop; at++) {
    if (bytes[at] !== first) continue;
    const before = at === lineStart ? SPACE : (bytes[at - 1] as number);
    const quoted = before === QUOTE;
    if (!quoted && !isBlank(before)) continue;
    let matched = 1;
    while (matched < name.length && bytes[at + matched] === name[matched]) matched++;
    if (matched < name.length) continue;
    cursor.at = at + name.length;
    if (quoted ? !(cursor.skip(QUOTE) && skipSeparator(cursor, 0x3a)) : !skipSeparator(cursor, 0x3d))
      continue;
    cursor.skip(QUOTE);
    return true;
  }
  return false;
}

function skipSeparator(cursor: Cursor, separator: number): boolean {
  while (isBlank(cursor.peek())) cursor.at++;
  if (!cursor.skip(separator)) return false;
  while (isBlank(cursor.peek())) cursor.at++;
  return true;
}
