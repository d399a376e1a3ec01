import { z } from 'zod';
import { CommandRisk, Placeholder } from './commands';
import { EvidencePack, EvidenceSubject, LogLine } from './logs';
import type { ServiceContract } from './rpc';
import { GenerationStats, ModelInfo } from './runtime';

/** Where a sentence on a card comes from: the model's words, or a named piece of data. */
export const Source = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('model') }),
  z.object({ kind: z.literal('data'), name: z.string() }),
]);
export type Source = z.infer<typeof Source>;

/** A command to put on the prompt. Never run by the app. */
export const CommandSuggestion = z.object({
  command: z.string(),
  commandSource: Source,
  why: z.string(),
  whySource: Source,
});
export type CommandSuggestion = z.infer<typeof CommandSuggestion>;

/**
 * What `suggest` answers; the command line prints this form. `placeholders` and `risk` are those of `command`, found by
 * parsing it; no candidate fails to parse.
 */
export const SuggestResult = z.object({
  id: z.string().optional(),
  request: z.string(),
  command: z.string().nullable(),
  candidates: z.array(CommandSuggestion),
  placeholders: z.array(Placeholder),
  risk: CommandRisk.nullable(),
  ms: z.number(),
});
export type SuggestResult = z.infer<typeof SuggestResult>;

export const Citation = z.object({ file: z.string(), line: z.number().int().min(1), text: z.string() });
export type Citation = z.infer<typeof Citation>;

/** One thing that the log shows. The claim is the model's; the citations are lines that it was given. */
export const Finding = z.object({
  /** The counted pattern that the claim is about; null for an answer to the person's question. */
  subject: EvidenceSubject.nullable(),
  claim: z.string(),
  confidence: z.enum(['low', 'medium', 'high']),
  citations: z.array(Citation),
});
export type Finding = z.infer<typeof Finding>;

export const Diagnosis = z.object({
  healthy: z.boolean(),
  summary: z.string(),
  summarySource: Source,
  findings: z.array(Finding),
  commands: z.array(CommandSuggestion),
  /** Every line that the model was shown. */
  linesSeen: z.array(LogLine),
  /** Patterns among the evidence that the model was not asked about. */
  piecesLeftOut: z.number().int(),
  /** Exactly what the model was given, one text for each time it was asked. */
  prompts: z.array(z.string()),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

export const ChatTurn = z.object({ role: z.enum(['user', 'assistant']), content: z.string() });
export type ChatTurn = z.infer<typeof ChatTurn>;

/** What streams while the model works. */
export const AssistantEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prefill'), done: z.number().int(), total: z.number().int() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  /** A finding opens, its claim streams as `text`, then it closes with its citations. */
  z.object({
    type: z.literal('finding-start'),
    index: z.number().int(),
    of: z.number().int(),
    subject: EvidenceSubject.nullable(),
  }),
  z.object({ type: z.literal('finding-end'), index: z.number().int(), finding: Finding }),
]);
export type AssistantEvent = z.infer<typeof AssistantEvent>;

/** The engine process: the model and the assistant's jobs. One job runs at a time; others wait. */
export const engineService = {
  load: {
    params: z.object({ modelDir: z.string().min(1) }),
    event: z.object({ done: z.number(), total: z.number() }),
    result: ModelInfo,
  },
  chat: {
    params: z.object({ turns: z.array(ChatTurn).min(1) }),
    event: AssistantEvent,
    /** `turnsLeftOut`: oldest turns that did not fit into the context. */
    result: z.object({ text: z.string(), turnsLeftOut: z.number().int(), stats: GenerationStats }),
  },
  suggest: {
    params: z.object({ request: z.string().min(1).max(4000) }),
    event: AssistantEvent,
    result: z.object({ suggestion: SuggestResult, stats: GenerationStats.nullable() }),
  },
  diagnose: {
    params: z.object({
      evidence: EvidencePack,
      question: z.string().max(4000).optional(),
    }),
    event: AssistantEvent,
    result: z.object({ diagnosis: Diagnosis, stats: GenerationStats.nullable() }),
  },
} as const satisfies ServiceContract;
export type EngineService = typeof engineService;
