import type { LogFilter, LogQuery, Severity } from '../../../engine/contract/log-views';
import { formatCount } from '../../ui/format';
import { formatTime } from '../log-time';

export const SEVERITIES: readonly Severity[] = ['fatal', 'error', 'warning', 'info', 'debug', 'none'];

export interface PatternRef {
  readonly pattern: number;
  readonly text: string;
}

/** From, inclusive, to, exclusive; null is open. */
export interface TimeRange {
  readonly from: number | null;
  readonly to: number | null;
}

/** What the person asked to see; an empty part lets everything through. */
export interface Filter {
  readonly severities: readonly Severity[];
  readonly include: readonly LogQuery[];
  readonly exclude: readonly LogQuery[];
  readonly only: readonly PatternRef[];
  readonly hide: readonly PatternRef[];
  readonly time: TimeRange | null;
  /** Both included. */
  readonly lines: { readonly from: number; readonly to: number } | null;
  readonly bookmarked: boolean;
}

export const NO_FILTER: Filter = {
  severities: [],
  include: [],
  exclude: [],
  only: [],
  hide: [],
  time: null,
  lines: null,
  bookmarked: false,
};

/** Most parts of a kind that the log process takes. */
export const MOST_QUERIES = 20;
export const MOST_PATTERNS = 1000;

export function isEmpty(filter: Filter): boolean {
  return chipsOf(filter).length === 0;
}

/** The same filter for the log process. */
export function toLogFilter(filter: Filter): LogFilter {
  return {
    include: [...filter.include],
    exclude: [...filter.exclude],
    hidePatterns: filter.hide.map(({ pattern }) => pattern),
    onlyBookmarked: filter.bookmarked,
    ...(filter.severities.length > 0 ? { severities: [...filter.severities] } : {}),
    ...(filter.only.length > 0 ? { onlyPatterns: filter.only.map(({ pattern }) => pattern) } : {}),
    ...(filter.time ? { time: filter.time } : {}),
    ...(filter.lines ? { lines: filter.lines } : {}),
  };
}

/** One part of a filter as it is shown, and the filter without it. */
export interface FilterChip {
  readonly key: string;
  /** What it does: 'Contains', 'Hides pattern', … */
  readonly what: string;
  readonly text: string;
  readonly without: Filter;
}

export function chipsOf(filter: Filter): FilterChip[] {
  const chips: FilterChip[] = [];
  const add = (what: string, text: string, without: Partial<Filter>) =>
    chips.push({ key: `${what}\n${text}`, what, text, without: { ...filter, ...without } });
  if (filter.severities.length > 0)
    add(
      'Severity',
      SEVERITIES.filter((one) => filter.severities.includes(one))
        .map(severityWord)
        .join(', '),
      {
        severities: [],
      },
    );
  for (const query of filter.include)
    add('Contains', queryText(query), { include: filter.include.filter((other) => other !== query) });
  for (const query of filter.exclude)
    add('Without', queryText(query), { exclude: filter.exclude.filter((other) => other !== query) });
  for (const ref of filter.only)
    add('Only pattern', ref.text, { only: filter.only.filter((other) => other !== ref) });
  for (const ref of filter.hide)
    add('Hidden pattern', ref.text, { hide: filter.hide.filter((other) => other !== ref) });
  if (filter.time) add('Time', rangeText(filter.time), { time: null });
  if (filter.lines)
    add('Lines', `${formatCount(filter.lines.from)} to ${formatCount(filter.lines.to)}`, { lines: null });
  if (filter.bookmarked) add('Bookmarked', 'lines with a bookmark', { bookmarked: false });
  return chips;
}

/** Lines without a severity are a kind of their own. */
export function severityWord(severity: Severity): string {
  return severity === 'none' ? 'unrated' : severity;
}

export function queryText({ text, regex, matchCase }: LogQuery): string {
  const shown = regex ? `/${text}/` : `“${text}”`;
  return matchCase ? `${shown} (match case)` : shown;
}

export function rangeText({ from, to }: TimeRange): string {
  if (from === null) return to === null ? 'all' : `until ${formatTime(to)}`;
  return to === null ? `from ${formatTime(from)}` : `${formatTime(from)} to ${formatTime(to)}`;
}

/** Turns a severity on or off; the last one off is no filter. */
export function toggleSeverity(filter: Filter, severity: Severity): Filter {
  const on = filter.severities.includes(severity);
  const severities = on
    ? filter.severities.filter((other) => other !== severity)
    : [...filter.severities, severity];
  return { ...filter, severities: severities.length === SEVERITIES.length ? [] : severities };
}

/** Adds a text that lines must or must not have; the same one twice counts once. */
export function withQuery(filter: Filter, kind: 'include' | 'exclude', query: LogQuery): Filter {
  const others = filter[kind].filter((other) => queryText(other) !== queryText(query));
  return { ...filter, [kind]: [...others, query].slice(-MOST_QUERIES) };
}

/** Shows or hides patterns; a pattern is never on both lists. */
export function withPatterns(filter: Filter, kind: 'only' | 'hide', refs: readonly PatternRef[]): Filter {
  const named = new Set(refs.map(({ pattern }) => pattern));
  const others = (list: readonly PatternRef[]) => list.filter(({ pattern }) => !named.has(pattern));
  return kind === 'only'
    ? { ...filter, only: refs.slice(0, MOST_PATTERNS), hide: others(filter.hide) }
    : {
        ...filter,
        only: others(filter.only),
        hide: [...others(filter.hide), ...refs].slice(-MOST_PATTERNS),
      };
}
