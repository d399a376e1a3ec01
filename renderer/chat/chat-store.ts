import { create } from 'zustand';
import type { Conversation, Message } from '../../app/contract/window-api';
import { call } from '../bridge';
import { notifyError } from '../ui/notices';

/** 'ask' wants an answer in words, 'suggest' a command, 'check' gives one to be rated without the model. */
export type Wish = 'ask' | 'suggest' | 'check';

/** A question that is being answered; the stored messages take its place when it ends. */
export interface Live {
  readonly wish: Wish;
  readonly question: string;
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
  /** Oldest messages that did not fit into the model's context, by the answer that had to do without them. */
  readonly leftOut: Readonly<Record<number, number>>;
  readonly draft: string;
}

/** Conversations in the store count from 1. */
export const NEW = 0;

export const useChat = create<ChatStore>(() => ({
  conversations: [],
  active: NEW,
  messages: {},
  live: {},
  leftOut: {},
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
    const latest = conversations[0];
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

export async function deleteConversation(id: number): Promise<void> {
  useChat.getState().live[id]?.stop();
  try {
    await call('chat.delete', { id });
  } catch (thrown) {
    return notifyError(thrown);
  }
  useChat.setState(({ conversations, active }) => ({
    conversations: conversations.filter((conversation) => conversation.id !== id),
    active: active === id ? NEW : active,
  }));
}

export async function loadMessages(id: number): Promise<void> {
  const messages = await call('chat.messages', { id });
  useChat.setState((state) => ({ messages: { ...state.messages, [id]: messages } }));
}

export function setLive(id: number, live: Live | null): void {
  useChat.setState((state) => {
    const { [id]: _ended, ...rest } = state.live;
    return { live: live ? { ...rest, [id]: live } : rest };
  });
}
