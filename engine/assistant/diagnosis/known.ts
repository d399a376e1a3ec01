import type { NamedFailure } from '../../contract/diagnosis';
import type { EvidencePack, EvidencePiece, ShownFailure } from '../../contract/logs';
import { type Signature, signatureById } from '../../knowledge/signatures';

/** A known failure in a piece of evidence, with all that is known of it. */
export interface KnownFailure {
  /** Place of its piece among the pieces, from 1. */
  readonly label: number;
  readonly piece: EvidencePiece;
  readonly shown: ShownFailure;
  readonly signature: Signature;
  readonly generic: boolean;
}

/** Known failures of a pack, piece by piece; ids that the data no longer have are left out. */
export function knownFailures({ pieces }: EvidencePack): KnownFailure[] {
  return pieces.flatMap((piece, at) =>
    piece.failures.flatMap((shown): KnownFailure[] => {
      const known = signatureById(shown.id);
      return known ? [{ label: at + 1, piece, shown, ...known }] : [];
    }),
  );
}

/** Those of one piece; a generic one is left out beside a specific one of the same line, which says more. */
export function failuresOfPiece(failures: readonly KnownFailure[], label: number): KnownFailure[] {
  const own = failures.filter((failure) => failure.label === label);
  return own.filter(
    ({ generic, shown }) =>
      !generic || !own.some((other) => !other.generic && other.shown.line === shown.line),
  );
}

export const nameOf = ({ id, title, source }: Signature): NamedFailure => ({ id, title, source });
