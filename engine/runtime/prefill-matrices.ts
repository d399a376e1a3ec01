import type { DecoderConfig } from './config';

/** A matrix (outWidth, inWidth) of the decoder's layers: y = W x. */
export interface LayerMatrix {
  /** Stored name, such as 'layers.0.qkv'. */
  readonly name: string;
  /** K, a multiple of 32 in a 4-bit model. */
  readonly inWidth: number;
  /** N. */
  readonly outWidth: number;
}

/**
 * The matrices that prefill multiplies by in int8 columns, layer by layer. Not embedding and head, which see one row a
 * prompt, and not the feed-forward's `down`, whose inputs have channels that no scaling brings to like sizes: rounding
 * its rows to int8 costs too much.
 */
export function prefillMatrices({ shape, augmentedQ }: DecoderConfig): LayerMatrix[] {
  const { layers, hidden, ffn, n_q, n_k, n_v, d_k, d_v } = shape;
  const matrices: LayerMatrix[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const add = (name: string, inWidth: number, outWidth: number) =>
      matrices.push({ name: `layers.${layer}.${name}`, inWidth, outWidth });
    add('qkv', hidden, (n_q + n_k) * d_k + n_v * d_v);
    if (augmentedQ) {
      add('aug_q.gate_up', augmentedQ.form === 'residual' ? hidden : n_q * d_k, 2 * augmentedQ.width);
      add('aug_q.down', augmentedQ.width, n_q * d_k);
    }
    add('out', n_q * d_v, hidden);
    add('gate_up', hidden, 2 * ffn);
  }
  return matrices;
}

/** Stored name of the largest magnitudes F32 [K] of a matrix's inputs over a text (engine/training/calibrate.py). */
export function inputMaxName(matrix: string): string {
  return `${matrix}.input_max`;
}

/**
 * Stored names of a matrix's int8 form: `w8` I8 [K, N], `scale` F32 [N], `inputScale` F32 [K];
 * w[n, k] = w8[k, n] * scale[n] * inputScale[k]. Inputs are multiplied by `inputScale` before they are rounded;
 * matrices of the same input have the same.
 */
export function prefillNames(matrix: string): {
  readonly w8: string;
  readonly scale: string;
  readonly inputScale: string;
} {
  return {
    w8: `${matrix}.w8`,
    scale: `${matrix}.w8_scale`,
    inputScale: `${matrix}.w8_input_scale`,
  };
}

/** Whether 4-bit matrices have offset columns and zero points (engine/training/quantize.py). */
export function hasOffsets({ weights }: DecoderConfig): boolean {
  return weights.kind === 'int4' && weights.offsets;
}
