import { PARTIAL, Role, WRAPPED } from './line-role';

/** How a log's lines are written, told from its beginning. */
export interface LogHabits {
  /** Lines have times or levels: a line without belongs to the one before it. */
  readonly headed: boolean;
  /** Indented lines are few, so they belong to what stands before them. */
  readonly indentJoins: boolean;
}

/** Lines at the start of a log that tell its habits. */
export const HABIT_LINES = 2000;
/** Lines with a header among lines that are neither blank, indented nor of a trace. */
const MIN_HEADED = 1 / 3;
const MAX_INDENTED = 1 / 2;
/** Longest run of lines that are joined for want of a header alone, and longest record. */
const BARE_MAX = 500;
const RECORD_MAX = 10_000;

/** Tells a log's habits from the roles of its first lines and their times (NaN for none). */
export function logHabits(roles: Uint8Array, times: Float64Array, lines: number): LogHabits {
  let headed = 0;
  let bare = 0;
  let indented = 0;
  for (let line = 0; line < Math.min(lines, HABIT_LINES); line++) {
    const role = roles[line] as number;
    if (begins(role, !Number.isNaN(times[line])) || (role & 31) === WRAPPED) headed++;
    else if ((role & 15) === Role.text) bare++;
    else if ((role & 15) === Role.indented) indented++;
  }
  return {
    headed: headed > 0 && headed >= (headed + bare) * MIN_HEADED,
    indentJoins: indented <= (headed + bare + indented) * MAX_INDENTED,
  };
}

/** It begins a record, whatever stands before it. */
function begins(role: number, hasTime: boolean): boolean {
  const kind = role & 15;
  if (kind === Role.begins) return true;
  // Every wrapped line has the runtime's time, the lines of a stack trace too.
  if (!hasTime || (role & WRAPPED) !== 0) return false;
  return kind === Role.text || kind === Role.indented || kind === Role.call;
}

/** Tells, line by line in their order, which lines continue the record that an earlier line began. */
export class RecordJoiner {
  private bare = 0;
  private partial = false;
  /** In a stack trace. */
  private inTrace = false;
  /** The trace's message is still to come. */
  private unsaid = false;
  /** The next trace belongs to this one. */
  private chained = false;
  /** Null where the lines before were joined by another one. */
  private source: number | null = null;

  /** @param length lines of the record that the lines before ended in; 0 at the start of a log */
  constructor(
    private readonly habits: LogHabits,
    private length = 0,
  ) {}

  /**
   * @param role as `lineRole` gives it
   * @param source of the line; another one begins a record
   */
  continues(role: number, hasTime: boolean, source = 0): boolean {
    const follows = this.length > 0 && (source === this.source || this.source === null);
    if (!follows) this.reset();
    // Asked of a first line, too: a trace may begin with it.
    const joined = this.joins(role, hasTime) && follows;
    this.source = source;
    this.length = joined ? this.length + 1 : 1;
    this.partial = (role & PARTIAL) !== 0;
    return joined;
  }

  private joins(role: number, hasTime: boolean): boolean {
    if (this.length >= RECORD_MAX) return this.reset();
    if (this.partial) return true;
    if (begins(role, hasTime)) return this.reset();
    const kind = role & 15;
    const headed = this.habits.headed && (role & WRAPPED) === 0;
    switch (kind) {
      case Role.blank:
        return headed || this.inTrace;
      case Role.indented:
        return this.habits.indentJoins || this.inTrace;
      case Role.trace:
      case Role.chains:
        this.inTrace = true;
        if (kind === Role.chains) this.chained = true;
        return true;
      case Role.place:
      case Role.opens:
      case Role.opensUnsaid: {
        // The message of a Python or Rust trace looks like a trace's first line.
        const said = this.unsaid && kind === Role.opens;
        const joined = said || this.chained || headed;
        if (!joined) this.reset();
        this.inTrace = true;
        this.unsaid = kind === Role.opensUnsaid;
        this.chained = kind === Role.place;
        return joined;
      }
      case Role.call:
        if (this.inTrace) return true;
        break;
      default:
        if (this.unsaid) {
          this.unsaid = false;
          return true;
        }
    }
    this.inTrace = false;
    if (!headed || this.bare >= BARE_MAX) return this.reset();
    this.bare++;
    return true;
  }

  private reset(): false {
    this.partial = false;
    this.bare = 0;
    this.inTrace = false;
    this.unsaid = false;
    this.chained = false;
    return false;
  }
}
