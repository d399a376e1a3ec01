import type { Histogram } from '../../contract/log-views';
import type { LineColumns } from '../store/line-columns';
import { type Axis, bucketOf, lineAxis, timeAxis } from './axis';
import type { LineList } from './line-list';
import type { LogClock, TimeRange } from './log-clock';

const SEVERITIES = 6;

/** Calls `each` for every line of a step that stands in a list, or for every line where there is no list. */
export class ListWalk {
  private at = 0;

  constructor(private readonly list: LineList | null) {}

  each({ first, count }: LineColumns, visit: (line: number, at: number) => void): void {
    const { list } = this;
    if (!list) {
      for (let at = 0; at < count; at++) visit(first + at, at);
      return;
    }
    for (; this.at < list.length; this.at++) {
      const line = list[this.at] ?? 0;
      if (line >= first + count) return;
      if (line >= first) visit(line, line - first);
    }
  }
}

/** First and last moment at which lines of a list count as written. Takes all lines from the first one on. */
export class TimeSpan {
  private readonly now: (time: number) => number;
  private readonly walk: ListWalk;
  private readonly moments = new Float64Array(2048);
  private from = Number.POSITIVE_INFINITY;
  private to = Number.NEGATIVE_INFINITY;

  constructor(clock: LogClock, list: LineList) {
    this.now = clock.reader();
    this.walk = new ListWalk(list);
  }

  add(columns: LineColumns): void {
    const { moments } = this;
    for (let at = 0; at < columns.count; at++) moments[at] = this.now(columns.times[at] ?? Number.NaN);
    this.walk.each(columns, (_, at) => {
      const moment = moments[at] ?? 0;
      if (moment < this.from) this.from = moment;
      if (moment > this.to) this.to = moment;
    });
  }

  get range(): TimeRange | null {
    return this.from <= this.to ? { from: this.from, to: this.to } : null;
  }
}

/** Axis of a log's histogram: by time where it has a clock, else by line number. */
export function logAxis(range: TimeRange | null, lines: TimeRange, buckets: number): LogAxis {
  return range
    ? { kind: 'time', ...timeAxis(range, buckets) }
    : { kind: 'line', ...lineAxis(lines, buckets) };
}

export interface LogAxis extends Axis {
  readonly kind: Histogram['axis'];
}

/**
 * Counts lines by bucket and severity. Every line is counted: one without a time, or with one far outside the
 * log's range, stands where the line before it stands (see LogClock). Takes all lines from the first one on.
 */
export class HistogramCounts {
  private readonly counts: Uint32Array;
  private readonly firstLines: Uint32Array;
  private readonly walk: ListWalk;
  private readonly now: ((time: number) => number) | null;
  private readonly places = new Uint32Array(2048);

  constructor(
    private readonly axis: LogAxis,
    clock: LogClock | null,
    list: LineList | null,
  ) {
    this.counts = new Uint32Array(axis.count * SEVERITIES);
    this.firstLines = new Uint32Array(axis.count);
    this.walk = new ListWalk(list);
    this.now = axis.kind === 'time' && clock ? clock.reader() : null;
  }

  add(columns: LineColumns): void {
    const { axis, now, places, counts, firstLines } = this;
    for (let at = 0; at < columns.count; at++) {
      places[at] = bucketOf(axis, now ? now(columns.times[at] ?? Number.NaN) : columns.first + at);
    }
    this.walk.each(columns, (line, at) => {
      const place = places[at] ?? 0;
      const cell = place * SEVERITIES + (columns.severities[at] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
      if (firstLines[place] === 0) firstLines[place] = line;
    });
  }

  finish(): Histogram {
    const { axis, counts, firstLines } = this;
    return {
      axis: axis.kind,
      step: axis.step,
      buckets: Array.from({ length: axis.count }, (_, place) => ({
        start: axis.start + place * axis.step,
        firstLine: firstLines[place] || null,
        counts: [...counts.subarray(place * SEVERITIES, (place + 1) * SEVERITIES)],
      })),
    };
  }
}
