import type { AssistantEvent, ChatTurn } from '../../../engine/contract/assistant';
import { AppError, toErrorData } from '../../../engine/contract/errors';
import type { Message } from '../../contract/window-api';
import {
  type AnswerUpdate,
  createConversation,
  deleteConversation,
  getMessage,
  listConversations,
  listMessages,
  saveAnswer,
  startExchange,
} from '../../stores/conversations';
import type { WriteDb } from '../../stores/database';
import type { Engine } from '../engine';
import { AnswerWriter } from './answer-writer';
import { checkAnswer, suggestionAnswer, toTurns, withContext } from './chat-turns';
import type { Service } from './service';

/** What a job of the engine made of a question. */
interface Answered extends AnswerUpdate {
  readonly turnsLeftOut: number;
}
type Emit = (event: AssistantEvent) => void;

/** Conversations. Everything is stored as it happens; a failure is part of the answer, not of the call. */
export function chatService(db: WriteDb, engine: Pick<Engine, 'run' | 'do' | 'status'>): Service<'chat'> {
  /** Conversations in which an answer is being written. */
  const writing = new Map<number, AbortController>();

  const exchange = async (
    conversation: number,
    text: string,
    context: { readonly emit: Emit; readonly signal: AbortSignal },
    ask: (earlier: Message[], emit: Emit, signal: AbortSignal) => Promise<Answered>,
  ) => {
    if (writing.has(conversation)) {
      throw new AppError(
        'unavailable',
        'An answer is still being written here. Stop it first, then ask again.',
      );
    }
    const earlier = listMessages(db, conversation);
    const { question, answer } = startExchange(db, conversation, text);
    const abort = new AbortController();
    writing.set(conversation, abort);
    const writer = new AnswerWriter((update) => saveAnswer(db, answer.id, update));
    const emit: Emit = (event) => {
      if (event.type === 'text') writer.add(event.text);
      context.emit(event);
    };
    try {
      const signal = AbortSignal.any([context.signal, abort.signal]);
      const { turnsLeftOut, ...update } = await ask(earlier, emit, signal).catch((thrown) =>
        unfinished(thrown, writer.text, signal.aborted),
      );
      writer.finish(update);
      return { question, answer: getMessage(db, answer.id), turnsLeftOut };
    } finally {
      writing.delete(conversation);
    }
  };

  return {
    'chat.list': () => listConversations(db),
    'chat.create': () => createConversation(db),
    'chat.delete': ({ id }) => {
      deleteConversation(db, id);
      writing.get(id)?.abort();
      return null;
    },
    'chat.messages': ({ id }) => listMessages(db, id),
    'chat.send': ({ id, text, context: items }, context) =>
      exchange(id, text, context, async (earlier, onEvent, signal) => {
        const turns: ChatTurn[] = [...toTurns(earlier), { role: 'user', content: withContext(text, items) }];
        const result = await engine.run('chat', { turns }, { signal, onEvent });
        const state = result.stats.stop === 'cancelled' ? 'partial' : 'complete';
        return { content: result.text, state, turnsLeftOut: result.turnsLeftOut };
      }),
    'chat.suggest': async ({ id, text, context: items, cwd }, context) => {
      const { question, answer } = await exchange(id, text, context, async (_earlier, onEvent, signal) => {
        const request = { request: text, context: items, cwd };
        const hadModel = engine.status.state === 'ready';
        const { suggestion, stats } = await engine.run('suggest', request, { signal, onEvent });
        return { ...suggestionAnswer(suggestion, hadModel || stats !== null), turnsLeftOut: 0 };
      });
      return { question, answer };
    },
    'chat.check': async ({ id, text, cwd }, { signal: outer }) => {
      const quiet = { emit: () => {}, signal: outer };
      const { question, answer } = await exchange(id, text, quiet, async (_earlier, _emit, signal) => {
        const checked = await engine.do('check', { command: text, cwd }, { signal });
        return { ...checkAnswer(text, checked), turnsLeftOut: 0 };
      });
      return { question, answer };
    },
  };
}

/** Stopped by the person: what came is kept as it is. Anything else failed, and says why. */
export function unfinished(thrown: unknown, text: string, stopped: boolean): Answered {
  const error = toErrorData(thrown);
  // At quit the model process may end before it has said that it stopped.
  if (stopped || error.kind === 'cancelled') return { content: text, state: 'partial', turnsLeftOut: 0 };
  return { content: text, state: 'failed', error: error.message, turnsLeftOut: 0 };
}
