import type { ChatTurn } from '../contract/assistant';
import { AppError } from '../contract/errors';
import { ANSWER_TOKENS } from '../contract/limits';
import type { GenerationStats } from '../contract/runtime';
import type { Engine } from '../runtime/engine';
import { complete, type JobContext, promptTokens } from './job';
import type { MachineFacts } from './machine-facts';
import { chatPrompt, type ShownExample } from './prompts';

/** Sampled a little: greedy answers of small models fall into loops. Seeded, so a question has one answer. */
const SAMPLING = { temperature: 0.2, topP: 0.9, repetitionPenalty: 1.1, seed: 0 };

export interface ChatAnswer {
  readonly text: string;
  readonly turnsLeftOut: number;
  readonly stats: GenerationStats;
}

/**
 * Answers the last turn. Oldest turns are left out, and counted, until the rest fits into the context.
 * @throws AppError 'too-large' when the last turn alone does not fit.
 */
export async function chat(
  engine: Engine,
  turns: readonly ChatTurn[],
  facts: MachineFacts,
  hints: readonly ShownExample[],
  context: JobContext,
): Promise<ChatAnswer> {
  if (turns.at(-1)?.role !== 'user') {
    throw new AppError('invalid-input', 'The last turn of a conversation must be a question.');
  }
  const room = engine.model.contextLength - ANSWER_TOKENS;
  let turnsLeftOut = 0;
  let messages = chatPrompt(turns, facts, hints);
  while (turnsLeftOut < turns.length - 1 && promptTokens(engine, messages) > room) {
    turnsLeftOut++;
    messages = chatPrompt(turns.slice(turnsLeftOut), facts, hints);
  }
  const answer = await complete(engine, messages, context, {
    maxTokens: ANSWER_TOKENS,
    sampling: SAMPLING,
  });
  return { text: answer.text.trim(), turnsLeftOut, stats: answer.stats };
}
