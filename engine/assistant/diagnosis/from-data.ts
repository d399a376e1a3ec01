import type { Cause, Diagnosis, Finding, Sentence } from '../../contract/diagnosis';
import type { EvidencePack, EvidencePiece } from '../../contract/logs';
import { judge, NOTHING_KNOWN } from './confidence';
import { HEALTHY, NOT_SHOWN } from './form';
import { failuresOfPiece, type KnownFailure, knownFailures, nameOf } from './known';
import { nearestPiece } from './nearest-piece';
import { type CommandChecker, checksOf, commandsOf } from './next-steps';
import { cite, leadLine, linesOf, pieceSentence, quoted, summarise, withDate } from './phrases';
import { isSerious, rootCause } from './root-cause';

/** Pieces that findings are made of, and those that `what` tells of. */
export const FINDINGS = 8;
const TOLD = 3;
/** Pieces among which the first one is told. */
const TELLING = 4;

export const DIGEST = { kind: 'data', name: 'log digest' } as const;
const fact = (text: string, citations: Sentence['citations']): Sentence => ({
  text,
  citations,
  source: DIGEST,
  unsupported: null,
});

/**
 * A diagnosis out of counts and known failures alone, no model: what happened by title or in the log's own words, the
 * cause of the failure that others most likely come from, and its checks and commands.
 */
export function diagnoseFromData(pack: EvidencePack, checker: CommandChecker, question?: string): Diagnosis {
  const nothing: Diagnosis = {
    healthy: pack.healthy,
    summary: summarise(pack),
    summarySource: DIGEST,
    what: [fact(HEALTHY, [])],
    when: null,
    cause: null,
    answer: question ? [answerFromData(pack, question)] : [],
    checks: [],
    commands: [],
    findings: [],
    dropped: 0,
    linesSeen: [],
    piecesLeftOut: 0,
    prompts: [],
  };
  if (pack.healthy) return nothing;
  const failures = knownFailures(pack);
  const root = rootCause(pack);
  const told = toldPieces(pack, root?.failure.piece);
  const relevant = relevantFailures(pack, failures, root?.failure);
  return {
    ...nothing,
    what: told.map((piece) => {
      const known = knownOf(pack, failures, piece, root?.failure);
      return fact(pieceSentence(piece, known, withDate(pack)), cite(pack, linesOf(piece)));
    }),
    when: spanOf(pack, told),
    cause: root ? causeOf(pack, root) : firstTrouble(pack),
    checks: checksOf(relevant),
    commands: commandsOf(relevant, checker),
    findings: findingsOf(pack, failures, root?.failure),
  };
}

/** The pieces that the story is told by, in the order of the log: the cause's, then the most telling serious ones. */
function toldPieces(pack: EvidencePack, root: EvidencePiece | undefined): EvidencePiece[] {
  const serious = pack.pieces.filter(isSerious);
  const ranked = serious.length > 0 ? serious : pack.pieces;
  // The first of the telling ones: what came first of all may be the noise of every day.
  const first = ranked.slice(0, TELLING).sort((a, b) => a.firstLine - b.firstLine)[0];
  const told = [...new Set([root, ranked[0], first, ...ranked])].flatMap((piece) => piece ?? []);
  return told.slice(0, TOLD).sort((a, b) => a.firstLine - b.firstLine);
}

/** The failure that a piece is called by: the cause's where it is of this piece, else its most telling one. */
function knownOf(
  pack: EvidencePack,
  failures: readonly KnownFailure[],
  piece: EvidencePiece,
  root: KnownFailure | undefined,
): KnownFailure | undefined {
  if (root?.piece === piece) return root;
  return failuresOfPiece(failures, pack.pieces.indexOf(piece) + 1)[0];
}

/** Failures whose checks matter: the cause's, the rest of its piece, then those of other serious pieces. */
function relevantFailures(
  pack: EvidencePack,
  failures: readonly KnownFailure[],
  root: KnownFailure | undefined,
): KnownFailure[] {
  const others = pack.pieces
    .slice(0, FINDINGS)
    .flatMap((_, at) => failuresOfPiece(failures, at + 1))
    .filter((failure) => failure !== root && (failure.piece === root?.piece || isSerious(failure.piece)));
  const ids = new Set<string>();
  return [...(root ? [root] : []), ...others].filter(({ shown: { id } }) => !ids.has(id) && ids.add(id));
}

export function spanOf(pack: EvidencePack, pieces: readonly EvidencePiece[]): Diagnosis['when'] {
  const timed = pieces.flatMap((piece) => (piece.time ? [{ piece, time: piece.time }] : []));
  const [first] = [...timed].sort((a, b) => a.time.from - b.time.from);
  const [last] = [...timed].sort((a, b) => b.time.to - a.time.to);
  if (!first || !last) return null;
  const lines = [
    first.piece.lines.find(({ number }) => number === first.piece.firstLine),
    last.piece.lines.findLast(({ number }) => number === last.piece.lastLine),
  ].flatMap((line) => line ?? []);
  return {
    from: first.time.from,
    to: last.time.to,
    citations: cite(
      pack,
      lines.filter(({ number }, at) => lines.findIndex((line) => line.number === number) === at),
    ),
  };
}

function causeOf(pack: EvidencePack, root: NonNullable<ReturnType<typeof rootCause>>): Cause {
  const { signature, shown, piece } = root.failure;
  const line = piece.lines.filter(({ number }) => number === shown.line);
  return {
    text: signature.cause,
    source: { kind: 'data', name: signature.source },
    citations: cite(pack, line),
    unsupported: null,
    ...judge(root),
    failure: nameOf(signature),
  };
}

function firstTrouble(pack: EvidencePack): Cause | null {
  const serious = pack.pieces.filter(isSerious);
  const [first] = [...(serious.length > 0 ? serious : pack.pieces)].sort((a, b) => a.firstLine - b.firstLine);
  const lead = first && leadLine(first);
  if (!lead) return null;
  return {
    ...fact(`The log does not say why. It begins with ${quoted(lead)}.`, cite(pack, [lead])),
    ...NOTHING_KNOWN,
    failure: null,
  };
}

function findingsOf(
  pack: EvidencePack,
  failures: readonly KnownFailure[],
  root: KnownFailure | undefined,
): Finding[] {
  const findings = pack.pieces.slice(0, FINDINGS).map((piece, at): Finding => {
    const { reason, severity, pattern, count, firstLine, lastLine } = piece;
    const subject = { reason, severity, pattern, count, firstLine, lastLine };
    const known = knownOf(pack, failures, piece, root);
    const about = { piece: at + 1, subject, citations: cite(pack, linesOf(piece)) };
    if (known) {
      const { signature, generic } = known;
      return {
        ...about,
        claim: `${signature.title}. ${signature.cause}`,
        source: { kind: 'data', name: signature.source },
        confidence: generic ? 'medium' : 'high',
        failure: nameOf(signature),
      };
    }
    const claim = pieceSentence(piece, undefined, withDate(pack));
    return { ...about, claim, source: DIGEST, confidence: 'medium', failure: null };
  });
  const isRoot = (finding: Finding) => root !== undefined && finding.piece === root.label;
  return [...findings.filter(isRoot), ...findings.filter((finding) => !isRoot(finding))];
}

/** The piece that shares most words with a question, in the log's own words. */
function answerFromData(pack: EvidencePack, question: string): Sentence {
  const piece = nearestPiece(pack, question);
  if (!piece) return fact(NOT_SHOWN, []);
  return fact(pieceSentence(piece, undefined, withDate(pack)), cite(pack, linesOf(piece)));
}
