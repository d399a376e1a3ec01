import type { Histogram, Severity } from '../../../engine/contract/log-views';
import { formatCount, plural } from '../../ui/format';
import { type Filter, SEVERITIES } from '../filters/filter-model';
import { formatClock, formatDay, formatTime } from '../log-time';

const BUCKETS = [30, 60, 90, 120, 180, 240];
/** Narrower bars can't be told apart, nor hit with a pointer. CSS px. */
const LEAST_WIDTH = 5;

/** How many buckets fit into a width; few values, so that dragging a splitter does not ask for each pixel. */
export function bucketsFor(width: number): number {
  return BUCKETS.findLast((count) => count * LEAST_WIDTH <= width) ?? BUCKETS[0] ?? 30;
}

export type Bucket = Histogram['buckets'][number];

/** Where a bucket ends; one alone may have no width. */
export function stepOf({ step }: Histogram): number {
  return step > 0 ? step : 1;
}

export function totalOf({ counts }: Bucket): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The bucket that holds a value of the axis, kept within the histogram; -1 where there is none. */
export function bucketAt(histogram: Histogram, value: number): number {
  const { buckets } = histogram;
  const first = buckets[0];
  if (!first) return -1;
  const index = Math.floor((value - first.start) / stepOf(histogram));
  return Math.min(Math.max(0, index), buckets.length - 1);
}

/** A line that the bucket leads to: its first one, or that of the next bucket that has any, else of one before. */
export function lineOfBucket({ buckets }: Histogram, index: number): number | null {
  const after = buckets.slice(index).find(({ firstLine }) => firstLine !== null);
  return (
    (after ?? buckets.slice(0, index).findLast(({ firstLine }) => firstLine !== null))?.firstLine ?? null
  );
}

/** The filter that shows buckets `from` to `to`, in either order. */
export function brushed(filter: Filter, histogram: Histogram, from: number, to: number): Filter {
  const first = histogram.buckets[Math.min(from, to)];
  const last = histogram.buckets[Math.max(from, to)];
  if (!first || !last) return filter;
  const end = last.start + stepOf(histogram);
  return histogram.axis === 'time'
    ? { ...filter, time: { from: first.start, to: end }, lines: null }
    : { ...filter, lines: { from: Math.ceil(first.start), to: Math.ceil(end) - 1 }, time: null };
}

/** The part of the axis that the filter shows; null is all of it. */
export function brushOf(
  filter: Filter,
  { axis }: Histogram,
): { from: number | null; to: number | null } | null {
  if (axis === 'time') return filter.time;
  return filter.lines && { from: filter.lines.from, to: filter.lines.to + 1 };
}

/** '12:00:00 to 12:05:00: 230 lines, 4 errors', for the pointer and for a screen reader. */
export function describeBuckets(histogram: Histogram, from: number, to: number): string {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const buckets = histogram.buckets.slice(low, high + 1);
  const first = buckets[0];
  const last = buckets.at(-1);
  if (!first || !last) return '';
  const counts = SEVERITIES.map((_, index) =>
    buckets.reduce((sum, { counts: of }) => sum + (of[index] ?? 0), 0),
  );
  const lines = plural(
    counts.reduce((sum, count) => sum + count, 0),
    'line',
  );
  const of = (severity: Severity) => counts[SEVERITIES.indexOf(severity)] ?? 0;
  const errors = of('fatal') + of('error');
  const parts = [
    lines,
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(of('warning') > 0 ? [plural(of('warning'), 'warning')] : []),
  ];
  return `${describeRange(histogram, first.start, last.start + stepOf(histogram))}: ${parts.join(', ')}`;
}

function describeRange({ axis, step }: Histogram, from: number, to: number): string {
  if (axis === 'line') return `lines ${formatCount(Math.ceil(from))} to ${formatCount(Math.ceil(to) - 1)}`;
  const clock = step < 1000 ? formatClock : (ms: number) => formatClock(Math.floor(ms / 1000) * 1000);
  const whole = step < 1000 ? formatTime : (ms: number) => formatTime(Math.floor(ms / 1000) * 1000);
  const end = formatDay(from) === formatDay(to) ? clock(to) : whole(to);
  return `${whole(from)} to ${end}`;
}
