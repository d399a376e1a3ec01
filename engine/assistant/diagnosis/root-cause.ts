import type { EvidencePack, EvidencePiece } from '../../contract/logs';
import { type KnownFailure, knownFailures } from './known';

/**
 * Failures that others come from: something ran out, broke or expired. Ids of known failures say what happened, and what
 * is felt of it elsewhere has its own words, so both kinds are told by them.
 */
const ROOT =
  /oom|heap|memory|disk-full|no-space|space-full|quota|inode|open-files|file-table|too-many|pool-exhausted|wal-full|xid|ecc|io-error|input-output|medium-error|link-down|expired|read-only|segfault|panic|corrupt|syntax|config|missing|not-found|denied|oomkilled|evict/;
/** Failures that are mostly felt rather than caused: what they name failed somewhere else. */
const SYMPTOM =
  /refused|reset|timed-out|timeout|upstream|broken-pipe|unreachable|no-route|exited|result-|crash-loop|back-?off|unavailable|unhealthy|probe|retry|dependency|connection|5xx|50[0-9]|start-limit|client-error|job-failed|closed|readiness|liveness/;

/** How likely a failure of each kind is what others come from, before it is seen when it began. */
const ROOT_WEIGHT = 1.3;
const OTHER_WEIGHT = 1.2;
const SYMPTOM_WEIGHT = 1;
/** A generic failure says less than a specific one, and a warning causes less than an error. */
const GENERIC_SHARE = 0.55;
const SEVERITY_SHARE = { fatal: 1, error: 0.92, warning: 0.75 } as const;
/** Share that a failure keeps after which nothing went wrong. */
const LAST_SHARE = 0.25;
/** What a failure loses with each place of its piece in the evidence's own order, and at most. */
const PER_PLACE = 0.03;
const PLACES = 8;
/** A warning is taken for the cause of errors that begin within so many lines or so long after it. */
const NEAR_LINES = 40;
const NEAR_MS = 120_000;

export interface RootCause {
  readonly failure: KnownFailure;
  /** Share of the serious pieces that begin with it or after it, by how telling they are, 0..1. */
  readonly explains: number;
  /** Nothing serious was there before. */
  readonly isFirst: boolean;
}

/**
 * The known failure that others most likely come from: early, so that most of the trouble begins with it or after it,
 * serious, specific, and of a kind that causes rather than is felt. A warning counts only shortly before the first known
 * error: those of every day are no cause. Null where no known failure is shown.
 */
export function rootCause(pack: EvidencePack): RootCause | null {
  // A piece is told by its first failure; another one of it counts where it is what others come from.
  const known = knownFailures(pack).filter(
    ({ piece, shown }) => piece.failures[0]?.id === shown.id || isRootKind(shown.id),
  );
  const candidates = known.filter((failure) => !isWarning(failure) || isNearErrors(failure, known));
  const serious = pack.pieces.filter(
    (piece) => isSerious(piece) || candidates.some((each) => each.piece === piece),
  );
  const scored = candidates.map((failure) => {
    const after = serious.filter(({ firstLine }) => firstLine >= failure.piece.firstLine);
    const explains = weight(after, pack) / weight(serious, pack);
    return { failure, explains, isFirst: after.length === serious.length, score: score(failure, explains) };
  });
  const [best] = scored.sort((a, b) => b.score - a.score || a.failure.shown.line - b.failure.shown.line);
  return best ?? null;
}

/** The more telling a piece is, the more it wants an explanation. The failure's own piece is among them. */
function weight(pieces: readonly EvidencePiece[], pack: EvidencePack): number {
  return pieces.reduce((sum, piece) => sum + 1 / (1 + pack.pieces.indexOf(piece)), 0);
}

const isWarning = ({ shown }: KnownFailure): boolean => shown.severity === 'warning';

function isNearErrors({ piece }: KnownFailure, known: readonly KnownFailure[]): boolean {
  const errors = known.filter((each) => !isWarning(each)).map((each) => each.piece);
  const first = errors.reduce((a, b) => (b.firstLine < a.firstLine ? b : a), errors[0] ?? piece);
  if (first === piece) return true;
  if (piece.firstLine > first.firstLine) return false;
  if (first.firstLine - piece.firstLine <= NEAR_LINES) return true;
  return piece.time !== null && first.time !== null && first.time.from - piece.time.from <= NEAR_MS;
}

export function isSerious({ severity }: EvidencePiece): boolean {
  return severity === 'fatal' || severity === 'error';
}

/** Whether a failure is of a kind that others come from, rather than one that is felt. */
export function isRootKind(id: string): boolean {
  return ROOT.test(id) && !SYMPTOM.test(id);
}

function score({ shown, label, generic }: KnownFailure, explains: number): number {
  const kind = SYMPTOM.test(shown.id) ? SYMPTOM_WEIGHT : ROOT.test(shown.id) ? ROOT_WEIGHT : OTHER_WEIGHT;
  const place = 1 - PER_PLACE * Math.min(PLACES, label - 1);
  const own = (generic && !isRootKind(shown.id) ? GENERIC_SHARE : 1) * place;
  return kind * own * SEVERITY_SHARE[shown.severity] * (LAST_SHARE + (1 - LAST_SHARE) * explains);
}
