import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine, GenerateOutcome } from '../../runtime/engine';
import { createTokenizer, type ModelTokenizer } from '../../tokenizer/tokenizer';

const MODEL = join(import.meta.dirname, '..', '..', '..', 'assets', 'model', 'tokenizer.json');

/** Reading it takes a while. */
let shared: ModelTokenizer | undefined;

export interface FakeAnswer {
  readonly text: string;
  /** Of each token, 0..1. */
  readonly probability?: number;
  readonly stop?: GenerateOutcome['stats']['stop'];
}

/**
 * An engine whose model answers what it is told: the first answer is the greedy one, and stands for a single one too.
 * `prompts` holds what it was asked, decoded.
 */
export function fakeEngine(
  answers: readonly FakeAnswer[],
  repair: FakeAnswer | null = null,
  /** Several answers at once are all cut off, as where time runs out. */
  cutsOff = false,
) {
  shared ??= createTokenizer(JSON.parse(readFileSync(MODEL, 'utf8')), ['<|im_end|>'], 'chatml');
  const tokenizer = shared;
  const prompts: string[] = [];
  const counts: number[] = [];
  const outcome = ({ text, probability = 0.8, stop = 'end' }: FakeAnswer): GenerateOutcome => ({
    text,
    tokens: [1],
    logProbs: [Math.log(probability)],
    stats: { promptTokens: 1, reusedTokens: 0, generatedTokens: 1, prefillMs: 1, decodeMs: 1, stop },
  });
  const engine = {
    tokenizer,
    async candidates(prompt: readonly number[], count: number) {
      prompts.push(tokenizer.decode(prompt));
      counts.push(count);
      const isRepair = prompts.at(-1)?.includes('That does not work') === true;
      const list = isRepair && repair ? [repair] : answers;
      const cut = cutsOff && count > 1 ? { stop: 'cancelled' as const } : {};
      return Array.from({ length: count }, (_, at) =>
        outcome({ ...(list[at % list.length] as FakeAnswer), ...cut }),
      );
    },
  } as unknown as Engine;
  return { engine, prompts, counts };
}
