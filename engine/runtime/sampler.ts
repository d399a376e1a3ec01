import { AppError } from '../contract/errors';
import { Sampling } from '../contract/runtime';

export interface PickedToken {
  readonly id: number;
  /** Natural log of the model's own probability for the token: after any mask, before penalty and temperature. */
  readonly logProb: number;
}

/** What is known of one position's logits without looking at them all. */
export interface LogitSummary {
  /** Id of the largest one, the lowest among equals. */
  readonly greedy: number;
  /** log(sum(exp(logits))). */
  readonly total: number;
}

/** `summary` may be left out, as it must be once a mask has changed the logits. */
export type Sampler = (
  logits: Float32Array,
  generated: readonly number[],
  summary?: LogitSummary,
) => PickedToken;

/**
 * Order: repetition penalty, temperature, top-k, top-p, min-p, draw. Temperature 0 takes the most likely token (the
 * lowest id among equals). The penalty counts generated tokens only, so that evidence in the prompt stays
 * quotable. Throws AppError('invalid-input') when every logit is -Infinity.
 */
export function createSampler(options: Partial<Sampling> = {}): Sampler {
  const sampling = Sampling.parse(options);
  const random = seededRandom(sampling.seed);
  return (logits, generated, summary) => {
    const logTotal = summary?.total ?? logSumExp(logits);
    const scores = penalise(logits, generated, sampling.repetitionPenalty);
    const id =
      sampling.temperature > 0
        ? draw(scores, sampling, random)
        : summary && scores === logits
          ? summary.greedy
          : argmax(scores);
    return { id, logProb: (logits[id] as number) - logTotal };
  };
}

export function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}

/** Candidates (id and probability, most likely first) that top-k, top-p and min-p leave; probabilities sum to 1. */
export function candidates(
  scores: Float32Array,
  { temperature, topK, topP, minP }: Pick<Sampling, 'temperature' | 'topK' | 'topP' | 'minP'>,
): { id: number; probability: number }[] {
  const ids = Array.from(scores.keys()).filter((id) => scores[id] !== Number.NEGATIVE_INFINITY);
  ids.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  if (topK > 0) ids.length = Math.min(ids.length, topK);
  const top = scores[ids[0] as number] as number;
  const weights = ids.map((id) => Math.exp(((scores[id] as number) - top) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // top-p keeps the smallest set of most likely tokens whose probability reaches topP: at least one. A weight is a
  // token's probability over that of the most likely one, which is what min-p compares.
  let kept = 0;
  let mass = 0;
  while (kept < ids.length && (kept === 0 || (mass < topP * total && (weights[kept] as number) >= minP)))
    mass += weights[kept++] as number;
  return ids.slice(0, kept).map((id, i) => ({ id, probability: (weights[i] as number) / mass }));
}

function draw(scores: Float32Array, sampling: Sampling, random: () => number): number {
  const choices = candidates(scores, sampling);
  let point = random();
  for (const { id, probability } of choices) {
    point -= probability;
    if (point < 0) return id;
  }
  return (choices[choices.length - 1] as { id: number }).id;
}

/** CTRL's penalty (arXiv 1909.05858): positive logits are divided by it, negative ones multiplied. */
function penalise(logits: Float32Array, generated: readonly number[], penalty: number): Float32Array {
  if (penalty === 1 || generated.length === 0) return logits;
  const scores = logits.slice();
  for (const id of new Set(generated)) {
    const logit = scores[id] as number;
    scores[id] = logit > 0 ? logit / penalty : logit * penalty;
  }
  return scores;
}

function logSumExp(values: Float32Array): number {
  const top = values[argmax(values)] as number;
  if (top === Number.NEGATIVE_INFINITY) throw new AppError('invalid-input', 'The mask forbids every token.');
  let sum = 0;
  for (const value of values) sum += Math.exp(value - top);
  return top + Math.log(sum);
}

/** mulberry32: 32 bits of state, uniform in [0, 1). Enough for sampling text; never for secrets. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
