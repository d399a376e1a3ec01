import { create } from 'zustand';
import type { Conversation, Message, Wish } from '../../app/contract/window-api';
import { call } from '../bridge';
import { notifyError } from '../ui/notices';

/** A question that is being answered; the stored messages take its place when it ends. */
export interface Live {
  readonly wish: Wish;
  /** Null where an answer is written again: its question is among the messages. */
  readonly question: string | null;
  /** The last message that stays above it; null where none does. */
  readonly after: number | null;
  readonly text: string;
  readonly reading: { readonly done: number; readonly total: number } | null;
  readonly stop: () => void;
}

interface ChatStore {
  readonly conversations: readonly Conversation[];
  /** `NEW`: a conversation that gets its place in the store with its first question. */
  readonly active: number;
  /** Undefined until they were loaded. */
  readonly messages: Readonly<Record<number, readonly Message[]>>;
  readonly live: Readonly<Record<number, Live>>;
  readonly draft: string;
}

/** Conversations in the store count from 1. */
export const NEW = 0;

export const useChat = create<ChatStore>(() => ({
  conversations: [],
  active: NEW,
  messages: {},
  live: {},
  draft: '',
}));

export function setDraft(draft: string): void {
  useChat.setState({ draft });
}

/** Shows the conversation that was used last. */
export async function loadConversations(): Promise<void> {
  try {
    const conversations = await call('chat.list', {});
    useChat.setState({ conversations });
    const latest = conversations.find(({ deletedAt }) => deletedAt === null);
    if (latest && useChat.getState().active === NEW && !useChat.getState().live[NEW])
      await selectConversation(latest.id);
  } catch (thrown) {
    notifyError(thrown);
  }
}

export async function selectConversation(id: number): Promise<void> {
  useChat.setState({ active: id });
  if (id !== NEW && !useChat.getState().messages[id]) await loadMessages(id).catch(notifyError);
}

/** Takes over what the store says of all conversations. */
export async function refreshConversations(): Promise<void> {
  try {
    useChat.setState({ conversations: await call('chat.list', {}) });
  } catch (thrown) {
    notifyError(thrown);
  }
}

export async function loadMessages(id: number): Promise<void> {
  putMessages(id, (await call('chat.messages', { id })).messages);
}

export function putMessages(id: number, messages: readonly Message[]): void {
  useChat.setState((state) => ({ messages: { ...state.messages, [id]: messages } }));
}

/** Of the branch that is shown, what stays in view while an answer is written. */
export function messagesAbove(messages: readonly Message[], live: Live | undefined): readonly Message[] {
  return live ? messages.slice(0, messages.findIndex(({ id }) => id === live.after) + 1) : messages;
}

export function setLive(id: number, live: Live | null): void {
  useChat.setState((state) => {
    const { [id]: _ended, ...rest } = state.live;
    return { live: live ? { ...rest, [id]: live } : rest };
  });
}
