import { comparableOutput, type Effect, sameEffect } from '../effect';
import type { EvalItem } from '../items';
import { canonicalCommand } from './canonical';

/** From this on a command or its output counts as matching in the Calibration Score. */
export const CALIBRATION_THRESHOLD = 0.9;

/** What a check without running says; the errors make a command fail that would parse. */
export interface TextCheck {
  readonly parsed: boolean;
  readonly errors: readonly string[];
}

/** The figures of one answer. null: does not apply, or could not be measured. */
export interface ItemScores {
  readonly id: string;
  readonly answered: boolean;
  readonly exact: boolean;
  readonly accurate: boolean;
  /** Ends with 0 (or as the reference does) in the sandbox; where nothing is run: parses and has no finding of severity error. */
  readonly succeeded: boolean | null;
  readonly parsed: boolean | null;
  readonly cmdScore: number | null;
  /** Only for items whose output is compared. */
  readonly outputScore: number | null;
  readonly calibration: number | null;
  readonly ms: number | null;
}

export interface ScoreInput {
  readonly item: EvalItem;
  readonly command: string | null;
  readonly ms: number | null;
  readonly cmdScore: number | null;
  /** What reading the command says; null where nothing was answered, 'unchecked' where no checks were handed in. */
  readonly check: TextCheck | null | 'unchecked';
  /** Effects of reference and command; null where the item is not run. */
  readonly runs: { readonly reference: Effect; readonly command: Effect | null } | null;
}

export function scoreItem({ item, command, ms, cmdScore, check, runs }: ScoreInput): ItemScores {
  const exact = command !== null && item.references.includes(command.trim());
  const effect = runs?.command ?? null;
  const outputScore =
    runs && item.compare !== 'files' ? outputSimilarity(runs.reference, effect, item) : null;
  const accurate = exact || (command !== null && (sameText(command, item) || sameRun(runs, item)));
  const score = command === null ? 0 : cmdScore;
  return {
    id: item.id,
    answered: command !== null,
    exact,
    accurate,
    succeeded: runs ? endedWell(runs.reference, effect) : check === 'unchecked' ? null : passes(check),
    parsed: check === 'unchecked' ? null : (check?.parsed ?? null),
    cmdScore: score,
    outputScore,
    calibration: runs === null || score === null ? null : calibrationScore(score, outputScore, accurate),
    ms,
  };
}

const passes = (check: TextCheck | null) => check?.parsed === true && check.errors.length === 0;

/** Status 0, or what the reference ends with: `diff` says 1 where files differ, as it should. */
function endedWell(reference: Effect, effect: Effect | null): boolean {
  return effect !== null && !effect.timedOut && (effect.status === 0 || effect.status === reference.status);
}

function sameText(command: string, item: EvalItem): boolean {
  const canonical = canonicalCommand(command);
  return item.references.some((reference) => canonicalCommand(reference) === canonical);
}

function sameRun(runs: ScoreInput['runs'], item: EvalItem): boolean {
  return (
    runs?.command != null &&
    item.compare !== undefined &&
    sameEffect(runs.reference, runs.command, item.compare)
  );
}

/**
 * AIMicius' approximate accuracy for commands that run: 1 where the command or what it prints is close enough to the
 * reference's, else 0. The threshold is ours.
 */
function calibrationScore(cmdScore: number, outputScore: number | null, accurate: boolean): number {
  const best = Math.max(cmdScore, outputScore ?? (accurate ? 1 : 0));
  return best >= CALIBRATION_THRESHOLD ? 1 : 0;
}

/**
 * How alike two outputs are, 0 to 1: the Dice coefficient of their lines, or of their words where both have one line.
 * Ours; a run that broke off, or printed nothing, has 0.
 */
export function outputSimilarity(
  reference: Effect,
  other: Effect | null,
  item: Pick<EvalItem, 'compare'>,
): number {
  if (other === null || other.timedOut || other.truncated) return 0;
  const unordered = item.compare === 'stdout-unordered';
  const [one, two] = [reference, other].map(({ stdout }) => comparableOutput(stdout, unordered)) as [
    string,
    string,
  ];
  if (one === two) return 1;
  if (one === '' || two === '') return 0;
  const separator = one.includes('\n') || two.includes('\n') ? '\n' : /\s+/;
  return dice(one.split(separator), two.split(separator));
}

function dice(one: readonly string[], two: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of one) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of two) {
    const count = left.get(word) ?? 0;
    if (count > 0) shared++;
    left.set(word, count - 1);
  }
  return (2 * shared) / (one.length + two.length);
}
