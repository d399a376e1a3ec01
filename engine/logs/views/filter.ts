import { type LogFilter, Severity } from '../../contract/log-views';
import { type LineColumns, NO_PATTERN } from '../store/line-columns';
import { intersect, type LineList, type LineListBuilder, lowerBound } from './line-list';
import type { LogClock } from './log-clock';

/** What a filter needs to know of the log besides its lines. */
export interface FilterContext {
  readonly patternOfShape: Uint32Array;
  /** Null where no line has a time: a filter by time then lets no line through. */
  readonly clock: LogClock | null;
  readonly bookmarked: LineList;
}

/** Goes through lines from the first one on and keeps those that a filter's parts other than text let through. */
export class ColumnFilter {
  private readonly severities: Uint8Array | null;
  private readonly patterns: PatternSet;
  private readonly now: ((time: number) => number) | null;

  constructor(
    private readonly filter: LogFilter,
    private readonly context: FilterContext,
  ) {
    this.severities = filter.severities ? severityFlags(filter.severities) : null;
    this.patterns = new PatternSet(filter.onlyPatterns ?? null, filter.hidePatterns);
    this.now = filter.time && context.clock ? context.clock.reader() : null;
  }

  /** Whether it lets every line through, so that there is nothing to go through. */
  get isOpen(): boolean {
    const { severities, onlyPatterns, hidePatterns, time, lines, onlyBookmarked } = this.filter;
    return !severities && !onlyPatterns && hidePatterns.length === 0 && !time && !lines && !onlyBookmarked;
  }

  /** Lines to go through: with a time all from the first one, as lines take it from those before them. */
  range(lineCount: number): { from: number; to: number } {
    const { lines, time } = this.filter;
    return { from: time ? 1 : (lines?.from ?? 1), to: Math.min(lines?.to ?? lineCount, lineCount) };
  }

  addTo(found: LineListBuilder, { first, count, shapes, severities, times }: LineColumns): void {
    const { filter, context, patterns, now } = this;
    const from = filter.lines?.from ?? 1;
    for (let at = 0; at < count; at++) {
      const moment = now ? now(times[at] ?? Number.NaN) : Number.NaN;
      if (first + at < from) continue;
      if (this.severities && !this.severities[severities[at] ?? 0]) continue;
      if (patterns.matters && !patterns.has(context.patternOfShape[shapes[at] ?? 0] ?? NO_PATTERN)) continue;
      if (filter.time && !inTime(moment, filter.time)) continue;
      found.push(first + at);
    }
  }

  /** The lines of a list that are let through by bookmarks. */
  bookmarkedOf(lines: LineList): LineList {
    if (!this.filter.onlyBookmarked) return lines;
    return intersect(this.context.bookmarked, lines).both;
  }
}

/** The part of a list from line `from` to line `to`, without a copy. */
export function between(list: LineList, from: number, to: number): LineList {
  return list.subarray(lowerBound(list, from), lowerBound(list, to + 1));
}

function inTime(moment: number, { from, to }: NonNullable<LogFilter['time']>): boolean {
  if (from === null && to === null) return true;
  // Without a time all comparisons are false.
  return (from === null ? true : moment >= from) && (to === null ? !Number.isNaN(moment) : moment < to);
}

function severityFlags(shown: readonly Severity[]): Uint8Array {
  return Uint8Array.from(Severity.options, (severity) => (shown.includes(severity) ? 1 : 0));
}

class PatternSet {
  readonly matters: boolean;
  private readonly only: ReadonlySet<number> | null;
  private readonly hidden: ReadonlySet<number>;

  constructor(only: readonly number[] | null, hidden: readonly number[]) {
    this.only = only ? new Set(only) : null;
    this.hidden = new Set(hidden);
    this.matters = only !== null || hidden.length > 0;
  }

  has(pattern: number): boolean {
    return (this.only?.has(pattern) ?? true) && !this.hidden.has(pattern);
  }
}
