import { jsonFields, logfmtFields } from './fields';
import type { Wrap } from './format';
import { formats } from './index';

/** The line or message inside a line of a form that wraps. */
export interface Unwrapped {
  /** On one line; blanks at its start are kept, as they tell continuation lines. */
  readonly text: string;
  /** Level as written in a field of its own; a syslog digit for a numeric one; null for none. */
  readonly level: string | null;
  /** Its end is in the next line: a runtime cut it to pieces. */
  readonly partial: boolean;
  /** Columns stood before it and not quotes around it: a skeleton does not tell whether it is indented. */
  readonly prefixed: boolean;
}

/** A line in a line in a line: a container's runtime, journald or the like, the program's own JSON. */
const NESTING_MAX = 3;

type FieldWrap = Extract<Wrap, { kind: 'json' | 'logfmt' }>;
const wraps = formats.flatMap(({ wrap }) => (wrap ? [wrap] : []));
const jsonWraps = wraps.filter((wrap): wrap is FieldWrap => wrap.kind === 'json');
const logfmtWraps = wraps.filter((wrap): wrap is FieldWrap => wrap.kind === 'logfmt');
const prefixWraps = wraps.flatMap((wrap) =>
  wrap.kind === 'prefix' ? [{ regex: new RegExp(wrap.prefix), partial: wrap.partial }] : [],
);

/** Digits of bunyan and pino, as syslog's. */
const TENS: Readonly<Record<string, string>> = {
  10: '7',
  20: '7',
  30: '6',
  40: '4',
  50: '3',
  60: '2',
};
/** Letters of MongoDB and Android. */
const LETTERS: Readonly<Record<string, string>> = { F: '2', E: '3', W: '4', I: '6', D: '7', V: '7' };

/**
 * What is inside a line of a wrapping form: docker's and CRI's lines, journald's JSON, JSON lines, logfmt. Null
 * for any other line. It takes lines and skeletons alike, so digestion asks once a skeleton; which form the log as a
 * whole has does not matter, as merged logs have several.
 */
export function unwrap(line: string): Unwrapped | null {
  let inner = unwrapOnce(line);
  if (inner === null) return null;
  for (let depth = 1; depth < NESTING_MAX; depth++) {
    const next = unwrapOnce(inner.text);
    if (next === null) break;
    inner = {
      ...inner,
      text: next.text,
      level: next.level ?? inner.level,
      partial: next.partial || inner.partial,
    };
  }
  return { ...inner, text: inner.text.trimEnd().replace(/\s*\n\s*/g, ' ') };
}

function unwrapOnce(line: string): Unwrapped | null {
  if (/^\s*\{/.test(line)) return fromFields(jsonWraps, jsonFields(line));
  for (const { regex, partial } of prefixWraps) {
    const match = regex.exec(line);
    if (match)
      return {
        text: line.slice(match[0].length),
        level: null,
        partial: match[1] === partial,
        prefixed: true,
      };
  }
  // The kernel's audit lines have the moment in `msg`.
  if (!/^ ?[\w.@-]+=/.test(line) || line.includes(' msg=audit(')) return null;
  const fields = logfmtFields(line);
  // A sentence may begin with one `key=value`.
  return fields.size < 3 ? null : fromFields(logfmtWraps, fields);
}

function fromFields(candidates: readonly FieldWrap[], fields: ReadonlyMap<string, string>): Unwrapped | null {
  for (const { requires, message, level, also, partialWithoutLineEnd } of candidates) {
    if (!requires.every((name) => fields.has(name))) continue;
    const text = firstOf(message, fields);
    // An empty message says less than the line as it is.
    if (text === undefined || text === '') continue;
    const more = also.flatMap((name) => {
      const value = fields.get(name);
      return value === undefined || value === '' || value === 'null' ? [] : [`${name}=${value}`];
    });
    return {
      text: [text, ...more].join(' '),
      level: levelOf(level, fields),
      partial: partialWithoutLineEnd && !text.endsWith('\n'),
      prefixed: false,
    };
  }
  return null;
}

function firstOf(names: readonly string[], fields: ReadonlyMap<string, string>): string | undefined {
  const name = names.find((candidate) => fields.has(candidate));
  return name === undefined ? undefined : fields.get(name);
}

function levelOf(names: readonly string[], fields: ReadonlyMap<string, string>): string | null {
  const name = names.find((candidate) => fields.has(candidate));
  const written = fields.get(name ?? '');
  if (written === undefined || written === '' || written === 'null') return null;
  // A skeleton keeps journald's digit and folds any other one.
  if (/^\d$/.test(written) && name !== 'PRIORITY') return null;
  return TENS[written] ?? LETTERS[written] ?? written;
}
