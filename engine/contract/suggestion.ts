import { z } from 'zod';
import { CommandCheck, ExplainedPart } from './commands';

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
  /** Found by parsing and by knowledge of programs, never by the model; null in answers that were stored before. */
  check: CommandCheck.nullable().default(null),
  /** Each part with its documented meaning; empty where nothing is documented. */
  explanation: z.array(ExplainedPart).default([]),
  /** Known values for placeholders, by the placeholder's name: pod names, units, files. */
  values: z.record(z.string(), z.array(z.string())).default({}),
});
export type CommandSuggestion = z.infer<typeof CommandSuggestion>;
