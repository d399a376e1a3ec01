import type { Engine } from './engine';
import { argmax } from './sampler';

/** What a model said of each token of a text but the first, given those before it. */
export interface Predictions {
  /** Natural log of each token's probability. */
  readonly logProbs: Float64Array;
  /** The id that was the most likely one. */
  readonly top: Int32Array;
}

export async function predictions(
  engine: Pick<Engine, 'evaluate'>,
  vocab: number,
  ids: readonly number[],
): Promise<Predictions> {
  const count = Math.max(0, ids.length - 1);
  const logProbs = new Float64Array(count);
  const top = new Int32Array(count);
  await engine.evaluate(ids, (from, logits) => {
    const rows = logits.length / vocab;
    for (let row = 0; row < rows && from + row < count; row++) {
      const own = logits.subarray(row * vocab, (row + 1) * vocab);
      const largest = argmax(own);
      top[from + row] = largest;
      const next = ids[from + row + 1] as number;
      logProbs[from + row] = (own[next] as number) - logTotal(own, own[largest] as number);
    }
  });
  return { logProbs, top };
}

/** log(sum(exp(logits))), whose largest is `largest`. */
function logTotal(logits: Float32Array, largest: number): number {
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  return largest + Math.log(sum);
}

export function perplexity(all: readonly Predictions[]): number {
  let sum = 0;
  let count = 0;
  for (const { logProbs } of all) {
    for (const logProb of logProbs) sum += logProb;
    count += logProbs.length;
  }
  return Math.exp(-sum / count);
}

/** By how much a perplexity is above the other's, in percent, and the standard error of that over the tokens. */
export interface Loss {
  readonly percent: number;
  readonly error: number;
}

/** Token by token, as the same texts are predicted: most of what makes texts differ cancels out. */
export function loss(own: readonly Predictions[], reference: readonly Predictions[]): Loss {
  let sum = 0;
  let squares = 0;
  let count = 0;
  own.forEach(({ logProbs }, text) => {
    const other = (reference[text] as Predictions).logProbs;
    logProbs.forEach((logProb, i) => {
      const lost = (other[i] as number) - logProb;
      sum += lost;
      squares += lost * lost;
    });
    count += logProbs.length;
  });
  const mean = sum / count;
  const error = Math.sqrt(Math.max(0, squares / count - mean * mean) / count);
  return { percent: 100 * (Math.exp(mean) - 1), error: 100 * error };
}

/** In percent of the tokens, how often both found the same one the most likely. */
export function agreement(a: readonly Predictions[], b: readonly Predictions[]): number {
  let same = 0;
  let count = 0;
  a.forEach(({ top }, text) => {
    const other = (b[text] as Predictions).top;
    for (let i = 0; i < top.length; i++) if (top[i] === other[i]) same++;
    count += top.length;
  });
  return (100 * same) / count;
}
