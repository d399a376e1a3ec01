/** Milliseconds in a day. */
export const DAY = 86_400_000;

/** Share of lines at each end that does not say how long the log is, and how many lines a log must have for that. */
const END_SHARE = 0.001;
const END_LINES = 20;
/** How far from the middle of the log, in lengths of that, a time is taken for a wrong clock; and the least distance. */
const FAR = 20;
const FAR_LEAST = 30 * DAY;

export interface TimeRange {
  /** Milliseconds since 1970; both are times of lines. */
  readonly from: number;
  readonly to: number;
}

interface DayOfLog {
  count: number;
  from: number;
  to: number;
  firstLine: number;
  firstTime: number;
}

/** Gathers when lines were written, a day an entry, so that a range can be told that no single line ruins. */
export class TimeProfile {
  private readonly days = new Map<number, DayOfLog>();
  private today: DayOfLog | null = null;
  private todayNumber = Number.NaN;

  /** `time` in milliseconds, NaN for none. Lines come by ascending number. */
  add(line: number, time: number): void {
    if (Number.isNaN(time)) return;
    const number = Math.floor(time / DAY);
    if (number !== this.todayNumber || !this.today) this.turnTo(number, line, time);
    const day = this.today;
    if (!day) return;
    day.count++;
    if (time < day.from) day.from = time;
    if (time > day.to) day.to = time;
  }

  /**
   * The clock of the log; null where no line has a time. Its range leaves out times that are far (20 times as
   * long as the middle 99.8 % of lines take, and at least 30 days) from that middle: a clock that stood at 1970,
   * a year that was guessed wrongly.
   */
  clock(): LogClock | null {
    const days = [...this.days.values()].sort((a, b) => a.from - b.from);
    const total = days.reduce((sum, { count }) => sum + count, 0);
    if (total === 0) return null;
    const ends = total < END_LINES ? 0 : Math.max(1, Math.floor(total * END_SHARE));
    const from = dayAfter(days, ends)?.from ?? 0;
    const to = dayAfter([...days].reverse(), ends)?.to ?? 0;
    const far = Math.max(FAR_LEAST, FAR * (to - from));
    const near =
      total < END_LINES ? days : days.filter((day) => day.to >= from - far && day.from <= to + far);
    const first = near.reduce((a, b) => (b.firstLine < a.firstLine ? b : a));
    const range = {
      from: near.reduce((least, day) => Math.min(least, day.from), Number.POSITIVE_INFINITY),
      to: near.reduce((most, day) => Math.max(most, day.to), Number.NEGATIVE_INFINITY),
    };
    return new LogClock(range, first.firstTime);
  }

  private turnTo(number: number, line: number, time: number): void {
    this.today = this.days.get(number) ?? {
      count: 0,
      from: time,
      to: time,
      firstLine: line,
      firstTime: time,
    };
    this.days.set(number, this.today);
    this.todayNumber = number;
  }
}

/** The day in which the line after the first `lines` ones stands. */
function dayAfter(days: readonly DayOfLog[], lines: number): DayOfLog | undefined {
  let count = 0;
  return days.find((day) => {
    count += day.count;
    return count > lines;
  });
}

/**
 * When each line counts as written: at its own time, or, where it has none or one outside the log's range, at
 * that of the line before it. Lines before the first time count as that.
 */
export class LogClock {
  constructor(
    readonly range: TimeRange,
    private readonly start: number,
  ) {}

  /** Reads lines from the first one on; give it the time of each line in turn. */
  reader(): (time: number) => number {
    const { from, to } = this.range;
    let now = this.start;
    return (time) => {
      if (time >= from && time <= to) now = time;
      return now;
    };
  }
}
