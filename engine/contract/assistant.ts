import { z } from 'zod';
import { CommandCheck, CommandRisk, ExplainedPart, Placeholder } from './commands';
import { Diagnosis } from './diagnosis';
import { EvidencePack } from './evidence';
import {
  ATTACHMENT_LABEL_LENGTH,
  ATTACHMENT_LENGTH,
  ATTACHMENTS,
  CHAT_TURNS,
  COMMAND_LENGTH,
  REQUEST_LENGTH,
  TURN_LENGTH,
} from './limits';
import type { ServiceContract } from './rpc';
import { GenerationStats, ModelInfo } from './runtime';
import { CommandSuggestion } from './suggestion';

export { Cause, Citation, Diagnosis, Finding, Sentence } from './diagnosis';
export { CommandSuggestion, Source } from './suggestion';

/**
 * Something that a request may use. The person sees each as a chip and can take it away. Its text is data: it never
 * instructs, and words of it in a command are quoted arguments.
 */
export const ContextItem = z.object({
  kind: z.enum(['system', 'folder', 'last-command', 'selection', 'log']),
  /** On the chip, e.g. 'Debian 12, bash'. */
  label: z.string().max(ATTACHMENT_LABEL_LENGTH),
  text: z.string().max(ATTACHMENT_LENGTH),
});
export type ContextItem = z.infer<typeof ContextItem>;

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

export const ChatTurn = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.string().max(TURN_LENGTH),
});
export type ChatTurn = z.infer<typeof ChatTurn>;

/** Exactly what the model was given for an answer, and what of it had no room. */
export const ModelInput = z.object({
  /** In the order in which the model was asked. A special token is a part of its own; all else was read as plain text. */
  prompts: z.array(
    z.object({
      parts: z.array(z.object({ text: z.string(), special: z.boolean() })),
      tokens: z.number().int(),
    }),
  ),
  /** One sentence each: what was left out, and why. */
  leftOut: z.array(z.string()),
});
export type ModelInput = z.infer<typeof ModelInput>;

/** What streams while the model works. */
export const AssistantEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prefill'), done: z.number().int(), total: z.number().int() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  /** What data alone say of a log, before the model's words; the result takes its place. */
  z.object({ type: z.literal('diagnosis'), diagnosis: Diagnosis }),
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
    /** `attempt`: how many answers to this question there are; each later one is drawn anew, more freely. */
    params: z.object({
      turns: z.array(ChatTurn).min(1).max(CHAT_TURNS),
      attempt: z.number().int().min(0).default(0),
    }),
    event: AssistantEvent,
    /** `turnsLeftOut`: oldest turns that did not fit into the context. */
    result: z.object({
      text: z.string(),
      turnsLeftOut: z.number().int(),
      stats: GenerationStats,
      modelInput: ModelInput,
    }),
  },
  suggest: {
    /** `cwd`: the folder that relative paths are checked in; null where it is not known. */
    params: z.object({
      request: z.string().min(1).max(REQUEST_LENGTH),
      context: z.array(ContextItem).max(ATTACHMENTS).default([]),
      cwd: z.string().nullable().default(null),
    }),
    event: AssistantEvent,
    /** Without a model (none loaded, or AI is off) examples alone answer, and `stats` and `modelInput` are null. */
    result: z.object({
      suggestion: SuggestResult,
      stats: GenerationStats.nullable(),
      modelInput: ModelInput.nullable(),
    }),
  },
  /** Checks a command that the person typed or pasted. Needs no model. */
  check: {
    params: z.object({
      command: z.string().min(1).max(COMMAND_LENGTH),
      cwd: z.string().nullable().default(null),
    }),
    result: z.object({ check: CommandCheck, explanation: z.array(ExplainedPart) }),
  },
  /** How many tokens of the model each text has; null while there is none. */
  countTokens: {
    params: z.object({ texts: z.array(z.string().max(ATTACHMENT_LENGTH)).max(ATTACHMENTS) }),
    result: z.object({ tokens: z.array(z.number().int()).nullable() }),
  },
  /** Gathers what is known of this machine's programs, once; later calls answer at once while nothing changed. */
  gatherKnowledge: {
    /** `machineNames`: names of units, kube contexts and compose services are read too, as values to offer. */
    params: z.object({ machineNames: z.boolean().default(false) }),
    event: z.object({ done: z.number(), total: z.number(), what: z.string() }),
    /** `missing`: what this machine lacks, one sentence each, e.g. that it has no manual pages. */
    result: z.object({ documents: z.number().int(), missing: z.array(z.string()) }),
  },
  diagnose: {
    params: z.object({
      evidence: EvidencePack,
      question: z.string().max(REQUEST_LENGTH).optional(),
    }),
    event: AssistantEvent,
    result: z.object({ diagnosis: Diagnosis, stats: GenerationStats.nullable() }),
  },
} as const satisfies ServiceContract;
export type EngineService = typeof engineService;
