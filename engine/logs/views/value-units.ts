/** A unit brought to the one that values are told in. */
export interface Scaled {
  readonly unit: string;
  readonly scale: number;
}

const KIB = 1024;

/** Units as logs write them. Durations are told in ms, sizes in bytes; K is 1,024, as most programs mean it. */
const UNITS: readonly (readonly [names: string, unit: string, scale: number])[] = [
  ['ns nsec nanos nanosecond nanoseconds', 'ms', 1e-6],
  ['us µs μs usec micros microsecond microseconds', 'ms', 1e-3],
  ['ms msec msecs millis milli millisecond milliseconds', 'ms', 1],
  ['s sec secs second seconds', 'ms', 1000],
  ['min mins minute minutes', 'ms', 60_000],
  ['h hr hrs hour hours', 'ms', 3_600_000],
  ['b byte bytes', 'B', 1],
  ['kb kib kbytes kilobytes', 'B', KIB],
  ['mb mib mbytes megabytes', 'B', KIB ** 2],
  ['gb gib gbytes gigabytes', 'B', KIB ** 3],
  ['tb tib tbytes terabytes', 'B', KIB ** 4],
  ['% percent pct', '%', 1],
];
/** Short for a unit only right behind a number: `5m`, `20K`, `1d`. */
const ATTACHED: readonly (readonly [name: string, unit: string, scale: number])[] = [
  ['m', 'ms', 60_000],
  ['d', 'ms', 86_400_000],
  ['K', 'B', KIB],
  ['M', 'B', KIB ** 2],
  ['G', 'B', KIB ** 3],
  ['T', 'B', KIB ** 4],
];
const BY_NAME = new Map(
  UNITS.flatMap(([names, unit, scale]) => names.split(' ').map((name) => [name, { unit, scale }] as const)),
);
const BY_LETTER = new Map(ATTACHED.map(([name, unit, scale]) => [name, { unit, scale }] as const));

/** Names of fields that hold a quantity without saying its unit. */
const QUANTITY_NAMES =
  /(?:^|[^A-Za-z])(?:took|elapsed|latency|duration|delay|lag|wait(?:ed|_?time)?|cost|(?:response|request|query|process(?:ing)?|service|run|total|upstream_response|rt)[_-]?time|time[_-]?taken|size|len|length|content[_-]?length|rss|heap|memory|mem|used|free|queue|depth|backlog|count|rows|rate|usage|cpu|load|temperature|temp)["']?\s*(?:is|was|of)?\s*[:=]?\s*["'(]?$/i;
/** The unit at the end of a field's name: `duration_ms=`, `timeMs:`, `bytes=`. */
const NAME_WITH_UNIT =
  /(?:^|[_\-\s"'({,.[]|(?<=[a-z])(?=[A-Z]))(ns|us|ms|Ms|millis|Millis|seconds|secs|Seconds|bytes|Bytes|kb|mb|gb|pct|percent)["']?\s*[:=]\s*["'(]?$/;

export function scaleOf(unit: string): Scaled | null {
  return BY_NAME.get(unit.toLowerCase()) ?? BY_LETTER.get(unit) ?? null;
}

/** The unit that stands behind a masked number in a template: ` ms)`, `MB,`, `% of`. */
export function unitBehind(text: string): Scaled | null {
  const [, space = '', word = ''] = /^([ ]?)(%|[A-Za-zµμ]+)(?![A-Za-z0-9_/-])/.exec(text) ?? [];
  if (word === '') return null;
  const known = BY_NAME.get(word.toLowerCase());
  if (known) return known;
  return space === '' ? (BY_LETTER.get(word) ?? null) : null;
}

/** The unit that the name before a masked number tells; '' for a quantity without one, null for no quantity. */
export function unitOfName(text: string): Scaled | null {
  const named = NAME_WITH_UNIT.exec(text);
  if (named) return scaleOf(named[1] ?? '');
  return QUANTITY_NAMES.test(text) ? { unit: '', scale: 1 } : null;
}
