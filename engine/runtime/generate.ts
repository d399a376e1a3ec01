import { setImmediate } from 'node:timers/promises';
import { AppError } from '../contract/errors';
import type { GenerationStats, Sampling, StopReason } from '../contract/runtime';
import { StreamDecoder } from '../tokenizer/stream-decoder';
import type { ModelTokenizer } from '../tokenizer/tokenizer';
import type { KvCache } from './kv-cache';
import { createSampler, type PickedToken, type Sampler } from './sampler';
import type { DecoderSession, StepLogits } from './session';
import { StopStrings } from './stop-strings';

/**
 * Tokens a prefill step takes behind `cached` ones. A step cannot be interrupted, so this bounds how long Stop
 * waits; attention makes a step dearer as the cache grows. A fixed rule, not one that follows measured time, so
 * that the same prompt is always cut, and hence rounded, in the same way.
 */
export function prefillChunk(cached: number): number {
  return cached < 2048 ? 64 : 32;
}

export interface GenerateOptions {
  maxTokens: number;
  sampling?: Partial<Sampling>;
  stopStrings?: string[];
  signal?: AbortSignal;
  /** Called after each prefill step with prompt tokens done, reused ones included, and their total. */
  onPrefill?: (done: number, total: number) => void;
  /** May set logits to -Infinity in place; `generated` are the ids picked so far. */
  mask?: (logits: Float32Array, generated: readonly number[]) => void;
}

export interface GenerateOutcome {
  text: string;
  /** Picked ids, without the end token. */
  tokens: number[];
  /** Natural log of the model's probability for each of `tokens`. */
  logProbs: number[];
  stats: GenerationStats;
}

/** One conversation's decoder state: the ids whose K and V the cache holds. */
export class Generator {
  #cached: number[] = [];

  constructor(
    private readonly session: DecoderSession,
    private readonly cache: KvCache,
    private readonly tokenizer: ModelTokenizer,
    private readonly vocab: number,
  ) {}

  /**
   * Streams text pieces; returns the outcome. `isStopped` is asked before every step.
   * Throws AppError('invalid-input') for an empty prompt or an id outside the vocabulary, 'too-large' for a prompt
   * longer than the context.
   */
  async *run(
    prompt: readonly number[],
    options: GenerateOptions,
    isStopped: () => boolean,
  ): AsyncGenerator<string, GenerateOutcome, void> {
    this.#checkPrompt(prompt);
    const started = performance.now();
    const reusedTokens = this.#reusePrefix(prompt);
    let logits = await this.#prefill(prompt, options, isStopped);
    const prefilled = performance.now();

    const sample = createSampler(options.sampling);
    const decoder = new StreamDecoder(this.tokenizer);
    const stops = new StopStrings(options.stopStrings ?? []);
    const endIds = new Set(this.tokenizer.endIds);
    const tokens: number[] = [];
    const logProbs: number[] = [];
    let text = '';
    let stop: StopReason = 'cancelled';
    while (logits !== null && !isStopped()) {
      if (tokens.length >= options.maxTokens) {
        stop = 'length';
        break;
      }
      const { id, logProb } = pick(logits, tokens, options, sample);
      if (endIds.has(id)) {
        stop = 'end';
        break;
      }
      tokens.push(id);
      logProbs.push(logProb);
      const piece = stops.push(decoder.push(id));
      text += piece.text;
      if (piece.text !== '') yield piece.text;
      if (piece.stopped) {
        stop = 'stop-string';
        break;
      }
      if (this.cache.length >= this.cache.capacity) {
        stop = 'context';
        break;
      }
      // The token after the last one is never asked for, so its logits need not be computed.
      logits = tokens.length < options.maxTokens ? await this.#step([id], isStopped) : logits;
    }
    const rest = stops.flush();
    if (rest !== '') {
      text += rest;
      yield rest;
    }
    const stats: GenerationStats = {
      promptTokens: prompt.length,
      reusedTokens,
      generatedTokens: tokens.length,
      prefillMs: prefilled - started,
      decodeMs: performance.now() - prefilled,
      stop,
    };
    return { text, tokens, logProbs, stats };
  }

  /** Logits at all positions of `ids`, chunk by chunk, from an empty context. */
  async evaluate(
    ids: readonly number[],
    onLogits: (from: number, logits: Float32Array) => void,
  ): Promise<void> {
    this.#checkPrompt(ids);
    this.cache.truncate(0);
    this.#cached.length = 0;
    while (this.cache.length < ids.length) {
      const from = this.cache.length;
      const chunk = { ids: ids.slice(from, from + prefillChunk(from)) };
      onLogits(from, (await this.session.step(chunk, this.cache, 'all')).logits);
    }
    this.cache.truncate(0);
  }

  #checkPrompt(prompt: readonly number[]): void {
    if (prompt.length === 0) throw new AppError('invalid-input', 'The prompt is empty.');
    const unknown = prompt.find((id) => !Number.isInteger(id) || id < 0 || id >= this.vocab);
    if (unknown !== undefined) throw new AppError('invalid-input', `The vocabulary has no token ${unknown}.`);
    if (prompt.length > this.cache.capacity) {
      throw new AppError(
        'too-large',
        `The prompt has ${prompt.length} tokens; the model's context holds ${this.cache.capacity}.`,
      );
    }
  }

  /** Keeps the cached prefix that the prompt shares; its last token is always run, to get logits. */
  #reusePrefix(prompt: readonly number[]): number {
    let shared = 0;
    while (
      shared < prompt.length - 1 &&
      shared < this.#cached.length &&
      prompt[shared] === this.#cached[shared]
    )
      shared++;
    this.cache.truncate(shared);
    this.#cached.length = shared;
    return shared;
  }

  /** Logits behind the last prompt token, or null when stopped before that. */
  async #prefill(
    prompt: readonly number[],
    options: GenerateOptions,
    isStopped: () => boolean,
  ): Promise<StepLogits | null> {
    let logits: StepLogits | null = null;
    while (this.cache.length < prompt.length) {
      const from = this.cache.length;
      logits = await this.#step(prompt.slice(from, from + prefillChunk(from)), isStopped);
      if (logits === null) return null;
      options.onPrefill?.(this.cache.length, prompt.length);
    }
    return logits;
  }

  async #step(ids: readonly number[], isStopped: () => boolean): Promise<StepLogits | null> {
    // Lets a Stop that arrived during the last step be seen before the next one begins.
    await setImmediate();
    if (isStopped()) return null;
    const logits = await this.session.step({ ids }, this.cache, 'last');
    this.#cached.push(...ids);
    return logits;
  }
}

/** The next token of a step's last position. */
function pick(
  { logits, greedy, totals }: StepLogits,
  tokens: readonly number[],
  { mask }: GenerateOptions,
  sample: Sampler,
): PickedToken {
  if (mask) {
    mask(logits, tokens);
    return sample(logits, tokens);
  }
  return sample(logits, tokens, { greedy: greedy[0] as number, total: totals[0] as number });
}
