import { z } from 'zod';
import { AppError } from '../contract/errors';
import { CHAT_TEMPLATES } from '../tokenizer/chat-templates';

export const MODEL_FORMAT = 'sigma-ops-model-1';

const positive = z.number().int().positive();

/** Attention and layer sizes with the paper's symbols (arXiv 2501.13629, section 2). */
export const DecoderShape = z
  .object({
    layers: positive,
    hidden: positive,
    ffn: positive,
    vocab: positive,
    /** Query heads. */
    n_q: positive,
    /** Key heads; query head i reads key head i / (n_q / n_k). */
    n_k: positive,
    /** Value heads; query head i reads value head i / (n_q / n_v). */
    n_v: positive,
    /** Width of a query or key head. */
    d_k: positive,
    /** Width of a value head. */
    d_v: positive,
  })
  .refine((s) => s.n_q % s.n_k === 0, { path: ['n_k'], message: 'n_q must be a multiple of n_k' })
  .refine((s) => s.n_q % s.n_v === 0, { path: ['n_v'], message: 'n_q must be a multiple of n_v' })
  .refine((s) => s.d_k % 2 === 0, {
    path: ['d_k'],
    message: 'd_k must be even: RoPE turns pairs of dimensions',
  });
export type DecoderShape = z.infer<typeof DecoderShape>;

/** A SwiGLU of `width` more parameters for the query; engine/training/model.py says where each form comes from. */
export const AugmentedQ = z.object({
  width: positive,
  /** paper: Q = SwiGLU(W_q x). residual: Q = W_q x + SwiGLU(x). */
  form: z.enum(['paper', 'residual']),
});
export type AugmentedQ = z.infer<typeof AugmentedQ>;

const Fields = z.object({
  format: z.literal(MODEL_FORMAT),
  architecture: z.literal('sigma-decoder'),
  name: z.string(),
  licence: z.string(),
  source: z.string(),
  parameters: positive,
  /** Special tokens that end a generation. */
  endTokens: z.array(z.string()),
  shape: DecoderShape,
  augmentedQ: AugmentedQ.nullable().default(null),
  /** The output head is the embedding matrix; otherwise a matrix of its own. */
  tiedEmbedding: z.boolean().default(true),
  /** The Q, K and V products have a bias (Qwen2). */
  qkvBias: z.boolean().default(false),
  /** RMSNorm over each head of Q and of K, before RoPE (Qwen3). */
  qkNorm: z.boolean().default(false),
  /** theta: ropeTheta^(-2i / d_k). tensor: the weights bring them, such as Llama 3's scaled ones. */
  ropeFrequencies: z.enum(['theta', 'tensor']).default('theta'),
  /** How messages are laid out as tokens. */
  chatTemplate: z.enum(CHAT_TEMPLATES).default('chatml'),
  contextLength: positive,
  ropeTheta: z.number().positive(),
  normEps: z.number().positive(),
  weights: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fp32') }),
    /** 4-bit matrices and a 4-bit or 8-bit embedding in blocks of 32 along the input width; see engine/training/quantize.py. */
    z.object({
      kind: z.literal('int4'),
      block: z.literal(32),
      embedBits: z.union([z.literal(4), z.literal(8)]),
      /** Zero points, and a further column a block for the rest of its float offset; without: symmetric blocks. */
      offsets: z.boolean().default(true),
    }),
  ]),
});

/** config.json of a model folder. */
export const DecoderConfig = Fields.superRefine(({ shape, augmentedQ, weights }, context) => {
  if (weights.kind !== 'int4') return;
  // The input width of each matrix, with the field that decides it.
  const widths: [number, (string | number)[]][] = [
    [shape.hidden, ['shape', 'hidden']],
    [shape.ffn, ['shape', 'ffn']],
    [shape.n_q * shape.d_v, ['shape', 'd_v']],
  ];
  if (augmentedQ) widths.push([augmentedQ.width, ['augmentedQ', 'width']]);
  if (augmentedQ?.form === 'paper') widths.push([shape.n_q * shape.d_k, ['shape', 'd_k']]);
  for (const [width, path] of widths) {
    if (width % weights.block !== 0) {
      const message = `an input width of ${width} is not made of whole blocks of ${weights.block} weights`;
      context.addIssue({ code: 'custom', path, message });
    }
  }
});
export type DecoderConfig = z.infer<typeof DecoderConfig>;

/** Throws AppError('model') that names the architecture or the first field that does not fit. */
export function parseConfig(document: unknown): DecoderConfig {
  const head = z.object({ format: z.unknown(), architecture: z.unknown() }).safeParse(document);
  if (head.success && head.data.format === MODEL_FORMAT && head.data.architecture !== 'sigma-decoder') {
    throw new AppError(
      'model',
      `The model's architecture '${String(head.data.architecture)}' is not supported.`,
    );
  }
  const result = DecoderConfig.safeParse(document);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue && issue.path.length > 0 ? ` at '${issue.path.join('.')}'` : '';
  throw new AppError(
    'model',
    `The model's config.json is not valid${where}: ${issue?.message ?? 'unknown reason'}.`,
  );
}
