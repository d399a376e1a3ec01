import type { Conversation } from '../../app/contract/window-api';
import { call } from '../bridge';
import { notify, notifyError } from '../ui/notices';
import { NEW, refreshConversations, selectConversation, useChat } from './chat-store';

/** Deletes a conversation; a notice offers to undo that. */
export async function deleteConversation({ id, title }: Conversation): Promise<void> {
  useChat.getState().live[id]?.stop();
  try {
    await call('chat.delete', { id });
  } catch (thrown) {
    return notifyError(thrown);
  }
  leave(id);
  await refreshConversations();
  notify(`“${title}” was deleted.`, 'info', { label: 'Undo', run: () => void restoreConversation(id) });
}

export async function restoreConversation(id: number): Promise<void> {
  try {
    await call('chat.restore', { id });
  } catch (thrown) {
    return notifyError(thrown);
  }
  await refreshConversations();
  await selectConversation(id);
}

/** What is deleted is shown no longer, and read anew should it come back. */
function leave(id: number): void {
  useChat.setState(({ active, messages: { [id]: _gone, ...messages } }) => ({
    active: active === id ? NEW : active,
    messages,
  }));
}
