import { z } from 'zod';
import { CommandSuggestion, ContextItem } from '../../engine/contract/assistant';
import { AnswerStats, Message, ModelInput, Wish } from '../contract/window-api';

/** What the window is told of a message; what the model was given is asked for by itself, as it is long. */
export const MESSAGE_COLUMNS =
  'id, role, content, state, error, commands, created_at, wish, context, stats, model_input IS NOT NULL AS has_input';

const MessageRow = z.object({
  id: z.number(),
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  state: z.enum(['streaming', 'complete', 'partial', 'failed']),
  error: z.string().nullable(),
  commands: z.string(),
  created_at: z.string(),
  wish: Wish,
  context: z.string(),
  stats: z.string().nullable(),
  has_input: z.number(),
});

/** Parts of a form that this version does not know are left out; their message still shows. */
export function toMessage(row: unknown, versions: readonly number[]): Message {
  const { commands, context, stats, created_at, state, has_input, ...rest } = MessageRow.parse(row);
  const items = parsed(z.array(ContextItem), context) ?? [];
  return Message.parse({
    ...rest,
    state: state === 'streaming' ? 'partial' : state,
    commands: parsed(z.array(CommandSuggestion), commands) ?? [],
    context: items.map(({ kind, label }) => ({ kind, label })),
    stats: parsed(AnswerStats, stats),
    hasModelInput: has_input === 1,
    versions,
    createdAt: created_at,
  });
}

export function toModelInput(json: string | null): ModelInput | null {
  return parsed(ModelInput, json);
}

function parsed<S extends z.ZodType>(schema: S, json: string | null): z.infer<S> | null {
  if (json === null) return null;
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    return null;
  }
}
