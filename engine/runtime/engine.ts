import { join, resolve } from 'node:path';
import { AppError } from '../contract/errors';
import type { ModelInfo } from '../contract/runtime';
import { loadTokenizer, type ModelTokenizer } from '../tokenizer/tokenizer';
import type { ThreadChoice } from './choose-threads';
import type { DecoderConfig } from './config';
import { type GenerateOptions, type GenerateOutcome, Generator } from './generate';
import {
  CACHE_FORMS,
  type CacheForm,
  type CacheFormName,
  cacheBytesPerToken,
  defaultCacheForm,
  KvCache,
} from './kv-cache';
import { openModelFolder } from './model-files';
import { prefillKey } from './prefill-weights';
import { PromptStore, promptKeyBase } from './prompt-cache';
import { threadsFor } from './remembered-threads';
import { int8ProductsAreExact } from './session';
import { StepSessions, type StepSessionsOptions } from './step-sessions';
import { defaultThreads, deviceName } from './threads';

export type { GenerateOptions, GenerateOutcome } from './generate';

export interface LoadOptions {
  threads?: number;
  /** Bytes of the model folder checked so far, and in all. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
  /** How products with 4-bit matrices are computed: 'fast' by default, 'exact' in fp32. */
  arithmetic?: 'fast' | 'exact';
  /**
   * Folder for weights that are made from the model's, at first use: about a byte a parameter, which make reading a prompt
   * about three times as fast. Without it nothing is written.
   */
  derivedDir?: string;
  /**
   * How K and V are kept; by default defaultCacheForm, and 'fp32' for a model with fp32 weights.
   */
  cache?: CacheFormName;
}

export interface Engine {
  readonly model: ModelInfo;
  readonly tokenizer: ModelTokenizer;
  /**
   * Streams text pieces; the generator's return value is the outcome. Abort ends with stop 'cancelled' and keeps
   * the text so far (it does not throw). Calls do not overlap: a second one waits until the first has ended or was
   * abandoned with `return()`.
   */
  generate(
    prompt: readonly number[],
    options: GenerateOptions,
  ): AsyncGenerator<string, GenerateOutcome, void>;
  /**
   * `count` answers to one prompt, which is read once. The first is the greedy one, the others are drawn as `sampling`
   * says, each with a seed of its own. Aborting ends all of them as 'cancelled'.
   */
  candidates(prompt: readonly number[], count: number, options: GenerateOptions): Promise<GenerateOutcome[]>;
  /** Logits behind every one of `ids`, from an empty context, in runs of rows [n, vocab] that start at `from`. */
  evaluate(ids: readonly number[], onLogits: (from: number, logits: Float32Array) => void): Promise<void>;
  /** Ends a running generation as 'cancelled' after its current step and frees the model. */
  dispose(): Promise<void>;
}

/**
 * Checks and loads a model folder. Throws AppError('model') when a file is missing, damaged or not supported, and
 * 'cancelled' when `signal` aborts.
 */
export async function loadEngine(modelDir: string, options: LoadOptions = {}): Promise<Engine> {
  const started = performance.now();
  const { config, tensors, ownFrequencies, tokenizerPath } = await openModelFolder(modelDir, options);
  const tokenizer = await loadTokenizer(tokenizerPath, config.endTokens, config.chatTemplate);
  const exactBytes = await int8ProductsAreExact();
  const form =
    CACHE_FORMS[
      options.cache ?? (config.weights.kind === 'fp32' ? 'fp32' : defaultCacheForm(config.shape, exactBytes))
    ];
  if (options.signal?.aborted) throw new AppError('cancelled', 'Loading the model was stopped.');
  const derivedDir = options.derivedDir ?? null;
  const exact = options.arithmetic === 'exact';
  const opening = {
    config,
    modelDir: resolve(modelDir),
    tensors,
    ownFrequencies,
    cacheForm: form,
    exact,
    derivedDir: exactBytes ? derivedDir : null,
    signal: options.signal,
  };
  const key = await prefillKey(opening.modelDir, tensors);
  const threads = options.threads
    ? { decode: options.threads, prefill: options.threads }
    : await measuredThreads(opening, key, derivedDir);
  const sessions = await StepSessions.open({ ...opening, threads });
  const prompts =
    derivedDir === null
      ? null
      : new PromptStore(
          join(derivedDir, 'prompts'),
          promptKeyBase(key, form, `${exact} ${sessions.slowPrefill}`),
        );
  const info = modelInfo(config, form, threads.decode, sessions.slowPrefill, performance.now() - started);
  const cache = new KvCache(config.shape, config.contextLength, form);
  return new LocalEngine(info, tokenizer, sessions, cache, prompts);
}

