import type { ChatTurn, ContextItem, EngineService, SuggestResult } from '../../../engine/contract/assistant';
import type { ResultOf } from '../../../engine/contract/rpc';
import { type Message, TYPED } from '../../contract/window-api';
import type { AnswerUpdate } from '../../stores/messages';

export const WITHOUT_MODEL = 'The model was not loaded, so this comes from examples and documentation alone.';

/** The cards speak for themselves; words are needed when there are none, or when the model took no part. */
export function suggestionAnswer({ candidates }: SuggestResult, byModel: boolean): AnswerUpdate {
  const words = [
    ...(candidates.length > 0 ? [] : ['I found no command for this. Try to say it in other words.']),
    ...(byModel ? [] : [WITHOUT_MODEL]),
  ];
  return { content: words.join(' '), state: 'complete', commands: candidates };
}

/** The card of a command that the person typed. */
export function checkAnswer(
  command: string,
  { check, explanation }: ResultOf<EngineService['check']>,
): AnswerUpdate {
  const typed = { kind: 'data', name: TYPED } as const;
  return {
    content: '',
    state: 'complete',
    commands: [{ command, commandSource: typed, why: '', whySource: typed, check, explanation, values: {} }],
  };
}

/** A question with what the person put beside it. The store keeps the question alone. */
export function withContext(question: string, items: readonly ContextItem[]): string {
  const given = items.map(({ label, text }) => `${label}:\n"""\n${text.replaceAll('"""', "'''")}\n"""`);
  return [...given, question].join('\n\n');
}

/** Earlier messages as the model is given them: questions with their answers, cards as their commands. */
export function toTurns(messages: readonly Message[]): ChatTurn[] {
  const turns: ChatTurn[] = [];
  for (const [index, question] of messages.entries()) {
    const answer = messages[index + 1];
    if (question.role !== 'user' || answer?.role !== 'assistant') continue;
    const commands = answer.commands.filter(({ commandSource }) => !isTyped(commandSource));
    // The words beside a card are ours.
    const words = answer.commands.length > 0 ? '' : answer.content;
    const content = words || commands.map(({ command }) => command).join('\n');
    // A question that got no word in reply would only confuse the model, and so would a check.
    if (content === '') continue;
    turns.push({ role: 'user', content: question.content }, { role: 'assistant', content });
  }
  return turns;
}

function isTyped(source: Message['commands'][number]['commandSource']): boolean {
  return source.kind === 'data' && source.name === TYPED;
}
