import { unwrap } from '../formats/unwrap';

/**
 * What a line is to the record that it may be part of, as far as its skeleton tells. Whether it has a time is not
 * part of it, as lines of one skeleton may differ in that.
 */
export const Role = {
  /** Nothing special: it begins a record where it has a time, or where lines of the log have none. */
  text: 0,
  /** It has a header without a time, or is a message of its own: it begins a record. */
  begins: 1,
  blank: 2,
  indented: 3,
  /** Inside a stack trace. */
  trace: 4,
  /** First line of a stack trace: `panic: …`, `Exception in thread …`. */
  opens: 5,
  /** As `opens`; a line that is no frame, the message, is still to come: Python, Rust. */
  opensUnsaid: 6,
  /** Says that another trace follows that belongs to this one. */
  chains: 7,
  /** The place that Node prints before its error. */
  place: 8,
  /** A call as Go prints it: part of a trace where it stands in one. */
  call: 9,
} as const;
export type Role = (typeof Role)[keyof typeof Role];

/** Added to the role of a line inside another one, as docker's and CRI's are: the time is the runtime's. */
export const WRAPPED = 16;
/** Added where the line's end is in the next line. */
export const PARTIAL = 32;
/** Added where columns stand before the line inside, so that the skeleton does not tell whether it is indented. */
export const PREFIXED = 64;

/** Tried in order, without the blanks at the line's start. In skeletons a run of digits is one digit. */
const ROLES: readonly (readonly [Role, RegExp])[] = [
  [Role.opensUnsaid, /^(?:Traceback \(most recent call last\)|thread '.*' (?:\(\d\) )?panicked at .*:$)/],
  [Role.chains, /^(?:During handling of the above exception|The above exception was the direct cause)/],
  [
    Role.trace,
    /^(?:Caused by: |Suppressed: |\.\.\. ?\d+ (?:more|common|shared)|(?:--->|---+ End of |-+ inner )|at (?:[\w.$<>[\]/@]+\.)?[\w$<>[\]|`]+ ?\()/,
  ],
  [
    Role.trace,
    /^(?:File "[^"]*", line \d|goroutine \d+ \[|created by \S+|\[signal |stack backtrace:|note: (?:run with|Some details)|from \S+:\d+:in |#\d+ +(?:0x|\x7f|\S+\(|\{main\})|thrown in \S|Stack trace:|Node\.js v\d|[}\])]+[;,]?$|[\^~]+$)/,
  ],
  [Role.place, /^(?:file:\/\/|node:|\/|[A-Za-z]:\\)\S*(?:\.[cm]?[jt]sx?|node:\S+):\d+$/],
  [
    Role.opens,
    /^(?:panic: |fatal error: |Exception in thread |Unhandled [Ee]xception|Uncaught |PHP (?:Fatal|Parse) error: |(?:Fatal|Parse) error: Uncaught |\S+:\d+:in [`'])/,
  ],
  [Role.opens, /^(?:[\w$]+[.:]+)*[\w$]*(?:Exception|Error|Throwable|Panic|Fault)(?: \[\w+\])?(?::|$| \()/],
  [Role.call, /^[\w./\x7f@-]+\.[\w.()*[\]{}<>-]+\(.*\)$/],
];

/** Longest part of a line that is held against the patterns. Some go back and forth: they need an end. */
const ROLE_LENGTH = 300;
/** A level at the start: a header without a time. */
const LEVEL =
  /^(?:<\d>|[[(<]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|CRITICAL|FATAL)[\])>]?(?::|\s|$))/;
/** An object on a line of its own. */
const OBJECT = /^\{.*\}$/s;

/** The role of the line with this skeleton, with WRAPPED and PARTIAL added. Slow: once a skeleton. */
export function lineRole(skeleton: string): number {
  const inner = unwrap(skeleton);
  if (inner === null) return roleOf(skeleton);
  return roleOf(inner.text) + WRAPPED + (inner.partial ? PARTIAL : 0) + (inner.prefixed ? PREFIXED : 0);
}

function roleOf(line: string): Role {
  const text = line.trimStart().slice(0, ROLE_LENGTH);
  if (text === '') return Role.blank;
  const found = ROLES.find(([, pattern]) => pattern.test(text));
  if (found) return found[0];
  if (/^\s/.test(line)) return Role.indented;
  return LEVEL.test(line) || OBJECT.test(line) ? Role.begins : Role.text;
}
