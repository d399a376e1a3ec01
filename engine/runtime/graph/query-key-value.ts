import { swiGlu } from './feed-forward';
import type { Weights } from './weights';

/**
 * x [1, S, hidden] -> Q [1, S, n_q*d_k], K [1, S, n_k*d_k] and V [1, S, n_v*d_v], all that comes before RoPE: one
 * product, and where the model has them its bias, augmented Q (arXiv 2501.13629, section 2 and appendix E) and norms
 * of Q's and K's heads.
 */
export function queryKeyValue(
  weights: Weights,
  layer: number,
  x: string,
): { q: string; k: string; v: string } {
  const { builder, config } = weights;
  const { hidden, n_q, n_k, n_v, d_k, d_v } = config.shape;
  const at = (name: string) => `layers.${layer}.${name}`;
  const widths = [n_q * d_k, n_k * d_k, n_v * d_v] as const;
  const width = widths[0] + widths[1] + widths[2];
  let qkv = weights.project(x, at('qkv'), hidden, width, at('QKV'));
  if (config.qkvBias)
    qkv = builder.apply('Add', [qkv, weights.vector(at('qkv.bias'), width)], at('QKV_biased'));

  const [plainQ, plainK, v] = [at('Q_plain'), at('K_plain'), at('V_plain')] as const;
  builder.node('Split', [qkv, builder.integers(widths)], [plainQ, plainK, v], { axis: -1 });
  let q = augmentedQuery(weights, layer, x, plainQ);
  let k = plainK;
  if (config.qkNorm) {
    q = headNorm(weights, q, at('q_norm'), n_q);
    k = headNorm(weights, k, at('k_norm'), n_k);
  }
  return { q, k, v };
}

/** q = W_q x [1, S, n_q*d_k] -> the query, of the same shape. */
function augmentedQuery(weights: Weights, layer: number, x: string, q: string): string {
  const { augmentedQ, shape } = weights.config;
  if (!augmentedQ) return q;
  const at = (name: string) => `layers.${layer}.aug_q.${name}`;
  const residual = augmentedQ.form === 'residual';
  const outer = shape.n_q * shape.d_k;
  const widths = { inner: residual ? shape.hidden : outer, width: augmentedQ.width, outer };
  const added = swiGlu(weights, residual ? x : q, at, widths, at('out'));
  return residual ? weights.builder.apply('Add', [q, added], at('sum')) : added;
}

/** RMSNorm over each of `count` heads of x [1, S, count*d_k]. */
function headNorm(weights: Weights, x: string, name: string, count: number): string {
  const { builder, config } = weights;
  const { d_k } = config.shape;
  const heads = builder.apply('Reshape', [x, builder.integers([0, 0, count, d_k])], `${name}.heads`);
  builder.apply('SimplifiedLayerNormalization', [heads, weights.vector(name, d_k)], `${name}.normed`, {
    axis: -1,
    epsilon: { float: config.normEps },
  });
  return builder.apply('Reshape', [`${name}.normed`, builder.integers([0, 0, count * d_k])], `${name}.flat`);
}
