import type { Conversation } from '../../app/contract/window-api';
import { call } from '../bridge';
import { confirm } from '../ui/confirm';
import { plural } from '../ui/format';
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

/** Removes a conversation from the disk, once the person has said so. */
export async function deleteForGood({ id, title }: Conversation): Promise<void> {
  const yes = await confirm({
    title: 'Delete for good?',
    text: `“${title}” is removed from the disk: its messages on every branch, what the model saw, and what the search knows of it. Copies of the database that were made before updates go, too. This cannot be undone.`,
    confirm: 'Delete for good',
    danger: true,
  });
  if (!yes) return;
  useChat.getState().live[id]?.stop();
  try {
    await call('chat.deleteForGood', { id });
  } catch (thrown) {
    return notifyError(thrown);
  }
  leave(id);
  await refreshConversations();
  notify('The conversation was deleted for good.');
}

type Changes = Partial<Pick<Conversation, 'title' | 'pinned' | 'folder'>>;

export async function changeConversation(id: number, changes: Changes): Promise<void> {
  try {
    await call('chat.change', { id, ...changes });
  } catch (thrown) {
    notifyError(thrown);
  }
  await refreshConversations();
}

export async function exportConversation({ id }: Conversation, format: 'markdown' | 'json'): Promise<void> {
  try {
    const done = await call('chat.export', { id, format });
    if (!done) return;
    const masked =
      done.masked > 0
        ? ` ${plural(done.masked, 'secret')} in it ${done.masked === 1 ? 'was' : 'were'} masked.`
        : '';
    notify(`Exported to ${done.path}.${masked} Look it over before you pass it on.`);
  } catch (thrown) {
    notifyError(thrown);
  }
}
