import type { DecoderShape } from '../config';
import type { CacheForm } from '../kv-cache';
import { TILE } from '../kv-rows';
import type { OnnxBuilder, OnnxType } from './onnx-builder';
import { ropeTables } from './rope';

/** Values that all layers share. S new positions behind W open rows and T sealed ones. */
export interface SharedValues {
  /** int64 [1, S]: each token's position. */
  readonly positions: string;
  /** float, 0 where a query may look, -inf elsewhere: its future, other branches, padding. [1, W + 1, 1] for one new
   *  token, [1, S, T + W + S] for many. */
  readonly mask: string;
  /** For one new token only; the others for many only. */
  readonly single: SingleShapes;
  readonly many: ManyShapes;
  /** float [context, d_k / 2] each. */
  readonly cos: string;
  readonly sin: string;
  readonly contextLength: number;
}

/** Shapes are given, as a size of 0 can't be worked out from the others. G = n_q / n_k and Gv = n_q / n_v. */
export interface SingleShapes {
  /** int64 [2]: [T, W + 1], how the columns of the probabilities are split. */
  readonly spans: string;
  /** int64 [4]: [tiles, 1, 1, 1]. */
  readonly tiles: string;
  /** int64 [3]: [n_k, G, T]. */
  readonly sealedScores: string;
  /** int64 [3]: [n_v, Gv, W + 1]. */
  readonly openProbabilities: string;
  /** int64 [4]: [n_v, Gv, tiles, TILE]. */
  readonly tileProbabilities: string;
}

export interface ManyShapes {
  /** int64 [3]: [n_q, S, T + W + S]. */
  readonly scoresByQuery: string;
  /** int64 [4]: [n_v, Gv, S, T + W + S]. */
  readonly scoresByValue: string;
}

/** Adds the inputs and tables that all layers share. `frequencies` are RoPE's, one a pair of dimensions. */
export function sharedValues(
  builder: OnnxBuilder,
  contextLength: number,
  frequencies: Float32Array | Float64Array,
  single: boolean,
): SharedValues {
  const tables = ropeTables(contextLength, frequencies);
  const shape = (name: string, size: number) => builder.input(name, 'int64', [size]);
  const none = '';
  return {
    positions: builder.input('positions', 'int64', [1, 'S']),
    mask: builder.input('mask', 'float32', single ? [1, 'W_S', 1] : [1, 'S', 'T_W_S']),
    single: {
      spans: single ? shape('spans', 2) : none,
      tiles: single ? shape('tiles', 4) : none,
      sealedScores: single ? shape('sealed_scores', 3) : none,
      openProbabilities: single ? shape('open_probabilities', 3) : none,
      tileProbabilities: single ? shape('tile_probabilities', 4) : none,
    },
    many: {
      scoresByQuery: single ? none : shape('scores_by_query', 3),
      scoresByValue: single ? none : shape('scores_by_value', 4),
    },
    cos: builder.floats('rope.cos', [contextLength, frequencies.length], tables.cos),
    sin: builder.floats('rope.sin', [contextLength, frequencies.length], tables.sin),
    contextLength,
  };
}

/** Shape of sealed rows as the graph sees them; of one head, tiles lie end to end and are one matrix. Without
 *  `tiles` as the graph declares it, with them as a step gives it. */
export function sealedShape(heads: number, width: number): (number | string)[];
export function sealedShape(heads: number, width: number, tiles: number): number[];
export function sealedShape(heads: number, width: number, tiles?: number): (number | string)[] {
  return heads === 1
    ? [1, tiles === undefined ? 'T' : tiles * TILE, width]
    : [tiles ?? 'tiles', heads, TILE, width];
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
