import { z } from 'zod';

/** What is loaded and where it runs. Sizes in bytes, times in milliseconds. */
export const ModelInfo = z.object({
  name: z.string(),
  licence: z.string(),
  source: z.string(),
  parameters: z.number().int(),
  contextLength: z.number().int(),
  /** Attention shape with the paper's symbols. */
  shape: z.object({
    layers: z.number().int(),
    hidden: z.number().int(),
    n_q: z.number().int(),
    n_k: z.number().int(),
    n_v: z.number().int(),
    d_k: z.number().int(),
    d_v: z.number().int(),
  }),
  /** K plus V cache, all layers, for one token of context. */
  cacheBytesPerToken: z.number().int(),
  /** Execution provider of onnxruntime that runs the graph, and the device in words. */
  provider: z.string(),
  device: z.string(),
  threads: z.number().int(),
  /** Why prompts are read in the slower form of the weights; null where they are not. */
  slowPrefill: z.string().nullable().default(null),
  loadMs: z.number(),
});
export type ModelInfo = z.infer<typeof ModelInfo>;

/** How the next token is picked. Temperature 0 is greedy: the same prompt gives the same text. */
export const Sampling = z.object({
  temperature: z.number().min(0).max(5).default(0),
  topK: z.number().int().min(0).default(0),
  topP: z.number().gt(0).max(1).default(1),
  /** Least probability, as a share of the most likely token's. */
  minP: z.number().min(0).max(1).default(0),
  repetitionPenalty: z.number().gt(0).max(2).default(1),
  seed: z.number().int().default(0),
});
export type Sampling = z.infer<typeof Sampling>;

export const StopReason = z.enum(['end', 'stop-string', 'length', 'context', 'cancelled']);
export type StopReason = z.infer<typeof StopReason>;

/** Measured by the run itself, never from settings. */
export const GenerationStats = z.object({
  promptTokens: z.number().int(),
  /** Prompt tokens that were already in the KV cache and not computed again. */
  reusedTokens: z.number().int(),
  generatedTokens: z.number().int(),
  prefillMs: z.number(),
  decodeMs: z.number(),
  stop: StopReason,
});
export type GenerationStats = z.infer<typeof GenerationStats>;
