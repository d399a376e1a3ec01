import type { Diagnosis } from '../../contract/diagnosis';
import type { DiagnosisItem } from './item';
import { judge } from './judge';

/**
 * Share of causes that would be right if every failing item had the answer of another one: mean over several turns of
 * the list. What comes near the true figure would mean that the truths accept nearly everything.
 */
export function shuffledCauseRate(
  answers: readonly { readonly item: DiagnosisItem; readonly diagnosis: Diagnosis }[],
): number | null {
  const failing = answers.filter(({ item }) => item.cause !== null);
  const turns = [0.17, 0.31, 0.43, 0.59, 0.71].map((part) => Math.floor(part * failing.length));
  const judged = turns.flatMap((turn) =>
    turn === 0
      ? []
      : failing.flatMap(({ item }, at) => {
          const other = failing[(at + turn) % failing.length];
          return other === undefined ? [] : [judge(item, other.diagnosis, [], 0).causeRight === true];
        }),
  );
  return judged.length === 0 ? null : judged.filter(Boolean).length / judged.length;
}
