import type { ChatTurn, ModelInput } from '../contract/assistant';
import { AppError } from '../contract/errors';
import { ANSWER_TOKENS } from '../contract/limits';
import type { GenerationStats } from '../contract/runtime';
import type { Engine } from '../runtime/engine';
import { complete, type JobContext, promptTokens } from './job';
import type { MachineFacts } from './machine-facts';
import { chatPrompt, type ShownExample } from './prompts';

/** Sampled a little: greedy answers of small models fall into loops. Seeded, so a question has one answer. */
const SAMPLING = { temperature: 0.2, topP: 0.9, repetitionPenalty: 1.1 };
/** Who asks again wants another answer, which the first temperature seldom gives. */
const AGAIN = { ...SAMPLING, temperature: 0.8 };

export interface ChatAnswer {
  readonly text: string;
  readonly turnsLeftOut: number;
  readonly stats: GenerationStats;
  readonly modelInput: ModelInput;
}

/**
 * Answers the last turn. Oldest turns are left out, and counted, until the rest fits into the context.
 * `attempt` is the number of earlier answers to it: the same attempt at the same question gives the same answer.
 * @throws AppError 'too-large' when the last turn alone does not fit.
 */
export async function chat(
  engine: Engine,
  turns: readonly ChatTurn[],
  facts: MachineFacts,
  hints: readonly ShownExample[],
  context: JobContext,
  attempt = 0,
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
    sampling: { ...(attempt === 0 ? SAMPLING : AGAIN), seed: attempt },
  });
  return {
    text: answer.text.trim(),
    turnsLeftOut,
    stats: answer.stats,
    modelInput: {
      prompts: [answer.prompt],
      leftOut: leftOutWords(turnsLeftOut, engine.model.contextLength),
    },
  };
}

function leftOutWords(turns: number, contextLength: number): string[] {
  if (turns === 0) return [];
  const what = turns === 1 ? 'The oldest message' : `The oldest ${turns} messages`;
  return [
    `${what} of this conversation: the model reads ${contextLength} tokens, of which ${ANSWER_TOKENS} are kept for its answer.`,
  ];
}
