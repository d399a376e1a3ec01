import { type AttentionContext, asFloat, cacheNames, type Heads, sealedShape } from './attention-context';
import type { OnnxType } from './onnx-builder';

/** [n_k, G * S, T + W + S] with G = n_q / n_k: the rows are ordered by query head, then by token. */
export function scores(context: AttentionContext, heads: Heads): string {
  const { builder, shape, at, shared } = context;
  const { n_k, d_k } = shape;
  const queries = heads.q;
  const open = builder.input(cacheNames.openK(context.layer), 'float32', [n_k, 'W', d_k]);
  builder.apply('Concat', [open, heads.k], at('K_open'), { axis: 1 });
  keyScores(context, at('K_open'), queries, at('scores_open_raw'));
  builder.apply('Add', [at('scores_open_raw'), shared.mask], at('scores_open'));
  const sealed = context.form.k === 'int8' ? int8Scores(context, queries) : floatScores(context, queries);
  if (n_k === 1) {
    // A key's row of scores is that of its place in the cache: joined first, turned once.
    builder.apply('Concat', [sealed, at('scores_open')], at('scores_by_key'), { axis: 1 });
    return builder.apply('Transpose', [at('scores_by_key')], at('scores'), { perm: [0, 2, 1] });
  }
  builder.apply('Transpose', [sealed], at('scores_sealed_tiles'), { perm: [1, 3, 0, 2] });
  builder.apply('Reshape', [at('scores_sealed_tiles'), shared.single.sealedScores], at('scores_sealed'), {
    allowzero: 1,
  });
  builder.apply('Transpose', [at('scores_open')], at('scores_open_rows'), { perm: [0, 2, 1] });
  return builder.apply('Concat', [at('scores_sealed'), at('scores_open_rows')], at('scores'), { axis: 2 });
}

/** keys [.., rows, d_k] times queries [n_k, G * S, d_k] transposed, scaled -> [.., rows, G * S]. */
function keyScores(
  { builder, shape }: AttentionContext,
  keys: string,
  queries: string,
  output: string,
): string {
  const scale = { float: 1 / Math.sqrt(shape.d_k) };
  return builder.apply('com.microsoft:FusedMatMul', [keys, queries], output, { transB: 1, alpha: scale });
}

function floatScores(context: AttentionContext, queries: string): string {
  const { builder, shape, form, layer, at } = context;
  const type: OnnxType = form.k === 'fp16' ? 'float16' : 'float32';
  const stored = builder.input(cacheNames.sealedK(layer), type, sealedShape(shape.n_k, shape.d_k));
  const keys = asFloat(builder, stored, type);
  return keyScores(context, keys, forEachTile(context, queries), at('scores_by_sealed_key'));
}

/** The same right operand for every tile, as onnxruntime's products refuse to repeat one 0 times. */
function forEachTile({ builder, shape, shared }: AttentionContext, value: string): string {
  return shape.n_k === 1 ? value : builder.apply('Expand', [value, shared.single.tiles], `${value}_tiles`);
}

/** Queries are rounded to int8 by their largest magnitude; the product is exact from there on. */
function int8Scores(context: AttentionContext, queries: string): string {
  const { builder, shape, layer, at } = context;
  const { n_k, d_k } = shape;
  builder.apply('Abs', [queries], at('Q_abs'));
  builder.apply('ReduceMax', [at('Q_abs'), builder.integers([2])], at('Q_max'));
  builder.apply('Mul', [at('Q_max'), builder.scalar(1 / 127)], at('Q_step_raw'));
  builder.apply('Max', [at('Q_step_raw'), builder.scalar(1e-30)], at('Q_step'));
  builder.apply('Div', [queries, at('Q_step')], at('Q_steps'));
  builder.apply('QuantizeLinear', [at('Q_steps'), builder.scalar(1), builder.byte('int8', 0)], at('Q_int8'));
  builder.apply('Transpose', [at('Q_int8')], at('Q_int8_columns'), { perm: [0, 2, 1] });
  const keys = builder.input(cacheNames.sealedK(layer), 'uint8', sealedShape(n_k, d_k));
  const scales = builder.input(cacheNames.sealedKScale(layer), 'float32', sealedShape(n_k, 1));
  const columns = forEachTile(context, at('Q_int8_columns'));
  builder.apply('MatMulInteger', [keys, columns, builder.byte('uint8', 128)], at('scores_int32'));
  builder.apply('Cast', [at('scores_int32')], at('scores_steps'), { to: 1 });
  builder.apply('Mul', [at('scores_steps'), scales], at('scores_K_scaled'));
  builder.apply('Mul', [at('Q_step'), builder.scalar(1 / Math.sqrt(d_k))], at('Q_scale'));
  builder.apply('Transpose', [at('Q_scale')], at('Q_scale_columns'), { perm: [0, 2, 1] });
  return builder.apply('Mul', [at('scores_K_scaled'), at('Q_scale_columns')], at('scores_by_sealed_key'));
}
