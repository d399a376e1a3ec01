import type { OnnxBuilder } from './onnx-builder';

/**
 * How a product with a 4-bit matrix is computed.
 * - fp32: MatMulNBits with accuracy_level 0, exact; the slowest for one token.
 * - int8: accuracy_level 4, which rounds each block of 32 activations to int8 by the block's largest magnitude. For few
 *   tokens, where reading the weights is the work.
 * - int8-columns: the matrix's int8 form (prefill-weights.ts) in MatMulIntegerToFloat, for the matrices that have one.
 *   For many tokens, where multiplying is the work: about three times as fast on processors with int8 dot products.
 */
export type Arithmetic = 'fp32' | 'int8' | 'int8-columns';

/**
 * x [1, S, width] with each block's sum behind it, [1, S, width + width / block]: what a matrix with columns of offset
 * rests is multiplied by (engine/training/quantize.py).
 */
export function withBlockSums(
  builder: OnnxBuilder,
  x: string,
  width: number,
  block: number,
  output: string,
): string {
  const at = (name: string) => `${output}.${name}`;
  builder.apply('Reshape', [x, builder.integers([0, 0, width / block, block])], at('x_blocks'));
  builder.apply('ReduceSum', [at('x_blocks'), builder.integers([3])], at('x_sums'), { keepdims: 0 });
  return builder.apply('Concat', [x, at('x_sums')], at('x_operand'), { axis: -1 });
}

/** Activations as unsigned bytes [1, S, width] with zero point 128, and what a step of each row counts, float [1, S, 1]. */
export interface Int8Operand {
  readonly bytes: string;
  readonly steps: string;
}

/**
 * x [1, S, width] rounded to int8 by each row's largest magnitude, after its channels were brought to like sizes by
 * `inputScale` float [width], the inverse of which the weights hold (SmoothQuant, arXiv 2211.10438). Without that a few
 * very large channels cost the others their precision: perplexity +2.4 % instead of +0.3 % in the shipped model.
 */
export function int8Rows(builder: OnnxBuilder, x: string, inputScale: string): Int8Operand {
  const at = (name: string) => `${x}.int8.${name}`;
  builder.apply('Mul', [x, inputScale], at('scaled'));
  builder.apply(
    'ReduceMax',
    [builder.apply('Abs', [at('scaled')], at('abs')), builder.integers([2])],
    at('max'),
  );
  builder.apply('Mul', [at('max'), builder.scalar(1 / 127)], at('raw_step'));
  // A row of zeros has step 0: the floor keeps 0 / 0 out.
  const steps = builder.apply('Max', [at('raw_step'), builder.scalar(1e-30)], at('step'));
  builder.apply('Div', [at('scaled'), steps], at('steps'));
  const rounding = [at('steps'), builder.scalar(1), builder.byte('uint8', 128)];
  return { bytes: builder.apply('QuantizeLinear', rounding, at('bytes')), steps };
}
