import { InferenceSession, Tensor } from 'onnxruntime-node';
import './no-telemetry';
import { AppError } from '../contract/errors';
import { attentionMask } from './attention-mask';
import type { DecoderShape } from './config';
import { cacheNames, sealedShape } from './graph/attention-context';
import { stackNames } from './graph/attention-stack';
import { OnnxBuilder } from './graph/onnx-builder';
import { type KvCache, SHARED } from './kv-cache';
import { TILE } from './kv-rows';

export interface SessionOptions {
  readonly threads: number;
}

/** Which of a step's positions get logits. */
export type LogitRows = 'last' | 'all';

/** New tokens of one step. */
export interface StepTokens {
  readonly ids: readonly number[];
  /** Each token's position; by default they follow what the cache holds. */
  readonly positions?: readonly number[];
  /** Each token's branch of the cache; by default they are everybody's. */
  readonly branches?: readonly number[];
}

/** Right until the next step, which uses the same memory again. */
export interface StepLogits {
  /** Row by row, [rows, vocab]. */
  readonly logits: Float32Array;
  /** Id of each row's largest logit, the lowest among equals. */
  readonly greedy: readonly number[];
  /** log(sum(exp(logits))) of each row. */
  readonly totals: Float32Array;
}

/** Runs the decoder's graph. This file is the only importer of onnxruntime. */
export class DecoderSession {
  #logits = new Float32Array(0);

  private constructor(
    private readonly graph: CachedGraph,
    private readonly shape: DecoderShape,
  ) {}

  /** `folder` is where the graph's external weights are found. Throws AppError('model') if ORT refuses the graph. */
  static async create(
    graph: Uint8Array,
    folder: string,
    shape: DecoderShape,
    options: SessionOptions,
  ): Promise<DecoderSession> {
    return new DecoderSession(await CachedGraph.open(graph, shape, options, folder), shape);
  }

  /** Runs `tokens` behind what the cache holds and adds their K and V rows to it. */
  async step(tokens: StepTokens, cache: KvCache, wanted: LogitRows): Promise<StepLogits> {
    const { ids } = tokens;
    const { vocab } = this.shape;
    const rows = wanted === 'all' ? ids.map((_, i) => i) : [ids.length - 1];
    const size = rows.length * vocab;
    if (this.#logits.length < size) this.#logits = new Float32Array(size);
    const logits = this.#logits.subarray(0, size);
    const greedy = new BigInt64Array(rows.length);
    const totals = new Float32Array(rows.length);
    await this.graph.run(
      tokens,
      cache,
      { ids: integers(ids, [1, ids.length]), rows: integers(rows, [rows.length]) },
      {
        logits: new Tensor('float32', logits, [1, rows.length, vocab]),
        greedy: new Tensor('int64', greedy, [1, rows.length, 1]),
        total: new Tensor('float32', totals, [1, rows.length, 1]),
      },
    );
    return { logits, greedy: Array.from(greedy, Number), totals };
  }

  dispose(): Promise<void> {
    return this.graph.dispose();
  }
}

/** One layer's flat Q, K and V of `count` tokens, [count, n * d] each. */
export interface FlatHeads {
  readonly q: Float32Array;
  readonly k: Float32Array;
  readonly v: Float32Array;
}

/** Runs the graph of buildAttentionStack, for benches: a decoder's attention at a context length without its weights. */
export class AttentionStackSession {
  private constructor(
    private readonly graph: CachedGraph,
    private readonly shape: DecoderShape,
  ) {}

  static async create(
    graph: Uint8Array,
    shape: DecoderShape,
    options: SessionOptions,
  ): Promise<AttentionStackSession> {
    return new AttentionStackSession(await CachedGraph.open(graph, shape, options), shape);
  }

