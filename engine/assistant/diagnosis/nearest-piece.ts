import type { EvidencePack, EvidencePiece } from '../../contract/logs';
import { signatureById } from '../../knowledge/signatures';
import { tellingStems } from '../claim-support';

/** The piece whose lines and known failures share most telling words with a question; null where none shares any. */
export function nearestPiece({ pieces }: EvidencePack, question: string): EvidencePiece | null {
  const asked = tellingStems(question);
  const scored = pieces.map((piece) => {
    const known = piece.failures.flatMap(({ id }) => signatureById(id)?.signature ?? []);
    const lines = tellingStems([...piece.lines, ...piece.before].map(({ text }) => text).join('\n'));
    const meaning = tellingStems(known.map(({ title, cause }) => `${title} ${cause}`).join('\n'));
    const shared = (words: ReadonlySet<string>) => [...asked].filter((word) => words.has(word)).length;
    // The log's own words count more than what is known of them.
    return { piece, shared: 2 * shared(lines) + shared(meaning) };
  });
  const best = scored.reduce<(typeof scored)[number] | null>(
    (top, each) => (each.shared > (top?.shared ?? 0) ? each : top),
    null,
  );
  return best?.piece ?? null;
}
