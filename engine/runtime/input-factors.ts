import { AppError } from '../contract/errors';

/** Smaller magnitudes count as this, so that an input that a text left at zero has no endless scale. */
export const SMALLEST_INPUT = 1e-5;

/**
 * From the largest magnitudes of a matrix's inputs to what its weights of input k are multiplied by: `factors[k]` =
 * sqrt(inputMax[k]), brought to a mean of 1; `inputScale[k]` is the inverse, for the input itself. All arrays [K].
 *
 * This is SmoothQuant (arXiv 2211.10438) with alpha 0.5, without its part of the weights' sizes, so that matrices of the
 * same input share the scaled input. Mean 1 keeps weights and inputs near the sizes they had.
 */
export function fillInputFactors(
  inputMax: Float32Array,
  factors: Float32Array,
  inputScale: Float32Array,
): void {
  let sum = 0;
  for (const magnitude of inputMax) sum += Math.sqrt(Math.max(magnitude, SMALLEST_INPUT));
  if (!Number.isFinite(sum))
    throw new AppError('model', "The model's calibration has values that are not finite.");
  const mean = sum / inputMax.length;
  for (let k = 0; k < inputMax.length; k++) {
    const factor = Math.sqrt(Math.max(inputMax[k] as number, SMALLEST_INPUT)) / mean;
    factors[k] = factor;
    inputScale[k] = 1 / factor;
  }
}
