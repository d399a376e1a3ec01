import { AppError } from '../../contract/errors';
import type { Engine } from '../../runtime/engine';
import type { ChatMessage } from '../../tokenizer/chat-template';
import { type Completion, complete, type JobContext } from '../job';

const MAX_ANSWER_TOKENS = 240;
/** An answer in the form begins with a label; so many characters without one are none. */
const BEGINNING = 16;
const LABELLED = /^\s*(?:Answer|What):/;

/**
 * Asks the model for an answer in the form of form.ts. One that does not begin in it is stopped after a few tokens, as a
 * model that was not taught the form goes on in circles. Text streams once it is known to be in the form.
 * @throws AppError 'cancelled' when the caller stopped it
 */
export async function askForm(
  engine: Engine,
  messages: ChatMessage[],
  context: JobContext,
): Promise<{ answer: Completion; isInForm: boolean }> {
  const strayed = new AbortController();
  let text = '';
  let isInForm = false;
  const answer = await complete(
    engine,
    messages,
    {
      signal: AbortSignal.any([context.signal, strayed.signal]),
      emit(event) {
        if (event.type !== 'text' || isInForm) return context.emit(event);
        text += event.text;
        isInForm = LABELLED.test(text);
        if (isInForm) context.emit({ type: 'text', text });
        else if (text.trimStart().length >= BEGINNING) strayed.abort();
      },
    },
    // Everything before the log's own lines is the app's own.
    { ownMessages: 1, maxTokens: MAX_ANSWER_TOKENS, stopStrings: ['\n\n'] },
  );
  if (context.signal.aborted) throw new AppError('cancelled', 'Stopped.');
  return { answer, isInForm };
}
