import { writeFile } from 'node:fs/promises';
import type { AssistantEvent, ChatTurn } from '../../../engine/contract/assistant';
import { AppError, toErrorData } from '../../../engine/contract/errors';
import type { GenerationStats } from '../../../engine/contract/runtime';
import type { AnswerStats } from '../../contract/window-api';
import {
  changeConversation,
  createConversation,
  getConversation,
  listConversations,
} from '../../stores/conversations';
import type { WriteDb } from '../../stores/database';
import {
  deleteBranch,
  deleteConversation,
  deleteForGood,
  restoreBranch,
  restoreConversation,
} from '../../stores/deletion';
import {
  type AnswerUpdate,
  conversationOf,
  type Exchange,
  getQuestion,
  listMessages,
  modelInputOf,
  type Question,
  saveAnswer,
  showMessage,
  startAnotherAnswer,
  startExchange,
} from '../../stores/messages';
import type { Engine } from '../engine';
import { AnswerWriter } from './answer-writer';
import { checkAnswer, suggestionAnswer, toTurns, withContext } from './chat-turns';
import { exportedText, exportName } from './export-conversation';
import type { Service } from './service';

/** What a job of the engine made of a question. */
interface Answered extends Omit<AnswerUpdate, 'stats'> {
  readonly stats?: Omit<AnswerStats, 'firstTokenMs'> | null;
}
type Emit = (event: AssistantEvent) => void;
interface Context {
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/**
 * Conversations. Everything is stored as it happens; a failure is part of the answer, not of the call.
 * `choosePath` asks the person where a file of this name is to go.
 */
export function chatService(
  db: WriteDb,
  engine: Pick<Engine, 'run' | 'do' | 'status'>,
  choosePath: (name: string) => Promise<string | null>,
): Service<'chat'> {
  /** Conversations in which an answer is being written. */
  const writing = new Map<number, AbortController>();
  const messagesOf = (id: number) => ({ messages: listMessages(db, id) });

  const assertQuiet = (conversation: number) => {
    if (writing.has(conversation)) {
      throw new AppError(
        'unavailable',
        'An answer is still being written here. Stop it first, then try again.',
      );
    }
  };

  /** Answers a question that `start` stores, whichever way it wants to be answered. */
  const exchange = async (
    conversation: number,
    context: Context,
    start: () => Exchange & { readonly asked: Question },
  ) => {
    assertQuiet(conversation);
    const started = start();
    const { answerId } = started;
    const abort = new AbortController();
    writing.set(conversation, abort);
    const writer = new AnswerWriter(
      (update) => saveAnswer(db, answerId, update),
      (text) => context.emit({ type: 'text', text }),
    );
    const startedAt = performance.now();
    let firstTokenMs: number | null = null;
    const emit: Emit = (event) => {
      if (event.type === 'text') {
        firstTokenMs ??= performance.now() - startedAt;
        writer.add(event.text);
      } else {
        writer.flush();
        context.emit(event);
      }
    };
    try {
      const signal = AbortSignal.any([context.signal, abort.signal]);
      const { stats, ...update } = await answer(started, emit, signal).catch((thrown) =>
        unfinished(thrown, writer.text, signal.aborted),
      );
      writer.finish({ ...update, stats: stats ? { ...stats, firstTokenMs } : null });
      return messagesOf(conversation);
    } finally {
      writing.delete(conversation);
    }
  };

  const answer = async (
    { asked, earlier, attempt }: Exchange & { readonly asked: Question },
    onEvent: Emit,
    signal: AbortSignal,
  ): Promise<Answered> => {
    const { text, context, cwd } = asked;
    const options = { signal, onEvent };
    switch (asked.wish) {
      case 'ask': {
        const turns: ChatTurn[] = [
          ...toTurns(earlier),
          { role: 'user', content: withContext(text, context) },
        ];
        const result = await engine.run('chat', { turns, attempt }, options);
        return {
          content: result.text,
          state: result.stats.stop === 'cancelled' ? 'partial' : 'complete',
          stats: answerStats(result.stats, result.turnsLeftOut),
          modelInput: result.modelInput,
        };
      }
      case 'suggest': {
        const hadModel = engine.status.state === 'ready';
        const request = { request: text, context: [...context], cwd };
        const { suggestion, stats, modelInput } = await engine.run('suggest', request, options);
        return {
          ...suggestionAnswer(suggestion, hadModel || stats !== null),
          stats: stats && answerStats(stats, 0),
          modelInput,
        };
      }
      case 'check':
        return checkAnswer(text, await engine.do('check', { command: text, cwd }, { signal }));
    }
  };

  const answerStats = (stats: GenerationStats, turnsLeftOut: number) => {
    const { status } = engine;
    const contextLength = status.state === 'ready' ? status.model.contextLength : 0;
    return { ...stats, contextLength, turnsLeftOut };
  };

  const ask = (id: number, asked: Question, context: Context) =>
    exchange(id, context, () => ({ ...startExchange(db, id, asked), asked }));

  return {
    'chat.list': () => listConversations(db),
    'chat.create': () => createConversation(db),
    'chat.change': ({ id, ...changes }) => changeConversation(db, id, changes),
    'chat.delete': ({ id }) => {
      deleteConversation(db, id);
      writing.get(id)?.abort();
      return null;
    },
    'chat.restore': ({ id }) => {
      restoreConversation(db, id);
      return null;
    },
    'chat.deleteForGood': ({ id }) => {
      writing.get(id)?.abort();
      deleteForGood(db, id);
      return null;
    },
    'chat.export': async ({ id, format }) => {
      const { text, masked } = exportedText(getConversation(db, id), listMessages(db, id), format);
      const path = await choosePath(exportName(getConversation(db, id).title, format));
      if (path === null) return null;
      await writeFile(path, text, { mode: 0o600 });
      return { path, masked };
    },
    'chat.messages': ({ id }) => messagesOf(id),
    'chat.show': ({ message }) => {
      assertQuiet(conversationOf(db, message));
      const { conversationId } = showMessage(db, message);
      return { conversation: conversationId, ...messagesOf(conversationId) };
    },
    'chat.deleteBranch': ({ message }) => {
      const conversation = conversationOf(db, message);
      assertQuiet(conversation);
      const deletion = deleteBranch(db, message);
      return { deletion, ...messagesOf(conversation) };
    },
    'chat.restoreBranch': ({ id, deletion }) => {
      assertQuiet(id);
      restoreBranch(db, id, deletion);
      return messagesOf(id);
    },
    'chat.modelInput': ({ message }) => modelInputOf(db, message),
    'chat.send': ({ id, text, context: items }, context) =>
      ask(id, { text, wish: 'ask', context: items, cwd: null }, context),
    'chat.suggest': ({ id, text, context: items, cwd }, context) =>
      ask(id, { text, wish: 'suggest', context: items, cwd }, context),
    'chat.check': ({ id, text, cwd }, { signal }) =>
      ask(id, { text, wish: 'check', context: [], cwd }, { emit: () => {}, signal }),
    'chat.edit': ({ id, question, text }, context) =>
      exchange(id, context, () => {
        const asked = { ...getQuestion(db, id, question), text };
        return { ...startExchange(db, id, asked, { editOf: question }), asked };
      }),
    'chat.regenerate': ({ id, question }, context) =>
      exchange(id, context, () => startAnotherAnswer(db, id, question)),
  };
}

/** Stopped by the person: what came is kept as it is. Anything else failed, and says why. */
export function unfinished(thrown: unknown, text: string, stopped: boolean): Answered {
  const error = toErrorData(thrown);
  // At quit the model process may end before it has said that it stopped.
  if (stopped || error.kind === 'cancelled') return { content: text, state: 'partial' };
  return { content: text, state: 'failed', error: error.message };
}
