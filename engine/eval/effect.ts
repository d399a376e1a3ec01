import type { Compare } from './items';

/** What a run of a command did, as far as two runs can be compared. */
export interface Effect {
  /** Exit status; null when the run was ended by the time limit or broke its sandbox's shell. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Each path of the tree with its kind, mode and content; see snapshot.ts. */
  readonly tree: ReadonlyMap<string, string>;
  /** Processes, repositories and archives afterwards; see fixtures/run-in-sandbox.sh. */
  readonly state: string;
  readonly timedOut: boolean;
  /** More output than the limit. */
  readonly truncated: boolean;
}

/**
 * Output as people compare it: space at the ends of lines and empty lines at the end do not count (`wc` and `uniq -c`
 * pad), nor the './' that find writes before a name.
 */
export function comparableOutput(stdout: string, unordered: boolean): string {
  const lines = stdout.split('\n').map((line) => line.trim().replace(/^\.\/(?=.)/, ''));
  while (lines.at(-1) === '') lines.pop();
  return (unordered ? lines.sort() : lines).join('\n');
}

/** True when both runs ended alike, printed the same where that counts, and left the same files and state. */
export function sameEffect(reference: Effect, other: Effect, compare: Compare): boolean {
  if (reference.timedOut || other.timedOut || reference.truncated || other.truncated) return false;
  if (reference.status === null || other.status === null) return false;
  if ((reference.status === 0) !== (other.status === 0)) return false;
  const unordered = compare === 'stdout-unordered';
  if (
    compare !== 'files' &&
    comparableOutput(reference.stdout, unordered) !== comparableOutput(other.stdout, unordered)
  )
    return false;
  return reference.state === other.state && sameTree(reference.tree, other.tree);
}

function sameTree(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([path, entry]) => other.get(path) === entry);
}
