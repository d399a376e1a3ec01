import type { LineColumns } from '../store/line-columns';
import type { LogClock } from './log-clock';
import { lowestOf } from './order';

export interface Gap {
  /** The first line after it. */
  readonly line: number;
  /** Moments of the lines around it, in milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** Most gaps that are told. */
const GAPS = 20;
/** Longest silences that are kept while a log is gone through. */
const KEPT = 256;
/** A shorter silence is none, in milliseconds. */
const SHORTEST = 1000;
/** A log with fewer different moments has no usual spacing. */
const LEAST_STEPS = 10;
/** How many times as long as the usual longest silences a gap is. */
const LIFT = 10;
/** How many times as long as the tenth longest: silences that come ten times, as at night, are usual. */
const REPEAT_LIFT = 3;
const REPEATS = 10;
/** Lengths are counted in classes a quarter of a doubling wide. */
const CLASSES = 256;

/**
 * Finds silences far longer than what is usual in a log: ten times as long as 99 % of its steps from one moment to
 * the next, and three times as long as the tenth longest (in short logs: as the longest of each ten steps). Takes
 * all lines from the first one on.
 */
export class GapFinder {
  private readonly now: (time: number) => number;
  private latest = Number.NaN;
  private readonly classes = new Uint32Array(CLASSES);
  private steps = 0;
  private longest: Gap[] = [];

  constructor(clock: LogClock) {
    this.now = clock.reader();
  }

  add({ first, count, times }: LineColumns): void {
    for (let at = 0; at < count; at++) {
      if (Number.isNaN(times[at] ?? Number.NaN)) continue;
      const moment = this.now(times[at] ?? Number.NaN);
      // Lines that come late, as of several threads, leave no silence behind.
      if (moment > this.latest) this.step(first + at, moment);
      if (!(moment <= this.latest)) this.latest = moment;
    }
  }

  /** The longest ones, by line. */
  finish(): Gap[] {
    if (this.steps < LEAST_STEPS) return [];
    const lengths = this.longest.map(length).sort((a, b) => b - a);
    const rank = Math.min(REPEATS, 1 + Math.floor(this.steps / 10));
    const least = Math.max(SHORTEST, LIFT * this.usual(), REPEAT_LIFT * (lengths[rank - 1] ?? 0));
    const gaps = this.longest.filter((gap) => length(gap) >= least);
    return lowestOf(
      lowestOf(gaps, (gap) => -length(gap), GAPS),
      ({ line }) => line,
      GAPS,
    );
  }

  private step(line: number, moment: number): void {
    const gap = { line, from: this.latest, to: moment };
    this.steps++;
    const place = classOf(length(gap));
    this.classes[place] = (this.classes[place] ?? 0) + 1;
    this.longest.push(gap);
    if (this.longest.length >= 2 * KEPT) this.longest = lowestOf(this.longest, (each) => -length(each), KEPT);
  }

  /** Length that 99 % of the steps keep below; in short logs all but the three longest. */
  private usual(): number {
    let left = Math.max(0.01 * this.steps, 3);
    for (let place = CLASSES - 1; place >= 0; place--) {
      left -= this.classes[place] ?? 0;
      if (left < 0) return 2 ** ((place + 1) / 4);
    }
    return 0;
  }
}

function length({ from, to }: Gap): number {
  return to - from;
}

function classOf(milliseconds: number): number {
  return Math.min(CLASSES - 1, Math.max(0, Math.floor(4 * Math.log2(milliseconds))));
}
