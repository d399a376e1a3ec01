import { TILE } from '../kv-rows';
import { type AttentionContext, asFloat, cacheNames, type Heads } from './attention-context';
import { selectedValues } from './selected-values';

/** Probabilities [n_k, G * S, T + W + S] times V -> [n_v, Gv * S, d_v], with G = n_q / n_k and Gv = n_q / n_v. */
export function valuesOf(context: AttentionContext, heads: Heads, probabilities: string): string {
  const { builder, shape, layer, shared, at } = context;
  const { n_k, n_v, d_v } = shape;
  builder.node('Split', [probabilities, shared.single.spans], [at('P_sealed'), at('P_open_by_K')], {
    axis: -1,
  });
  // Rows are ordered by query head, so for V's heads they only need other group borders.
  const open =
    n_k === n_v
      ? at('P_open_by_K')
      : builder.apply('Reshape', [at('P_open_by_K'), shared.single.openProbabilities], at('P_open'));
  const openV = builder.input(cacheNames.openV(layer), 'float32', [n_v, 'W', d_v]);
  builder.apply('Concat', [openV, heads.v], at('V_open'), { axis: 1 });
  builder.apply('MatMul', [open, at('V_open')], at('O_open'));
  const sealed =
    context.topValues === null
      ? sealedValues(context, at('P_sealed'))
      : selectedValues(context, context.topValues, { sealed: at('P_sealed'), open: at('P_open_by_K') });
  return builder.apply('Add', [sealed, at('O_open')], at('O_groups'));
}

/** The share of all sealed rows, [n_v, Gv * S, d_v]. */
function sealedValues(context: AttentionContext, probabilities: string): string {
  const { builder, form, shared, at } = context;
  builder.apply('Reshape', [probabilities, shared.single.tileProbabilities], at('P_heads'), { allowzero: 1 });
  builder.apply('Transpose', [at('P_heads')], at('P_tiles'), { perm: [2, 0, 1, 3] });
  const tiles = form.v === 'int8' ? int8Values(context) : floatValues(context);
  return builder.apply('ReduceSum', [tiles, builder.integers([0])], at('O_sealed'), { keepdims: 0 });
}

/** Each tile's share of the output, [tiles, n_v, Gv * S, d_v]. */
function floatValues({ builder, shape, form, layer, at }: AttentionContext): string {
  const type = form.v === 'fp16' ? 'float16' : 'float32';
  const stored = builder.input(cacheNames.sealedV(layer), type, ['tiles', shape.n_v, TILE, shape.d_v]);
  return builder.apply('MatMul', [at('P_tiles'), asFloat(builder, stored, type)], at('O_tiles'));
}

/**
 * The same with V in int8: a row's scale goes into its probabilities, which are then rounded to 8 bits of the largest
 * one in the tile. Over a whole row 8 bits would lose the many small ones; within a tile they hold (measured: perplexity
 * +0.08 % against 15 bits, +1.2 % when scaled over the row).
 */
function int8Values({ builder, shape, layer, at }: AttentionContext): string {
  const stored = builder.input(cacheNames.sealedV(layer), 'int8', ['tiles', shape.n_v, TILE, shape.d_v]);
  const scales = builder.input(cacheNames.sealedVScale(layer), 'float32', ['tiles', shape.n_v, 1, TILE]);
  builder.apply('Mul', [at('P_tiles'), scales], at('P_scaled'));
  builder.apply('ReduceMax', [at('P_scaled'), builder.integers([3])], at('P_max'));
  // A tile that nobody looks at gives 0 / 0, which becomes some byte, and then that times 0.
  builder.apply('Div', [at('P_scaled'), at('P_max')], at('P_parts'));
  const bytes = [at('P_parts'), builder.scalar(1 / 255), builder.byte('uint8', 0)];
  builder.apply('QuantizeLinear', bytes, at('P_uint8'));
  const product = [at('P_uint8'), stored, builder.scalar(1 / 255), builder.scalar(1)];
  builder.apply('com.microsoft:MatMulIntegerToFloat', product, at('O_parts'));
  return builder.apply('Mul', [at('O_parts'), at('P_max')], at('O_tiles'));
}
