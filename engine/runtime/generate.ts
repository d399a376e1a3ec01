import { setImmediate } from 'node:timers/promises';
import { AppError } from '../contract/errors';
import type { GenerationStats, Sampling } from '../contract/runtime';
import type { ModelTokenizer } from '../tokenizer/tokenizer';
import { Continuation } from './continuation';
import type { KvCache } from './kv-cache';
import type { PromptStore } from './prompt-cache';
import type { LogitRows, StepLogits, StepTokens } from './session';
import type { StepSessions } from './step-sessions';

/**
 * Tokens a prefill step takes behind `cached` ones. A step cannot be interrupted, so this bounds how long Stop
 * waits; attention makes a step dearer as the cache grows. A fixed rule, not one that follows measured time, so
 * that the same prompt is always cut, and hence rounded, in the same way.
 */
export function prefillChunk(cached: number): number {
  return cached < 4096 ? 128 : 64;
}

export interface GenerateOptions {
  maxTokens: number;
  sampling?: Partial<Sampling>;
  stopStrings?: string[];
  signal?: AbortSignal;
  /** Called after each prefill step with prompt tokens done, reused ones included, and their total. */
  onPrefill?: (done: number, total: number) => void;
  /**
   * So many first tokens are the app's own text, nothing that a person wrote or opened: their K and V may be kept on
   * disk, where the engine has a folder for that (prompt-cache.ts says why nothing else may).
   */
  ownTokens?: number;
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
    private readonly sessions: StepSessions,
    private readonly cache: KvCache,
    private readonly tokenizer: ModelTokenizer,
    private readonly vocab: number,
    /** Where K and V of the app's own prompts are kept from start to start; null: nowhere. */
    private readonly prompts: PromptStore | null = null,
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
    const started = performance.now();
    const { reusedTokens, logits: first } = await this.#read(prompt, options, isStopped);
    const prefilled = performance.now();
    const continuation = new Continuation(this.tokenizer, options);
    let logits = first;
    while (logits !== null && continuation.stop === null && !isStopped()) {
      const piece = continuation.pick(logits.logits, summaryOf(logits, 0));
      if (piece !== '') yield piece;
      if (continuation.stop !== null) break;
      if (this.cache.length >= this.cache.capacity) continuation.stop = 'context';
      else logits = await this.#step({ ids: continuation.tokens.slice(-1) }, 'last', isStopped);
    }
    const rest = continuation.end('cancelled');
    if (rest !== '') yield rest;
    return outcome(continuation, { prompt, reusedTokens, started, prefilled });
  }

  /**
   * `count` continuations of one prompt, decoded side by side: a step reads the weights once for all of them, and what
   * they share lies in the cache once. The first is greedy, the others are drawn with seeds of their own.
   */
  async candidates(
    prompt: readonly number[],
    count: number,
    options: GenerateOptions,
    isStopped: () => boolean,
  ): Promise<GenerateOutcome[]> {
    const started = performance.now();
    const { reusedTokens, logits: first } = await this.#read(prompt, options, isStopped);
    const prefilled = performance.now();
    const seed = options.sampling?.seed ?? 0;
    const all = Array.from({ length: count }, (_, i) => {
      const sampling = i === 0 ? {} : { ...options.sampling, seed: seed + i };
      return new Continuation(this.tokenizer, { ...options, sampling });
    });
    // A mask works in place, and all start from the same logits.
    if (first) {
      for (const one of all)
        if (one.stop === null)
          one.pick(options.mask ? first.logits.slice() : first.logits, summaryOf(first, 0));
    }
    const unfinished = () =>
      all.map((one, branch) => ({ one, branch })).filter(({ one }) => one.stop === null);
    for (let going = unfinished(); first && going.length > 0 && !isStopped(); going = unfinished()) {
      if (this.cache.length + going.length > this.cache.capacity) {
        for (const { one } of going) one.stop = 'context';
        break;
      }
      const tokens = {
        ids: going.map(({ one }) => one.tokens.at(-1) as number),
        positions: going.map(({ one }) => prompt.length + one.tokens.length - 1),
        branches: going.map(({ branch }) => branch),
      };
      const logits = await this.#step(tokens, 'all', isStopped);
      if (logits === null) break;
      going.forEach(({ one }, row) => {
        const own = logits.logits.subarray(row * this.vocab, (row + 1) * this.vocab);
        one.pick(own, summaryOf(logits, row));
      });
    }
    // What belongs to one continuation is of no use to the next prompt.
    this.#forgetBehind(Math.min(prompt.length, this.cache.length));
    return all.map((one) => {
      one.end('cancelled');
      return outcome(one, { prompt, reusedTokens, started, prefilled });
    });
  }

  /** Logits at all positions of `ids`, chunk by chunk, from an empty context. */
  async evaluate(
    ids: readonly number[],
    onLogits: (from: number, logits: Float32Array) => void,
  ): Promise<void> {
    this.#checkPrompt(ids);
    this.#forgetBehind(0);
    while (this.cache.length < ids.length) {
      const from = this.cache.length;
      const chunk = { ids: ids.slice(from, from + prefillChunk(from)) };
      onLogits(from, (await this.sessions.step(chunk, this.cache, 'all')).logits);
    }
    this.#forgetBehind(0);
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

  /** Brings the cache to hold exactly `prompt`; logits behind its last token, null when stopped before. */
  async #read(
    prompt: readonly number[],
    { onPrefill, ownTokens = 0 }: GenerateOptions,
    isStopped: () => boolean,
  ): Promise<{ reusedTokens: number; logits: StepLogits | null }> {
    this.#checkPrompt(prompt);
    const reusedTokens = await this.#restore(prompt, ownTokens, this.#reusePrefix(prompt));
    for (;;) {
      const from = this.cache.length;
      // The last token is a step of its own: it is what the logits come from, and alone it takes the faster graph.
      const rest = prompt.length - 1 - from;
      const count = rest > 0 ? Math.min(prefillChunk(from), rest) : 1;
      const ids = prompt.slice(from, from + count);
      const logits = await this.#step({ ids }, 'last', isStopped);
      if (logits === null) return { reusedTokens, logits };
      onPrefill?.(this.cache.length, prompt.length);
      if (rest > 0) continue;
      await this.prompts?.remember(prompt.slice(0, ownTokens), this.cache);
      return { reusedTokens, logits };
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
    this.#forgetBehind(shared);
    return shared;
  }

  /** Takes the app's own beginning of `prompt` from disk where more of it is there than the `shared` tokens in memory. */
  async #restore(prompt: readonly number[], ownTokens: number, shared: number): Promise<number> {
    if (!this.prompts || shared >= ownTokens) return shared;
    const restored = await this.prompts.restore(prompt, this.cache, shared + 1);
    if (restored > 0) this.#cached = prompt.slice(0, restored);
    return Math.max(shared, restored);
  }

  #forgetBehind(length: number): void {
    this.cache.truncate(length);
    this.#cached.length = Math.min(this.#cached.length, length);
  }

  async #step(tokens: StepTokens, wanted: LogitRows, isStopped: () => boolean): Promise<StepLogits | null> {
    // Lets a Stop that arrived during the last step be seen before the next one begins.
    await setImmediate();
    if (isStopped()) return null;
    const logits = await this.sessions.step(tokens, this.cache, wanted);
    if (!tokens.branches) this.#cached.push(...tokens.ids);
    return logits;
  }
}

function summaryOf({ greedy, totals }: StepLogits, row: number): { greedy: number; total: number } {
  return { greedy: greedy[row] as number, total: totals[row] as number };
}

function outcome(
  { text, tokens, logProbs, stop }: Continuation,
  run: { prompt: readonly number[]; reusedTokens: number; started: number; prefilled: number },
): GenerateOutcome {
  const stats: GenerationStats = {
    promptTokens: run.prompt.length,
    reusedTokens: run.reusedTokens,
    generatedTokens: tokens.length,
    prefillMs: run.prefilled - run.started,
    decodeMs: performance.now() - run.prefilled,
    stop: stop ?? 'cancelled',
  };
  return { text, tokens, logProbs, stats };
}