/** Layers that threads are timed on: they scale much like the whole, and open in a fraction of its time. */
const TIMED_LAYERS = 4;
const TIMED_PROMPT = 64;

/** Threads for this model on this machine: measured at the first load, then remembered in `folder`. */
function measuredThreads(
  opening: Omit<StepSessionsOptions, 'threads'>,
  key: string,
  folder: string | null,
): Promise<ThreadChoice> {
  // Nowhere to remember a choice: it is not worth a second at each load.
  if (folder === null) return Promise.resolve({ decode: defaultThreads(), prefill: defaultThreads() });
  const { config, cacheForm, exact } = opening;
  const shape = { ...config.shape, layers: Math.min(TIMED_LAYERS, config.shape.layers) };
  const ids = Array.from({ length: TIMED_PROMPT }, (_, i) => i % shape.vocab);
  return threadsFor(
    async (threads) => {
      const both = { decode: threads, prefill: threads };
      const sessions = await StepSessions.open({ ...opening, config: { ...config, shape }, threads: both });
      const cache = new KvCache(shape, 2 * TIMED_PROMPT, cacheForm);
      const timed = (count: number) => async () => {
        cache.truncate(0);
        await sessions.step({ ids: ids.slice(0, count) }, cache, 'last');
      };
      return { decode: timed(1), prefill: timed(TIMED_PROMPT), dispose: () => sessions.dispose() };
    },
    { folder, model: `${key} ${cacheForm.k} ${cacheForm.v} ${exact}`, signal: opening.signal },
  );
}

class LocalEngine implements Engine {
  readonly #generator: Generator;
  /** Settles when the last call in the queue is done. */
  #queue: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(
    readonly model: ModelInfo,
    readonly tokenizer: ModelTokenizer,
    private readonly sessions: StepSessions,
    private readonly cache: KvCache,
    prompts: PromptStore | null,
  ) {
    this.#generator = new Generator(sessions, cache, tokenizer, cache.shape.vocab, prompts);
  }

  async *generate(
    prompt: readonly number[],
    options: GenerateOptions,
  ): AsyncGenerator<string, GenerateOutcome, void> {
    const leave = await this.#enter();
    try {
      const isStopped = () => this.#disposed || options.signal?.aborted === true;
      return yield* this.#generator.run(prompt, options, isStopped);
    } finally {
      leave();
    }
  }

  async candidates(
    prompt: readonly number[],
    count: number,
    options: GenerateOptions,
  ): Promise<GenerateOutcome[]> {
    const leave = await this.#enter();
    try {
      const isStopped = () => this.#disposed || options.signal?.aborted === true;
      return await this.#generator.candidates(prompt, count, options, isStopped);
    } finally {
      leave();
    }
  }

  async evaluate(
    ids: readonly number[],
    onLogits: (from: number, logits: Float32Array) => void,
  ): Promise<void> {
    const leave = await this.#enter();
    try {
      await this.#generator.evaluate(ids, onLogits);
    } finally {
      leave();
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.sessions.dispose();
    this.cache.dispose();
  }

  /** Waits for the calls before this one; the result lets the next one in. */
  async #enter(): Promise<() => void> {
    const before = this.#queue;
    let leave = () => {};
    this.#queue = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    if (this.#disposed) {
      leave();
      throw new AppError('unavailable', 'The model has been unloaded.');
    }
    return leave;
  }
}

function modelInfo(
  config: DecoderConfig,
  form: CacheForm,
  threads: number,
  slowPrefill: string | null,
  loadMs: number,
): ModelInfo {
  const { layers, hidden, n_q, n_k, n_v, d_k, d_v } = config.shape;
  return {
    name: config.name,
    licence: config.licence,
    source: config.source,
    parameters: config.parameters,
    contextLength: config.contextLength,
    shape: { layers, hidden, n_q, n_k, n_v, d_k, d_v },
    cacheBytesPerToken: cacheBytesPerToken(config.shape, form),
    provider: 'cpu',
    device: deviceName(),
    threads,
    slowPrefill,
    loadMs,
  };
}
