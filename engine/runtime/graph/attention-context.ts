import type { DecoderShape } from '../config';
import type { CacheForm } from '../kv-cache';
import { TILE } from '../kv-rows';
import type { OnnxBuilder, OnnxType } from './onnx-builder';
import { ropeTables } from './rope';

/** Values that all layers share. S new positions behind W open rows and T sealed ones. */
export interface SharedValues {
  /** int64 [1, S]: each token's position. */
  readonly positions: string;
  /** int64 [2]: [T, W + S], how the columns of the probabilities are split. */
  readonly spans: string;
  /** int64 [3]: [n_k, G * S, T], [n_v, Gv * S, W + S], [n_v, Gv * S, T] and int64 [4]: [n_v, Gv * S, tiles, TILE]. Given, as a size of 0
   *  can't be worked out from the others. G = n_q / n_k, Gv = n_q / n_v. */
  readonly sealedScores: string;
  /** int64 [4]: [tiles, 1, 1, 1]. */
  readonly tiles: string;
  readonly openProbabilities: string;
  readonly sealedProbabilities: string;
  readonly tileProbabilities: string;
  /** float [1, W + S, (n_q / n_k) * S]: 0 where a query may look, -inf elsewhere: its future, other branches, padding. */
  readonly mask: string;
  /** The same turned, [1, (n_q / n_k) * S, W + S]. */
  readonly maskRows: string;
  /** float [context, d_k / 2] each. */
  readonly cos: string;
  readonly sin: string;
  readonly contextLength: number;
}

/** Adds the inputs and tables that all layers share. `frequencies` are RoPE's, one a pair of dimensions. */
export function sharedValues(
  builder: OnnxBuilder,
  contextLength: number,
  frequencies: Float32Array | Float64Array,
): SharedValues {
  const tables = ropeTables(contextLength, frequencies);
  const mask = builder.input('mask', 'float32', [1, 'W_S', 'G_S']);
  return {
    positions: builder.input('positions', 'int64', [1, 'S']),
    spans: builder.input('spans', 'int64', [2]),
    sealedScores: builder.input('sealed_scores', 'int64', [3]),
    tiles: builder.input('tiles', 'int64', [4]),
    openProbabilities: builder.input('open_probabilities', 'int64', [3]),
    sealedProbabilities: builder.input('sealed_probabilities', 'int64', [3]),
    tileProbabilities: builder.input('tile_probabilities', 'int64', [4]),
    mask,
    maskRows: builder.apply('Transpose', [mask], 'mask_rows', { perm: [0, 2, 1] }),
    cos: builder.floats('rope.cos', [contextLength, frequencies.length], tables.cos),
    sin: builder.floats('rope.sin', [contextLength, frequencies.length], tables.sin),
    contextLength,
  };
}

/** Shape of sealed rows as the graph sees them; of one head, tiles lie end to end and are one matrix. */
export function sealedShape(heads: number, width: number): (number | string)[] {
  return heads === 1 ? [1, 'T', width] : ['tiles', heads, TILE, width];
}

/** Names of a layer's cache inputs. */
export const cacheNames = {
  sealedK: (layer: number) => `layers.${layer}.sealed_K`,
  sealedKScale: (layer: number) => `layers.${layer}.sealed_K_scale`,
  sealedV: (layer: number) => `layers.${layer}.sealed_V`,
  sealedVScale: (layer: number) => `layers.${layer}.sealed_V_scale`,
  openK: (layer: number) => `layers.${layer}.open_K`,
  openV: (layer: number) => `layers.${layer}.open_V`,
};

/** Q [n_k, (n_q / n_k) * S, d_k], its rows ordered by head, then by token; and the new rows K [n_k, S, d_k] and V [n_v, S, d_v], Q and K turned by RoPE. */
export interface Heads {
  readonly q: string;
  readonly k: string;
  readonly v: string;
}

/** What the parts of attention are built from. */
export interface AttentionContext {
  readonly builder: OnnxBuilder;
  readonly shape: DecoderShape;
  readonly form: CacheForm;
  readonly layer: number;
  readonly shared: SharedValues;
  /** S is 1: a token's heads lie as they are wanted, so nothing is turned. */
  readonly single: boolean;
  /** Rows of sealed V that each query head reads, those of its largest probabilities; null for all. Only if `single`. */
  readonly topValues: number | null;
  /** Names of this layer's values. */
  readonly at: (name: string) => string;
}

export function asFloat(builder: OnnxBuilder, value: string, type: OnnxType): string {
  return type === 'float32' ? value : builder.apply('Cast', [value], `${value}_fp32`, { to: 1 });
}
