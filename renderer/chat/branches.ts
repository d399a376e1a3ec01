import type { Message } from '../../app/contract/window-api';
import { call } from '../bridge';
import { notify, notifyError } from '../ui/notices';
import { loadMessages, putMessages, selectConversation, useChat } from './chat-store';

/** Shows the branch on which a message is, in its conversation. */
export async function showMessage(message: number): Promise<void> {
  try {
    const { conversation, messages } = await call('chat.show', { message });
    putMessages(conversation, messages);
    if (useChat.getState().active !== conversation) await selectConversation(conversation);
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Deletes a message and all that follows it; a notice offers to undo that. */
export async function deleteMessage({ id: message, role, versions }: Message): Promise<void> {
  const id = useChat.getState().active;
  try {
    const { messages, deletion } = await call('chat.deleteBranch', { message });
    putMessages(id, messages);
    const what =
      role === 'assistant' && versions.length > 1
        ? 'The answer and what followed it'
        : 'The question, its answers and what followed them';
    notify(`${what} were deleted.`, 'info', { label: 'Undo', run: () => void restore(id, deletion) });
  } catch (thrown) {
    notifyError(thrown);
  }
}

/** Brings back what was deleted by one action in a conversation; null for the latest. */
export async function restore(id: number, deletion: number | null): Promise<void> {
  const before = useChat
    .getState()
    .messages[id]?.map((message) => message.id)
    .join();
  try {
    putMessages(id, (await call('chat.restoreBranch', { id, deletion })).messages);
  } catch (thrown) {
    notifyError(thrown);
    await loadMessages(id).catch(notifyError);
    return;
  }
  const after = useChat
    .getState()
    .messages[id]?.map((message) => message.id)
    .join();
  if (deletion === null && before === after) notify('No message was deleted in what is shown here.');
}
