import type { DecoderConfig } from '../config';
import type { CacheForm } from '../kv-cache';
import { attention, newRows } from './attention';
import { type Heads, sharedValues } from './attention-context';
import { OnnxBuilder } from './onnx-builder';
import { thetaFrequencies } from './rope';

/** Names of a layer's values in the attention stack's graph. */
export const stackNames = {
  q: (layer: number) => `layers.${layer}.q`,
  k: (layer: number) => `layers.${layer}.k`,
  v: (layer: number) => `layers.${layer}.v`,
  output: (layer: number) => `layers.${layer}.O`,
};

/**
 * The attention of all layers and nothing else, to time it at any context length: what the paper's section 3 compares
 * (RoPE, cache, scores, values; no weights, so no augmented Q). Each layer has its own input, as equal work on one
 * input would be merged. Inputs: the decoder's shared values and cache, and for each layer flat Q, K and V, float
 * [1, S, n * d] each. Outputs: the heads' outputs of each layer, float [1, S, n_q*d_v], and the new K and V rows.
 */
export function buildAttentionStack(
  { shape, contextLength, ropeTheta }: Pick<DecoderConfig, 'shape' | 'contextLength' | 'ropeTheta'>,
  form: CacheForm,
  topValues: number | null = null,
): Uint8Array {
  const builder = new OnnxBuilder();
  const shared = sharedValues(builder, contextLength, thetaFrequencies(shape.d_k, ropeTheta), true);
  const { n_q, n_k, n_v, d_k, d_v } = shape;
  const cached: Heads[] = [];
  for (let layer = 0; layer < shape.layers; layer++) {
    const flat = {
      q: builder.input(stackNames.q(layer), 'float32', [1, 'S', n_q * d_k]),
      k: builder.input(stackNames.k(layer), 'float32', [1, 'S', n_k * d_k]),
      v: builder.input(stackNames.v(layer), 'float32', [1, 'S', n_v * d_v]),
    };
    // One token a step.
    const { output, heads } = attention(
      { builder, shape, form, layer, shared, single: true, topValues },
      flat,
    );
    cached.push(heads);
    builder.output(output, 'float32', [1, 'S', n_q * d_v]);
  }
  newRows(builder, shape, cached);
  return builder.build('attention-stack');
}