  /** Runs `count` tokens behind what the cache holds and adds them there; returns each layer's [count, n_q*d_v]. */
  async step(flat: readonly FlatHeads[], count: number, cache: KvCache): Promise<Float32Array[]> {
    const width = this.shape.n_q * this.shape.d_v;
    const outputs = flat.map(() => new Float32Array(count * width));
    const feeds: TensorMap = {};
    const fetches: TensorMap = {};
    const rows = (values: Float32Array) => new Tensor('float32', values, [1, count, values.length / count]);
    flat.forEach(({ q, k, v }, layer) => {
      feeds[stackNames.q(layer)] = rows(q);
      feeds[stackNames.k(layer)] = rows(k);
      feeds[stackNames.v(layer)] = rows(v);
      fetches[stackNames.output(layer)] = rows(outputs[layer] as Float32Array);
    });
    await this.graph.run({ ids: Array.from({ length: count }, () => 0) }, cache, feeds, fetches);
    return outputs;
  }

  dispose(): Promise<void> {
    return this.graph.dispose();
  }
}

/**
 * Whether products of bytes are exact on this processor. x64 processors without int8 dot products add pairs in 16 bits,
 * where large ones are cut off: such a machine must not use them.
 */
export async function int8ProductsAreExact(): Promise<boolean> {
  const depth = 64;
  const builder = new OnnxBuilder();
  const left = builder.input('left', 'uint8', [1, depth]);
  const right = builder.input('right', 'int8', [depth, 1]);
  builder.output(builder.apply('MatMulInteger', [left, right], 'product'), 'int32', [1, 1]);
  const session = await InferenceSession.create(builder.build('int8-check'), { executionProviders: ['cpu'] });
  try {
    const { product } = await session.run({
      left: new Tensor('uint8', new Uint8Array(depth).fill(255), [1, depth]),
      right: new Tensor('int8', new Int8Array(depth).fill(127), [depth, 1]),
    });
    return product?.data[0] === depth * 255 * 127;
  } finally {
    await session.release();
  }
}

type TensorMap = Record<string, Tensor>;

/**
 * A graph whose attention reads a KvCache. `run` blocks its thread for the length of a step, but lets the event loop turn
 * once before each.
 */
class CachedGraph {
  /** The step in progress; freeing the session under it would crash the process. */
  #running: Promise<unknown> = Promise.resolve();
  /** Inputs that this graph does without. */
  private readonly unused: readonly string[];
  /** Of one new token a step (GraphOptions.single). */
  private readonly isSingle: boolean;
  /** Tensors over the cache's views: the same from step to step until the cache says otherwise. */
  #views: { cache: KvCache; revision: number; feeds: TensorMap } | null = null;

  private constructor(
    private readonly session: InferenceSession,
    private readonly shape: DecoderShape,
  ) {
    this.isSingle = session.inputNames.includes('spans');
    // onnxruntime drops an input that no node reads, and refuses to be given it.
    this.unused = ['sealed_scores', 'tiles', 'open_probabilities'].filter(
      (name) => !session.inputNames.includes(name),
    );
  }

  static async open(
    graph: Uint8Array,
    shape: DecoderShape,
    { threads }: SessionOptions,
    weightFolder?: string,
  ): Promise<CachedGraph> {
    const external = weightFolder && {
      extra: { session: { model_external_initializers_file_folder_path: weightFolder } },
    };
    try {
      const session = await InferenceSession.create(graph, {
        executionProviders: ['cpu'],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        // The sizes of a step's values change with the context, so a plan made for one step fits no other.
        enableMemPattern: false,
        ...external,
      });
      return new CachedGraph(session, shape);
    } catch (error) {
      throw new AppError('model', 'onnxruntime could not load the model.', String(error));
    }
  }

