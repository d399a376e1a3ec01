import type { DecoderShape } from '../config';
import type { AttentionContext, Heads } from './attention-context';
import { attendMany } from './attention-many';
import { scores } from './attention-scores';
import { valuesOf } from './attention-values';
import type { OnnxBuilder } from './onnx-builder';

/**
 * DiffQKV attention (arXiv 2501.13629, section 2) in standard operators: softmax(Q K^T / sqrt(d_k)) V, where n_q query
 * heads share n_k key heads and n_v value heads.
 *
 * For one new token reading the cache is the work (attention-many.ts has the form for many):
 * - Scores are K Q^T, a row a key. As the left operand onnxruntime reads K in place, row by row; as the right one it
 *   would first copy it into panels, which takes longer than the product itself.
 * - V as int8 is a quarter of the bytes, and its product with the probabilities runs on the processor's int8 dot
 *   products. Each tile's probabilities are scaled to its largest one, so 8 bits are enough (ARCHITECTURE.md).
 * The contributed GroupQueryAttention was 2 to 8 times slower here on CPU and needs n_k = n_v.
 *
 * `q`, `k`, `v` are flat, [1, S, n * d] each. Returns the heads' outputs [1, S, n_q*d_v] and the new rows.
 */
export function attention(
  context: Omit<AttentionContext, 'at'>,
  flat: { readonly q: string; readonly k: string; readonly v: string },
): { output: string; heads: Heads } {
  const { builder, shape, layer, shared } = context;
  const { n_q, n_k, n_v, d_k, d_v } = shape;
  const at = (name: string) => `layers.${layer}.${name}`;
  const full = { ...context, at };
  const rope = (x: string, name: string) =>
    builder.apply('com.microsoft:RotaryEmbedding', [x, shared.positions, shared.cos, shared.sin], name);
  const heads: Heads = {
    q: byHead(full, rope(flat.q, at('Q_rope')), n_q, n_k, d_k, at('Q')),
    k: byHead(full, rope(flat.k, at('K_rope')), n_k, n_k, d_k, at('K')),
    v: byHead(full, flat.v, n_v, n_v, d_v, at('V')),
  };
  if (!context.single) return { output: flatOutput(full, attendMany(full, heads)), heads };
  const probabilities = builder.apply('Softmax', [scores(full, heads)], at('P'), { axis: -1 });
  return { output: flatOutput(full, valuesOf(full, heads, probabilities)), heads };
}

/** Flat [1, S, n * d] -> [groups, (n / groups) * S, d]. */
function byHead(
  { builder, single }: AttentionContext,
  flat: string,
  n: number,
  groups: number,
  d: number,
  name: string,
): string {
  if (single)
    return n === 1 ? flat : builder.apply('Reshape', [flat, builder.integers([groups, -1, d])], name);
  builder.apply('Reshape', [flat, builder.integers([-1, n, d])], `${name}_rows`);
  if (n === groups) return builder.apply('Transpose', [`${name}_rows`], name, { perm: [1, 0, 2] });
  builder.apply('Transpose', [`${name}_rows`], `${name}_heads`, { perm: [1, 0, 2] });
  return builder.apply('Reshape', [`${name}_heads`, builder.integers([groups, -1, d])], name);
}

/** [n_v, (n_q / n_v) * S, d_v] -> [1, S, n_q * d_v]. */
function flatOutput({ builder, shape, single, at }: AttentionContext, output: string): string {
  const { n_q, d_v } = shape;
  let rows = output;
  if (!single) {
    builder.apply('Reshape', [output, builder.integers([n_q, -1, d_v])], at('O_heads'));
    rows = builder.apply('Transpose', [at('O_heads')], at('O_rows'), { perm: [1, 0, 2] });
  }
  return builder.apply('Reshape', [rows, builder.integers([1, -1, n_q * d_v])], at('O'));
}

/** The new rows of all layers as two outputs, `new_K` [layers * n_k, S, d_k] and `new_V` [layers * n_v, S, d_v]. */
export function newRows(
  builder: OnnxBuilder,
  { layers, n_k, n_v, d_k, d_v }: DecoderShape,
  cached: readonly Heads[],
): void {
  builder.apply(
    'Concat',
    cached.map(({ k }) => k),
    'new_K',
    { axis: 0 },
  );
  builder.apply(
    'Concat',
    cached.map(({ v }) => v),
    'new_V',
    { axis: 0 },
  );
  builder.output('new_K', 'float32', [layers * n_k, 'S', d_k]);
  builder.output('new_V', 'float32', [layers * n_v, 'S', d_v]);
}
