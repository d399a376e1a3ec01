/** A log of about 6,000 tokens in which one line answers a question. */
export interface NeedleCase {
  readonly id: string;
  readonly lines: readonly string[];
  readonly question: string;
  /** Number of the line that answers, counted from 1. */
  readonly line: number;
  /** A word that stands in that line alone. */
  readonly word: string;
}

const SERVICES = ['api', 'worker', 'gateway', 'billing', 'search', 'scheduler', 'auth', 'mailer'];
const NORMAL: readonly ((n: (below: number) => number) => string)[] = [
  (n) => `INFO request GET /v1/items/${n(9999)} status=200 took=${n(180)}ms`,
  (n) => `INFO request POST /v1/orders status=201 took=${n(300)}ms`,
  (n) => `INFO job ${n(9999)} done in ${n(5000)}ms`,
  (n) => `INFO cache hit ratio ${80 + n(19)} %`,
  (n) => `INFO connection from 10.0.${n(255)}.${n(255)} closed`,
  (n) => `INFO worker ${n(16)} is idle`,
  () => 'INFO health check passed',
];
/** What can have gone wrong, to what, and how it is asked for. */
const TROUBLES: readonly { text: (what: string) => string; question: (what: string) => string }[] = [
  {
    text: (what) => `ERROR backup of volume ${what} failed: snapshot could not be written`,
    question: (what) => `What happened to the backup of volume ${what}?`,
  },
  {
    text: (what) => `ERROR certificate of ${what} has expired`,
    question: (what) => `Why do clients refuse ${what}?`,
  },
  {
    text: (what) => `ERROR queue ${what} is full, message was dropped`,
    question: (what) => `What happened to queue ${what}?`,
  },
  {
    text: (what) => `ERROR replica ${what} is too far behind the primary`,
    question: (what) => `What is wrong with replica ${what}?`,
  },
];
const LINES = 150;

/** `count` cases, the same for the same number; the line that answers stands at every depth alike. */
export function needleCases(count: number): NeedleCase[] {
  return Array.from({ length: count }, (_, at) => needleCase(at, count));
}

function needleCase(at: number, count: number): NeedleCase {
  const n = numbers(at + 1);
  const trouble = TROUBLES[at % TROUBLES.length] as (typeof TROUBLES)[number];
  const word = `${['orion', 'vega', 'lyra', 'draco', 'cetus'][n(5)]}-${100 + n(900)}`;
  const line = 1 + Math.floor((at * (LINES - 1)) / Math.max(1, count - 1));
  const start = Date.UTC(2026, 4, 1 + (at % 28), n(24));
  const lines = Array.from({ length: LINES }, (_, row) => {
    const time = new Date(start + row * 1700 + n(900)).toISOString();
    const text =
      row === line - 1 ? trouble.text(word) : (NORMAL[n(NORMAL.length)] as (typeof NORMAL)[number])(n);
    return `${time} ${SERVICES[n(SERVICES.length)]} ${text}`;
  });
  return { id: `needle-${at + 1}`, lines, question: trouble.question(word), line, word };
}

/** Whole numbers below a bound, the same for the same seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed * 0x9e3779b9;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}
