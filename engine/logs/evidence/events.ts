import { isTrouble, joinFailures, type PatternFacts, type Pick, worse } from './facts';

/** Patterns without known failures that begin this close together and come about equally often tell of one event. */
const SAME_EVENT_LINES = 6;
/** With failures of one family: the kernel's report of memory has forty lines and more. */
const SAME_FAILURE_LINES = 400;
const SAME_EVENT_RATIO = 1.5;
const SAME_EVENT_MS = 1500;
/** Lines that one piece keeps of others. */
const SAMPLES = 6;

/**
 * Joins picks that tell of one event into the best of them. `picks` are best first, and so is the result. Patterns with
 * different known failures stay apart, however close they are, unless one unit or program wrote both in a row.
 */
export function joinEvents(picks: readonly Pick[]): Pick[] {
  const joined: Pick[] = [];
  for (const pick of picks) {
    const at = joined.findIndex((other) => isSameEvent(other.pattern, pick.pattern));
    const other = joined[at];
    if (other) joined[at] = join(other, pick);
    else joined.push(pick);
  }
  return joined;
}

function join(into: Pick, from: Pick): Pick {
  const { pattern } = into;
  return {
    ...into,
    patterns: into.patterns + from.patterns,
    pattern: {
      ...pattern,
      severity: worse(pattern.severity, from.pattern.severity),
      failures: joinFailures(pattern.failures, from.pattern.failures),
      samples: [...pattern.samples, from.pattern.firstLine, ...from.pattern.samples].slice(0, SAMPLES),
    },
  };
}

function isSameEvent(a: PatternFacts, b: PatternFacts): boolean {
  const ratio = Math.max(a.count, b.count) / Math.min(a.count, b.count);
  if (ratio > SAME_EVENT_RATIO || !areNearInTime(a, b)) return false;
  const distance = Math.abs(a.firstLine - b.firstLine);
  if (distance <= SAME_EVENT_LINES && haveOneSubject(a, b)) return true;
  if (a.failures.length > 0 && b.failures.length > 0) {
    return distance <= SAME_FAILURE_LINES && areOfOneFamily(a, b);
  }
  // A harmless line beside an error is not the same thing said again.
  return distance <= SAME_EVENT_LINES && isTrouble(a.severity) === isTrouble(b.severity);
}

/** Several lines of one unit or program in a row, each begun with its name: `web.service: …`. */
function haveOneSubject(a: PatternFacts, b: PatternFacts): boolean {
  const subject = /^[\w@.-]{3,}:(?= )/;
  const of = subject.exec(a.text)?.[0];
  return (
    of !== undefined && of === subject.exec(b.text)?.[0] && isTrouble(a.severity) && isTrouble(b.severity)
  );
}

function areNearInTime(a: PatternFacts, b: PatternFacts): boolean {
  if (a.firstTime === null || b.firstTime === null) return true;
  return Math.abs(a.firstTime - b.firstTime) <= SAME_EVENT_MS;
}

/** Ids of failures begin with the area and what happened: kernel-oom-invoked and kernel-oom-kill are of one family. */
const familyOf = (id: string) => id.split('-', 2).join('-');

function areOfOneFamily(a: PatternFacts, b: PatternFacts): boolean {
  const families = new Set(a.failures.map(({ id }) => familyOf(id)));
  return b.failures.some(({ id }) => families.has(familyOf(id)));
}
