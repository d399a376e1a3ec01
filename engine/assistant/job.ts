import type { AssistantEvent, ModelInput } from '../contract/assistant';
import { AppError } from '../contract/errors';
import type { Sampling } from '../contract/runtime';
import type { Engine, GenerateOutcome } from '../runtime/engine';
import type { ChatMessage } from '../tokenizer/chat-template';
import { renderChat } from '../tokenizer/chat-template';

/** What a job of the assistant is given by its caller. */
export interface JobContext {
  readonly signal: AbortSignal;
  readonly emit: (event: AssistantEvent) => void;
}

export interface Completion extends GenerateOutcome {
  /** Exactly what the model was given. */
  readonly prompt: ModelInput['prompts'][number];
}

/** A prompt as people can read it. */
export function shownPrompt(engine: Engine, prompt: readonly number[]): ModelInput['prompts'][number] {
  return { parts: engine.tokenizer.shown(prompt), tokens: prompt.length };
}

export interface CompleteOptions {
  readonly maxTokens: number;
  readonly sampling?: Partial<Sampling>;
  readonly stopStrings?: string[];
  /** False: the text is not streamed as events. */
  readonly stream?: boolean;
  /** So many first messages are the app's own text: the engine may keep them on disk, read. */
  readonly ownMessages?: number;
}

/** Tokens that one message list takes. */
export function promptTokens(engine: Engine, messages: ChatMessage[]): number {
  return renderChat(engine.tokenizer, messages, { addGenerationPrompt: true }).length;
}

/** Asks the model once, streaming what it writes. A cancelled job ends with the text so far. */
export async function complete(
  engine: Engine,
  messages: ChatMessage[],
  context: JobContext,
  options: CompleteOptions,
): Promise<Completion> {
  const prompt = renderChat(engine.tokenizer, messages, { addGenerationPrompt: true });
  if (prompt.length + options.maxTokens > engine.model.contextLength) {
    throw new AppError(
      'too-large',
      `This needs ${prompt.length + options.maxTokens} tokens; the model reads ${engine.model.contextLength}. Nothing was sent. Shorten it, or open long text as a log.`,
    );
  }
  const stream = engine.generate(prompt, {
    maxTokens: options.maxTokens,
    signal: context.signal,
    onPrefill: (done, total) => context.emit({ type: 'prefill', done, total }),
    ...(options.sampling ? { sampling: options.sampling } : {}),
    ...(options.stopStrings ? { stopStrings: options.stopStrings } : {}),
    ownTokens: ownTokens(engine, messages, prompt, options.ownMessages ?? 0),
  });
  for (;;) {
    const next = await stream.next();
    if (next.done) return { ...next.value, prompt: shownPrompt(engine, prompt) };
    if (options.stream !== false) context.emit({ type: 'text', text: next.value });
  }
}

/** Tokens of the first `count` messages, as far as the whole prompt begins with them. */
function ownTokens(
  engine: Engine,
  messages: readonly ChatMessage[],
  prompt: readonly number[],
  count: number,
): number {
  if (count === 0) return 0;
  const own = renderChat(engine.tokenizer, messages.slice(0, count), { addGenerationPrompt: false });
  const differs = own.findIndex((id, at) => id !== prompt[at]);
  return differs < 0 ? own.length : differs;
}
