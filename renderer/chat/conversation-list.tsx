import { Trash2 } from 'lucide-react';
import { IconButton } from '../ui/button';
import { selectConversation, useChat } from './chat-store';
import { deleteConversation } from './conversation-actions';

export function ConversationList({ onSelect }: { readonly onSelect: () => void }) {
  const conversations = useChat((state) => state.conversations).filter(({ deletedAt }) => !deletedAt);
  const active = useChat((state) => state.active);
  return (
    <nav className="conversations" aria-label="Conversations">
      {conversations.length === 0 && (
        <p className="dim">No conversation yet. Your chats are kept on this machine.</p>
      )}
      <ul>
        {conversations.map((conversation) => (
          <li key={conversation.id} data-active={conversation.id === active || undefined}>
            <button
              type="button"
              className="conversation"
              aria-current={conversation.id === active ? 'true' : undefined}
              onClick={() => {
                void selectConversation(conversation.id);
                onSelect();
              }}
            >
              <span className="cut">{conversation.title || 'New conversation'}</span>
              <time className="dim" dateTime={conversation.updatedAt}>
                {day(conversation.updatedAt)}
              </time>
            </button>
            <IconButton
              label="Delete conversation"
              aria-description={conversation.title}
              icon={<Trash2 size={13} aria-hidden="true" />}
              onClick={() => void deleteConversation(conversation)}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

function day(iso: string): string {
  const when = new Date(iso);
  return when.toDateString() === new Date().toDateString() ? time.format(when) : date.format(when);
}
