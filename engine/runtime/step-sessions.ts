import { join, parse, relative } from 'node:path';
import { AppError } from '../contract/errors';
import type { ThreadChoice } from './choose-threads';
import type { DecoderConfig } from './config';
import { buildDecoder } from './graph/decoder';
import type { CacheForm, KvCache } from './kv-cache';
import { ensurePrefillWeights, prefillKey } from './prefill-weights';
import type { StoredTensor, TensorTable } from './safetensors';
import { DecoderSession, type LogitRows, type StepLogits, type StepTokens } from './session';

export interface StepSessionsOptions {
  readonly config: DecoderConfig;
  /** Where the stored tensors are. */
  readonly modelDir: string;
  readonly tensors: TensorTable;
  /** The model's own RoPE frequencies, see buildDecoder. */
  readonly ownFrequencies: Float32Array | null;
  readonly cacheForm: CacheForm;
  /** Products with 4-bit matrices in fp32 instead of int8. */
  readonly exact: boolean;
  /** For the int8 form of the weights that steps of many tokens use; null: they use the 4-bit form too. */
  readonly derivedDir: string | null;
  readonly threads: ThreadChoice;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The decoder as two graphs over one KV cache: one token a step, where reading weights and cache is the work, and many,
 * where multiplying is. A model with fp32 weights has one graph for both, as it would be in memory twice.
 */
export class StepSessions {
  private constructor(
    private readonly single: DecoderSession,
    private readonly many: DecoderSession,
    /** Why steps of many tokens run in the slower form, for people; null if they don't. */
    readonly slowPrefill: string | null,
  ) {}

  /** Throws AppError('model') if onnxruntime refuses a graph, 'cancelled' when `signal` aborts. */
  static async open(options: StepSessionsOptions): Promise<StepSessions> {
    const { config, modelDir, tensors, ownFrequencies, cacheForm: cache, threads, exact } = options;
    const graph = { arithmetic: exact ? 'fp32' : 'int8', cache } as const;
    const session = (bytes: Uint8Array, threads: number, folder = modelDir) =>
      DecoderSession.create(bytes, folder, config.shape, { threads });
    if (config.weights.kind === 'fp32') {
      const bytes = buildDecoder(config, tensors, { ...graph, single: false }, ownFrequencies);
      const only = await session(bytes, threads.decode);
      return new StepSessions(only, only, null);
    }
    const bytes = buildDecoder(config, tensors, { ...graph, single: true }, ownFrequencies);
    const single = await session(bytes, threads.decode);
    const derived = await derivedTensors(options);
    const slow = typeof derived === 'string' ? derived : null;
    const from = typeof derived === 'string' ? { folder: modelDir, tensors } : derived;
    const arithmetic = slow === null ? 'int8-columns' : graph.arithmetic;
    const manyOptions = { arithmetic, cache, single: false } as const;
    const manyBytes = buildDecoder(config, from.tensors, manyOptions, ownFrequencies);
    const many = await session(manyBytes, threads.prefill, from.folder);
    return new StepSessions(single, many, slow);
  }

  /** Runs `tokens` behind what the cache holds and adds their rows to it. */
  step(tokens: StepTokens, cache: KvCache, wanted: LogitRows): Promise<StepLogits> {
    return (tokens.ids.length === 1 ? this.single : this.many).step(tokens, cache, wanted);
  }

  async dispose(): Promise<void> {
    await this.single.dispose();
    if (this.many !== this.single) await this.many.dispose();
  }
}

/** Stored and derived tensors, each file as seen from `folder`, where both places lie; or why there are no derived ones. */
async function derivedTensors({
  config,
  modelDir,
  tensors,
  derivedDir,
  exact,
  signal,
}: StepSessionsOptions): Promise<{ folder: string; tensors: TensorTable } | string> {
  if (exact || derivedDir === null) return 'No folder for derived weights was given.';
  // onnxruntime takes weights from below one folder only.
  const folder = parse(modelDir).root;
  if (parse(derivedDir).root !== folder) return 'The cache folder is on another drive than the model.';
  const seenFrom = (dir: string, table: TensorTable) =>
    [...table].map(([name, tensor]): [string, StoredTensor] => [
      name,
      { ...tensor, file: relative(folder, join(dir, tensor.file)) },
    ]);
  try {
    const key = (await prefillKey(modelDir, tensors)).slice(0, 24);
    // A few layers of the model are opened to time threads: they have a file of their own.
    const file = join(derivedDir, `prefill-${key}-${config.shape.layers}.safetensors`);
    const derived = await ensurePrefillWeights(modelDir, config, tensors, file, { signal });
    return { folder, tensors: new Map([...seenFrom(modelDir, tensors), ...seenFrom(derivedDir, derived)]) };
  } catch (error) {
    if (error instanceof AppError && error.kind === 'unavailable') return error.message;
    throw error;
  }
}
