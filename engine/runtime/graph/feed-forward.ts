import type { Weights } from './weights';

/** The block's SwiGLU. x is [1, S, hidden], and so is the result. */
export function feedForward(weights: Weights, layer: number, x: string): string {
  const { hidden, ffn } = weights.config.shape;
  const at = (name: string) => `layers.${layer}.${name}`;
  const widths = { inner: hidden, width: ffn, outer: hidden };
  return swiGlu(weights, x, at, widths, at('ffn_out'));
}

/**
 * SwiGLU: down(silu(gate(x)) * up(x)). x is [1, S, inner], the result [1, S, outer]. `at` names its matrices, gate_up
 * (2 * width, inner) and down (outer, width), and its values.
 */
export function swiGlu(
  weights: Weights,
  x: string,
  at: (name: string) => string,
  { inner, width, outer }: { inner: number; width: number; outer: number },
  output: string,
): string {
  const { builder } = weights;
  weights.project(x, at('gate_up'), inner, 2 * width, at('gate_up_out'));
  builder.node('Split', [at('gate_up_out'), builder.integers([width, width])], [at('gate'), at('up')], {
    axis: -1,
  });
  // QuickGelu with alpha 1 is x * sigmoid(x), that is SiLU, in one operator.
  builder.apply('com.microsoft:QuickGelu', [at('gate')], at('silu'), { alpha: { float: 1 } });
  builder.apply('Mul', [at('silu'), at('up')], at('ffn_inner'));
  return weights.project(at('ffn_inner'), at('down'), width, outer, output);
}
