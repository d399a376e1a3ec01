import type { Action } from '../actions/action';
import { focusPane } from '../ui/panes';
import { NEW, selectConversation, useChat } from './chat-store';
import { openSearch } from './search-store';
import { canSubmit, submit } from './submit';

const live = () => {
  const { live: all, active } = useChat.getState();
  return all[active];
};

export function newConversation(): void {
  void selectConversation(NEW);
  focusPane('chat');
}

/** What can be done in the chat. */
export const CHAT_ACTIONS: readonly Action[] = [
  {
    id: 'chat.new',
    title: 'New conversation',
    group: 'Chat',
    keys: ['Mod+N', 'Mod+Shift+N'],
    run: newConversation,
  },
  {
    id: 'chat.search',
    title: 'Search chats, commands and findings',
    group: 'Chat',
    scope: 'chat',
    keys: ['Mod+F'],
    run: openSearch,
  },
  {
    id: 'chat.ask',
    title: 'Ask what is written',
    group: 'Chat',
    scope: 'composer',
    keys: ['Enter'],
    run: () => submit('ask'),
  },
  {
    id: 'chat.suggest',
    title: 'Suggest a command for what is written',
    group: 'Chat',
    scope: 'composer',
    keys: ['Mod+Enter'],
    available: () => canSubmit('suggest'),
    run: () => submit('suggest'),
  },
  {
    id: 'chat.check',
    title: 'Check the command that is written',
    group: 'Chat',
    scope: 'composer',
    keys: ['Mod+Shift+Enter'],
    available: () => canSubmit('check'),
    run: () => submit('check'),
  },
  {
    id: 'chat.stop',
    title: 'Stop the answer',
    group: 'Chat',
    scope: 'chat',
    keys: ['Escape'],
    available: () => live() !== undefined,
    run: () => live()?.stop(),
  },
];
