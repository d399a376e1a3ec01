import { type DecoderConfig, type DecoderShape, MODEL_FORMAT, parseConfig } from './config';
import { requiredTensors } from './graph/decoder';

export const CONFIG_NAMES = [
  'sigma-1.5b',
  'sigma-10b',
  'std-1.5b',
  'std-10b',
  'diffqkv-135m',
  'gqa-135m',
] as const;
export type ConfigName = (typeof CONFIG_NAMES)[number];

type Variant = Pick<DecoderConfig, 'shape' | 'contextLength' | 'ropeTheta'> & {
  readonly augmentedQ: DecoderConfig['augmentedQ'];
};

const SIGMA_1_5B: DecoderShape = {
  layers: 26,
  hidden: 2048,
  ffn: 6144,
  vocab: 128_256,
  n_q: 32,
  n_k: 4,
  n_v: 16,
  d_k: 64,
  d_v: 64,
};
const SIGMA_10B: DecoderShape = { ...SIGMA_1_5B, layers: 32, hidden: 4096, ffn: 14_336, d_k: 128, d_v: 128 };
/** SmolLM2-135M, the shape of the shipped model. */
const GQA_135M: DecoderShape = {
  layers: 30,
  hidden: 576,
  ffn: 1536,
  vocab: 49_152,
  n_q: 9,
  n_k: 3,
  n_v: 3,
  d_k: 64,
  d_v: 64,
};

/**
 * The Sigma sizes are those of the paper's table 14; K head width 64 of the 1.5B is from its section 3.1, 128 of the
 * 10B is hidden / 32, as in the smaller one. Not in the paper, and chosen here: the context (the longest that its
 * section 3.3 measures), the norm's epsilon (Llama 3's, whose vocabulary Sigma has) and the tied embedding (so the 10B
 * counts 9.99 B parameters, 10.5 B otherwise; the 1.5B counts 2.02 B, or 1.53 B without augmented Q).
 * std-* are the paper's STD, 16 K and 16 V heads without augmented Q (section 3.3); it measures the smaller one only.
 */
const VARIANTS: Record<ConfigName, Variant> = {
  'sigma-1.5b': sigma(SIGMA_1_5B, 50_000, 3072),
  'sigma-10b': sigma(SIGMA_10B, 500_000, 6144),
  'std-1.5b': sigma({ ...SIGMA_1_5B, n_k: 16 }, 50_000, null),
  'std-10b': sigma({ ...SIGMA_10B, n_k: 16 }, 500_000, null),
  'diffqkv-135m': small({ ...GQA_135M, n_k: 1 }, { width: 288, form: 'residual' }),
  'gqa-135m': small(GQA_135M, null),
};

function sigma(shape: DecoderShape, ropeTheta: number, width: number | null): Variant {
  return { shape, ropeTheta, contextLength: 65_536, augmentedQ: width ? { width, form: 'paper' } : null };
}

function small(shape: DecoderShape, augmentedQ: Variant['augmentedQ']): Variant {
  return { shape, ropeTheta: 100_000, contextLength: 8192, augmentedQ };
}

/** A config without weights: random-weights.ts makes some, so that anyone can time the shape. */
export function namedConfig(
  name: ConfigName,
  kind: DecoderConfig['weights']['kind'] = 'int4',
): DecoderConfig {
  const config = parseConfig({
    ...VARIANTS[name],
    format: MODEL_FORMAT,
    architecture: 'sigma-decoder',
    name,
    licence: 'Apache-2.0',
    source: 'random weights',
    parameters: 1,
    endTokens: [],
    normEps: 1e-5,
    weights: kind === 'fp32' ? { kind } : { kind, block: 32, embedBits: 4, offsets: false },
  });
  return { ...config, parameters: parameterCount(config) };
}

/** Numbers that training sets; a tied embedding counts once. */
export function parameterCount(config: DecoderConfig): number {
  const plain = { ...config, ropeFrequencies: 'theta', weights: { kind: 'fp32' } } as const;
  return requiredTensors(plain).reduce((sum, { bytes }) => sum + bytes / Float32Array.BYTES_PER_ELEMENT, 0);
}