  /** One step. Every output goes into memory of ours: no buffer of onnxruntime's inside V8's heap cage. */
  async run(tokens: StepTokens, cache: KvCache, inputs: TensorMap, outputs: TensorMap): Promise<void> {
    const count = tokens.ids.length;
    cache.checkRoom(count);
    const { layers, n_k, n_v, d_k, d_v } = this.shape;
    const { positions = Array.from({ length: count }, (_, i) => cache.length + i) } = tokens;
    const { branches = Array.from({ length: count }, () => SHARED) } = tokens;
    const feeds: TensorMap = {
      ...this.#cacheViews(cache),
      ...inputs,
      positions: integers(positions, [1, count]),
      ...(this.isSingle ? this.#singleShapes(cache, branches) : this.#manyShapes(cache, branches)),
    };
    for (const name of this.unused) delete feeds[name];
    const k = new Float32Array(layers * n_k * count * d_k);
    const v = new Float32Array(layers * n_v * count * d_v);
    const run = this.session.run(feeds, {
      ...outputs,
      new_K: new Tensor('float32', k, [layers * n_k, count, d_k]),
      new_V: new Tensor('float32', v, [layers * n_v, count, d_v]),
    });
    this.#running = run.catch(() => undefined);
    await run;
    cache.append(k, v, count, branches);
  }

  async dispose(): Promise<void> {
    await this.#running;
    await this.session.release();
  }

  #singleShapes(cache: KvCache, branches: readonly number[]): TensorMap {
    const { n_q, n_k, n_v } = this.shape;
    const sealed = cache.sealedTiles * TILE;
    const open = cache.openRows + 1;
    return {
      mask: new Tensor('float32', attentionMask(cache, branches, 0), [1, open, 1]),
      spans: integers([sealed, open], [2]),
      tiles: integers([cache.sealedTiles, 1, 1, 1], [4]),
      sealed_scores: integers([n_k, n_q / n_k, sealed], [3]),
      open_probabilities: integers([n_v, n_q / n_v, open], [3]),
      tile_probabilities: integers([n_v, n_q / n_v, cache.sealedTiles, TILE], [4]),
    };
  }

  #manyShapes(cache: KvCache, branches: readonly number[]): TensorMap {
    const { n_q, n_v } = this.shape;
    const count = branches.length;
    const sealed = cache.sealedTiles * TILE;
    const columns = sealed + cache.openRows + count;
    return {
      mask: new Tensor('float32', attentionMask(cache, branches, sealed), [1, count, columns]),
      scores_by_query: integers([n_q, count, columns], [3]),
      scores_by_value: integers([n_v, n_q / n_v, count, columns], [4]),
    };
  }

  #cacheViews(cache: KvCache): TensorMap {
    if (this.#views?.cache === cache && this.#views.revision === cache.revision) return this.#views.feeds;
    const { n_k, n_v, d_k, d_v } = this.shape;
    const tiles = cache.sealedTiles;
    const feeds: TensorMap = {};
    cache.layers().forEach(({ sealedK, sealedV, openK, openV }, layer) => {
      feeds[cacheNames.sealedK(layer)] = tensorOf(sealedK.values(tiles), sealedShape(n_k, d_k, tiles));
      feeds[cacheNames.sealedV(layer)] = tensorOf(sealedV.values(tiles), [tiles, n_v, TILE, d_v]);
      const kScales = sealedK.scales(tiles);
      const vScales = sealedV.scales(tiles);
      if (kScales) feeds[cacheNames.sealedKScale(layer)] = tensorOf(kScales, sealedShape(n_k, 1, tiles));
      if (vScales) feeds[cacheNames.sealedVScale(layer)] = tensorOf(vScales, [tiles, n_v, 1, TILE]);
      feeds[cacheNames.openK(layer)] = tensorOf(openK, [n_k, cache.openRows, d_k]);
      feeds[cacheNames.openV(layer)] = tensorOf(openV, [n_v, cache.openRows, d_v]);
    });
    this.#views = { cache, revision: cache.revision, feeds };
    return feeds;
  }
}

function tensorOf(
  values: Float32Array | Uint16Array | Uint8Array | Int8Array,
  shape: readonly number[],
): Tensor {
  if (values instanceof Float32Array) return new Tensor('float32', values, shape);
  if (values instanceof Uint16Array) return new Tensor('float16', values, shape);
  return values instanceof Uint8Array
    ? new Tensor('uint8', values, shape)
    : new Tensor('int8', values, shape);
}

function integers(values: readonly number[], shape: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), shape);
}
