import { type AttentionContext, asFloat, cacheNames, type Heads, sealedShape } from './attention-context';
import type { OnnxType } from './onnx-builder';

/**
 * Attention for many new tokens -> [n_v, Gv, S, d_v], with Gv = n_q / n_v. Here multiplying is the work, so all rows are
 * brought to fp32, one matrix a head, and the products are plain ones: what onnxruntime copies into panels is used by
 * hundreds of rows. The scores are the largest values of all, so each further pass over them counts: joining keys and
 * values instead of scores and probabilities saved two of them.
 */
export function attendMany(context: AttentionContext, heads: Heads): string {
  const { builder, shape, layer, shared, at } = context;
  const { n_k, n_v, d_k, d_v } = shape;
  const openK = builder.input(cacheNames.openK(layer), 'float32', [n_k, 'W', d_k]);
  const openV = builder.input(cacheNames.openV(layer), 'float32', [n_v, 'W', d_v]);
  const keys = builder.apply('Concat', [sealedKeys(context), openK, heads.k], at('K_all'), { axis: 1 });
  const values = builder.apply('Concat', [sealedValues(context), openV, heads.v], at('V_all'), { axis: 1 });
  const product = { transB: 1, alpha: { float: 1 / Math.sqrt(d_k) } };
  builder.apply('com.microsoft:FusedMatMul', [heads.q, keys], at('scores_by_K'), product);
  // The mask is the same for every query head.
  builder.apply('Reshape', [at('scores_by_K'), shared.many.scoresByQuery], at('scores_all'));
  builder.apply('Add', [at('scores_all'), shared.mask], at('scores'));
  builder.apply('Softmax', [at('scores')], at('P'), { axis: -1 });
  // A product a query head: with one a V head, three would share two threads badly.
  builder.apply('Reshape', [at('P'), shared.many.scoresByValue], at('P_by_V'));
  builder.apply('Reshape', [values, builder.integers([n_v, 1, -1, d_v])], at('V_groups'));
  return builder.apply('MatMul', [at('P_by_V'), at('V_groups')], at('O_groups'));
}

/** Sealed K as fp32 [n_k, T, d_k]. */
function sealedKeys(context: AttentionContext): string {
  const { builder, shape, form, layer, at } = context;
  const { n_k, d_k } = shape;
  const type: OnnxType = form.k === 'fp32' ? 'float32' : form.k === 'fp16' ? 'float16' : 'uint8';
  const stored = builder.input(cacheNames.sealedK(layer), type, sealedShape(n_k, d_k));
  let rows = asFloat(builder, stored, type);
  if (form.k === 'int8') {
    const steps = builder.input(cacheNames.sealedKScale(layer), 'float32', sealedShape(n_k, 1));
    builder.apply('Sub', [rows, builder.scalar(128)], at('K_steps'));
    rows = builder.apply('Mul', [at('K_steps'), steps], at('K_sealed'));
  }
  return n_k === 1 ? rows : headMajor(context, rows, n_k, d_k);
}

/** Sealed V as fp32 [n_v, T, d_v]. */
function sealedValues(context: AttentionContext): string {
  const { builder, shape, form, layer, at } = context;
  const { n_v, d_v } = shape;
  const type: OnnxType = form.v === 'fp32' ? 'float32' : form.v === 'fp16' ? 'float16' : 'int8';
  const stored = builder.input(cacheNames.sealedV(layer), type, ['tiles', n_v, 'TILE', d_v]);
  let rows = asFloat(builder, stored, type);
  if (form.v === 'int8') {
    const steps = builder.input(cacheNames.sealedVScale(layer), 'float32', ['tiles', n_v, 1, 'TILE']);
    builder.apply('Transpose', [steps], at('V_scale'), { perm: [0, 1, 3, 2] });
    rows = builder.apply('Mul', [rows, at('V_scale')], at('V_sealed'));
  }
  return headMajor(context, rows, n_v, d_v);
}

/** [tiles, heads, TILE, width] -> [heads, T, width]. */
function headMajor({ builder }: AttentionContext, rows: string, heads: number, width: number): string {
  builder.apply('Transpose', [rows], `${rows}_heads`, { perm: [1, 0, 2, 3] });
  return builder.apply('Reshape', [`${rows}_heads`, builder.integers([heads, -1, width])], `${rows}_rows`);
}
