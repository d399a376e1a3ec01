import type { ModelInput } from '../../contract/assistant';
import type { GenerationStats } from '../../contract/runtime';
import type { Engine, GenerateOutcome } from '../../runtime/engine';
import { type ChatMessage, renderChat } from '../../tokenizer/chat-template';
import { type JobContext, shownPrompt } from '../job';
import { readCommandAnswer } from './read-answer';

/** One command that the model wrote. */
export interface ModelAnswer {
  readonly command: string;
  /** Mean natural logarithm of the probability of its tokens. */
  readonly meanLogProb: number;
}

export interface ModelAnswers {
  /** Answers in which a command could be read; the greedy one first where it is among them. */
  readonly answers: readonly ModelAnswer[];
  /** How many were asked for and came to an end. */
  readonly asked: number;
  readonly stats: GenerationStats;
  readonly prompt: ModelInput['prompts'][number];
}

/** Answers to one prompt: the greedy one and seven drawn ones. */
export const ANSWERS = 8;
/** The longest command of the examples has about 80 tokens; what runs on is no command. */
const MAX_TOKENS = 80;
/** Warm enough that answers differ, cut at a tenth of the likeliest token so that each is still sensible. */
const SAMPLING = { temperature: 0.7, minP: 0.1, seed: 1 };
/** An answer is one line; the model is stopped where it goes on. */
const STOPS = ['\n\n', '\nWhy', '\n```'];
/**
 * Asks for one answer (`count` 1: the greedy one) or several. What is not written within `mostMs` is left out, and so
 * is an answer that was cut off.
 */
export async function askModel(
  engine: Engine,
  messages: ChatMessage[],
  count: number,
  context: JobContext,
  mostMs: number,
): Promise<ModelAnswers> {
  const prompt = renderChat(engine.tokenizer, messages, { addGenerationPrompt: true });
  // Not AbortSignal.any with AbortSignal.timeout: Node 20 collects those as garbage before they fire.
  const stop = new AbortController();
  const abort = () => stop.abort();
  const timer = setTimeout(abort, mostMs);
  context.signal.addEventListener('abort', abort);
  if (context.signal.aborted) abort();
  const outcomes = await engine
    .candidates(prompt, count, {
      maxTokens: MAX_TOKENS,
      sampling: SAMPLING,
      stopStrings: STOPS,
      signal: stop.signal,
      onPrefill: (done, total) => context.emit({ type: 'prefill', done, total }),
    })
    .finally(() => {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', abort);
    });
  const ended = outcomes.filter(({ stats }) => stats.stop !== 'cancelled');
  return {
    answers: ended.flatMap((outcome) => readOutcome(outcome) ?? []),
    asked: ended.length,
    stats: joinStats(outcomes),
    prompt: shownPrompt(engine, prompt),
  };
}

function readOutcome({ text, logProbs, stats }: GenerateOutcome): ModelAnswer | null {
  const command = readCommandAnswer(text, stats.stop === 'end' || stats.stop === 'stop-string');
  if (command === null || logProbs.length === 0) return null;
  return { command, meanLogProb: logProbs.reduce((sum, value) => sum + value, 0) / logProbs.length };
}

/** Answers are written side by side: their tokens add up, their times are one and the same. */
function joinStats(outcomes: readonly GenerateOutcome[]): GenerationStats {
  const all = outcomes.map(({ stats }) => stats);
  return {
    ...(all[0] as GenerationStats),
    generatedTokens: all.reduce((total, { generatedTokens }) => total + generatedTokens, 0),
  };
}
