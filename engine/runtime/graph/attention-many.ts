import { type AttentionContext, asFloat, cacheNames, type Heads, sealedShape } from './attention-context';
import type { OnnxType } from './onnx-builder';

/**
 * Attention for many new tokens -> [n_v, Gv * S, d_v], with Gv = n_q / n_v. Here multiplying is the work, so the sealed
 * rows are brought to fp32, one matrix a head, and the products are plain ones: what onnxruntime copies into panels is
 * used by hundreds of rows.
 */
export function attendMany(context: AttentionContext, heads: Heads): string {
  const { builder, shape, layer, shared, at } = context;
  const { n_k, n_v, d_k, d_v } = shape;
  const scale = { float: 1 / Math.sqrt(d_k) };
  const scores = (keys: string, name: string) =>
    builder.apply('com.microsoft:FusedMatMul', [heads.q, keys], name, { transB: 1, alpha: scale });

  const openK = builder.input(cacheNames.openK(layer), 'float32', [n_k, 'W', d_k]);
  builder.apply('Concat', [openK, heads.k], at('K_open'), { axis: 1 });
  builder.apply('Add', [scores(at('K_open'), at('scores_open_raw')), shared.maskRows], at('scores_open'));
  const parts = [scores(sealedKeys(context), at('scores_sealed')), at('scores_open')];
  builder.apply('Concat', parts, at('scores'), { axis: 2 });
  builder.apply('Softmax', [at('scores')], at('P'), { axis: -1 });
  builder.node('Split', [at('P'), shared.spans], [at('P_sealed'), at('P_open')], { axis: -1 });

  const openV = builder.input(cacheNames.openV(layer), 'float32', [n_v, 'W', d_v]);
  builder.apply('Concat', [openV, heads.v], at('V_open'), { axis: 1 });
  // Rows are ordered by query head, so for V's heads they only need other group borders.
  const regroup = (value: string, to: string) =>
    n_k === n_v ? value : builder.apply('Reshape', [value, to], `${value}_by_V`, { allowzero: 1 });
  const open = regroup(at('P_open'), shared.openProbabilities);
  const sealed = regroup(at('P_sealed'), shared.sealedProbabilities);
  builder.apply('MatMul', [open, at('V_open')], at('O_open'));
  builder.apply('MatMul', [sealed, sealedValues(context)], at('O_sealed'));
  return builder.apply('Add', [at('O_sealed'), at('O_open')], at('O_groups'));
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
