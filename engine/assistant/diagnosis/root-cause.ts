import type { EvidencePack, EvidencePiece } from '../../contract/logs';
import { type KnownFailure, knownFailures } from './known';

/**
 * Failures that others come from: something ran out, broke or expired. Ids of known failures say what happened, and what
 * is felt of it elsewhere has its own words, so both kinds are told by them.
 */
const ROOT =
  /oom|heap|memory|disk-full|no-space|space-full|quota|inode|open-files|file-table|too-many|pool-exhausted|wal-full|xid|ecc|io-error|input-output|medium-error|link-down|expired|read-only|segfault|panic|corrupt|syntax|config|missing|not-found|denied|auth|oomkilled|evict/;
/** Failures that are mostly felt rather than caused: what they name failed somewhere else. */
const SYMPTOM =
  /refused|reset|timed-out|timeout|upstream|broken-pipe|unreachable|no-route|exited|result-|crash-loop|back-?off|unavailable|unhealthy|probe|retry|dependency|connection|5xx|50[0-9]|start-limit|client-error|job-failed/;

const ROOT_WEIGHT = 3;
const OTHER_WEIGHT = 2;
const SYMPTOM_WEIGHT = 1;
/** A specific failure says more than a generic one, a fatal one more than an error. */
const SPECIFIC = 0.6;
const SEVERITY = { fatal: 0.5, error: 0.2, warning: 0 } as const;
/** The most telling piece, by the evidence's own order. */
const LEADING = 0.4;
/** Lines of a failure may come this much after those of what it causes, as a log of several writers has them. */
const LATE_LINES = 25;
const LATE_MS = 5000;

export interface RootCause {
  readonly failure: KnownFailure;
  /** Share of the serious pieces that begin with it or after it, 0..1. */
  readonly explains: number;
  /** Nothing serious was there before. */
  readonly isFirst: boolean;
}

/**
 * The known failure that others most likely come from: a kind that causes rather than is felt, serious, specific, and
 * early, so that most of the trouble begins with it or after it. Null where no known failure is shown.
 */
export function rootCause(pack: EvidencePack): RootCause | null {
  const serious = pack.pieces.filter(isSerious);
  // A piece is told by its first failure; another one of it counts where it is what others come from.
  const known = knownFailures(pack).filter(
    ({ piece, shown }) => piece.failures[0]?.id === shown.id || isRootKind(shown.id),
  );
  // What is a warning by its nature causes nothing while there are failures that are more.
  const errors = known.filter(({ shown: { severity } }) => severity !== 'warning');
  const scored = (errors.length > 0 ? errors : known).map((failure) => {
    const after = serious.filter((piece) => piece === failure.piece || beginsAfter(piece, failure.piece));
    const explains = serious.length === 0 ? 1 : after.length / serious.length;
    return { failure, explains, isFirst: after.length === serious.length, score: score(failure, explains) };
  });
  const [best] = scored.sort((a, b) => b.score - a.score || a.failure.shown.line - b.failure.shown.line);
  return best ?? null;
}

export function isSerious({ severity }: EvidencePiece): boolean {
  return severity === 'fatal' || severity === 'error';
}

/** Whether a failure is of a kind that others come from, rather than one that is felt. */
export function isRootKind(id: string): boolean {
  return ROOT.test(id) && !SYMPTOM.test(id);
}

function score({ shown, label, generic }: KnownFailure, explains: number): number {
  const weight = SYMPTOM.test(shown.id) ? SYMPTOM_WEIGHT : ROOT.test(shown.id) ? ROOT_WEIGHT : OTHER_WEIGHT;
  const leading = label === 1 ? LEADING : 0;
  return weight * (0.3 + 0.7 * explains) + (generic ? 0 : SPECIFIC) + SEVERITY[shown.severity] + leading;
}

function beginsAfter(piece: EvidencePiece, than: EvidencePiece): boolean {
  if (piece.firstLine >= than.firstLine - LATE_LINES) return true;
  return piece.time !== null && than.time !== null && piece.time.from >= than.time.from - LATE_MS;
}
