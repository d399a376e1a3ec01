import { type LineColumns, NO_PATTERN } from '../store/line-columns';
import { ListWalk } from './histogram';
import type { LineList } from './line-list';
import type { LogClock } from './log-clock';

/** Equal parts of a log that lines of a pattern are counted by: the points of its sparkline. */
export const PARTS = 48;

/** The log in equal parts: by time where it has a clock, else by line. */
export interface LogParts {
  readonly clock: LogClock | null;
  readonly lineCount: number;
}

/**
 * Counts lines of each pattern in a log or a list of its lines, and where in the log they are. Takes all lines
 * from the first one on.
 */
export class PatternCounts {
  readonly counts: Uint32Array;
  readonly firstLines: Uint32Array;
  readonly lastLines: Uint32Array;
  private readonly sparks: Uint32Array;
  private readonly walk: ListWalk;
  private readonly now: ((time: number) => number) | null;
  private readonly places = new Uint8Array(2048);

  constructor(
    patterns: number,
    private readonly patternOfShape: Uint32Array,
    private readonly parts: LogParts,
    list: LineList | null,
  ) {
    this.counts = new Uint32Array(patterns);
    this.firstLines = new Uint32Array(patterns);
    this.lastLines = new Uint32Array(patterns);
    this.sparks = new Uint32Array(patterns * PARTS);
    this.walk = new ListWalk(list);
    this.now = parts.clock?.reader() ?? null;
  }

  add(columns: LineColumns): void {
    const { counts, firstLines, lastLines, sparks, patternOfShape, places } = this;
    this.place(columns);
    this.walk.each(columns, (line, at) => {
      const pattern = patternOfShape[columns.shapes[at] ?? 0] ?? NO_PATTERN;
      if (pattern >= counts.length) return;
      counts[pattern] = (counts[pattern] ?? 0) + 1;
      if (firstLines[pattern] === 0) firstLines[pattern] = line;
      lastLines[pattern] = line;
      const cell = pattern * PARTS + (places[at] ?? 0);
      sparks[cell] = (sparks[cell] ?? 0) + 1;
    });
  }

  /** Lines of a pattern in each part of the log. */
  spark(pattern: number): Uint32Array {
    return this.sparks.subarray(pattern * PARTS, (pattern + 1) * PARTS);
  }

  /** Finds the part that each line of a step is in. */
  private place({ first, count, times }: LineColumns): void {
    const { clock, lineCount } = this.parts;
    const from = clock ? clock.range.from : 1;
    const length = (clock ? clock.range.to : lineCount) - from + 1;
    for (let at = 0; at < count; at++) {
      const value = this.now ? this.now(times[at] ?? Number.NaN) : first + at;
      this.places[at] = Math.min(PARTS - 1, Math.floor(((value - from) / length) * PARTS));
    }
  }
}
