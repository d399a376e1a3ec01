import type { EvidencePack, EvidencePiece } from '../../contract/logs';
import { signatureById } from '../../knowledge/signatures';
import { tellingStems } from '../claim-support';

/** The piece whose lines and known failures share most telling words with a question; null where none shares any. */
export function nearestPiece({ pieces }: EvidencePack, question: string): EvidencePiece | null {
  const asked = tellingStems(question);
  const scored = pieces.map((piece) => {
    const known = piece.failures.flatMap(({ id }) => signatureById(id)?.signature ?? []);
    const said = [
      ...[...piece.lines, ...piece.before].map(({ text }) => text),
      ...known.map(({ title, cause }) => `${title} ${cause}`),
    ];
    const words = tellingStems(said.join('\n'));
    return { piece, shared: [...asked].filter((word) => words.has(word)).length };
  });
  const best = scored.reduce<(typeof scored)[number] | null>(
    (top, each) => (each.shared > (top?.shared ?? 0) ? each : top),
    null,
  );
  return best?.piece ?? null;
}
