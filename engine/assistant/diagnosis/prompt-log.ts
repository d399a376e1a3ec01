import type { EvidencePack, EvidencePiece, LogLine } from '../../contract/logs';
import type { FormLog, FormPiece } from './form';
import { failuresOfPiece, type KnownFailure, knownFailures } from './known';

/** Tokens that a prompt's evidence may take; a second's reading on two cores is about 1,000. */
export const EVIDENCE_TOKENS = 1200;
/** Most pieces that the model is shown, most known failures of one, and lines of and before one at each size. */
const PIECES = 8;
const KNOWN = 2;
const SIZES: readonly { readonly lines: number; readonly before: number }[] = [
  { lines: 4, before: 2 },
  { lines: 3, before: 1 },
  { lines: 2, before: 0 },
  { lines: 1, before: 0 },
];

export interface ShownLog {
  readonly log: FormLog;
  /** The pieces that it shows, the pack's first ones. */
  readonly pieces: readonly EvidencePiece[];
  readonly lines: readonly LogLine[];
}

/**
 * What the model is shown of a pack: as many pieces as fit, best first, with fewer lines each where there is no room.
 * `fits` says whether a log is small enough; one piece with one line is shown in any case.
 */
export function promptLog(pack: EvidencePack, fits: (log: FormLog) => boolean): ShownLog {
  const failures = knownFailures(pack);
  for (let count = Math.min(PIECES, pack.pieces.length); count > 1; count--) {
    // Rather fewer lines of each than fewer pieces, but not down to bare lines while pieces of little weight stay.
    const sizes = count > 4 ? SIZES.slice(0, 3) : SIZES;
    for (const size of sizes) {
      const shown = show(pack, failures, count, size);
      if (fits(shown.log)) return shown;
    }
  }
  const single = Math.min(1, pack.pieces.length);
  for (const size of SIZES) {
    const shown = show(pack, failures, single, size);
    if (fits(shown.log)) return shown;
  }
  return show(pack, failures, single, { lines: 1, before: 0 });
}

function show(
  pack: EvidencePack,
  failures: readonly KnownFailure[],
  count: number,
  size: (typeof SIZES)[number],
): ShownLog {
  const { name, format, lineCount, time, severities } = pack.document;
  const pieces = pack.pieces.slice(0, count);
  const shown = pieces.map((piece, at) => formPiece(piece, failuresOfPiece(failures, at + 1), size));
  const numbers = new Set(
    shown.flatMap(({ lines, before }) => [...lines, ...before]).map(({ number }) => number),
  );
  const all = new Map(
    pieces.flatMap(({ lines, before }) => [...lines, ...before]).map((line) => [line.number, line]),
  );
  return {
    log: {
      name,
      format,
      lineCount,
      time,
      errors: (severities.error ?? 0) + (severities.fatal ?? 0),
      warnings: severities.warning ?? 0,
      pieces: shown,
    },
    pieces,
    lines: [...all.values()].filter(({ number }) => numbers.has(number)).sort((a, b) => a.number - b.number),
  };
}

function formPiece(
  piece: EvidencePiece,
  failures: readonly KnownFailure[],
  size: (typeof SIZES)[number],
): FormPiece {
  const { reason, severity, count, firstLine, lastLine, time } = piece;
  // The line of the most telling failure first, then those of others, then the first lines of the piece.
  const place = new Map(piece.failures.map(({ line }, at) => [line, at] as const).reverse());
  const rank = ({ number }: LogLine) => place.get(number) ?? place.size;
  const ranked = [...piece.lines].sort((a, b) => rank(a) - rank(b) || a.number - b.number);
  return {
    reason,
    severity,
    count,
    firstLine,
    lastLine,
    time,
    lines: ranked.slice(0, size.lines).sort((a, b) => a.number - b.number),
    before: size.before === 0 ? [] : piece.before.slice(-size.before),
    known: failures.slice(0, KNOWN).map(({ signature: { title, cause } }) => ({ title, cause })),
  };
}
