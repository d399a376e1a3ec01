import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../runtime/engine';
import { predictions } from '../../runtime/predictions';

/** Texts of this repository that no training data hold: recorded logs, shell history, documentation of a package. */
const TEXTS = 'engine/runtime/fixtures/texts';
const DOCUMENTS = ['ARCHITECTURE.md', 'README.md', 'CHANGELOG.md'];
/** How much the model has read before the tokens that are counted. */
export const CONTEXTS = [512, 2048, 4096, 7600] as const;
const COUNTED = 512;
const SEGMENTS = 4;

export interface TextPerplexity {
  readonly name: string;
  readonly tokens: number;
  readonly perplexity: number;
}

/** Perplexity of each text from its beginning. */
export async function textPerplexities(
  engine: Engine,
  vocab: number,
  root: string,
): Promise<TextPerplexity[]> {
  const found: TextPerplexity[] = [];
  for (const name of readdirSync(join(root, TEXTS)).sort()) {
    const ids = engine.tokenizer.encode(readFileSync(join(root, TEXTS, name), 'utf8'));
    const { logProbs } = await predictions(engine, vocab, ids);
    found.push({ name, tokens: logProbs.length, perplexity: Math.exp(-mean(logProbs)) });
  }
  return found;
}

/** Perplexity of the same tokens behind more and more of what stands before them: longer contexts must not be worse. */
export async function perplexityByContext(engine: Engine, vocab: number, root: string): Promise<number[]> {
  const text = DOCUMENTS.map((name) => readFileSync(join(root, name), 'utf8')).join('\n\n');
  const ids = engine.tokenizer.encode(text);
  const longest = CONTEXTS[CONTEXTS.length - 1] as number;
  const step = Math.floor((ids.length - longest - COUNTED) / SEGMENTS);
  const means: number[] = [];
  for (const context of CONTEXTS) {
    const counted: number[] = [];
    for (let segment = 0; segment < SEGMENTS; segment++) {
      const start = longest + segment * step;
      const { logProbs } = await predictions(engine, vocab, ids.slice(start - context, start + COUNTED));
      counted.push(...logProbs.slice(-COUNTED));
    }
    means.push(Math.exp(-mean(counted)));
  }
  return means;
}

/** Perplexity of `answer` behind a prompt, by its sum of log-probabilities and number of tokens. */
export async function answerLoss(
  engine: Engine,
  vocab: number,
  prompt: readonly number[],
  answer: string,
): Promise<{ sum: number; tokens: number }> {
  const own = engine.tokenizer.encodeInside(answer);
  const { logProbs } = await predictions(engine, vocab, [...prompt, ...own]);
  const counted = logProbs.slice(-own.length);
  return { sum: counted.reduce((total, value) => total + value, 0), tokens: own.length };
}

const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
