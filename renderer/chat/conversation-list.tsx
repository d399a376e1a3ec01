import { RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../ui/button';
import { Disclosure } from '../ui/disclosure';
import { plural } from '../ui/format';
import { useChat } from './chat-store';
import { deleteForGood, restoreConversation } from './conversation-actions';
import { groupConversations } from './conversation-groups';
import { ConversationRow } from './conversation-row';
import { FolderDialog } from './folder-dialog';

export function ConversationList({ onSelect }: { readonly onSelect: () => void }) {
  const conversations = useChat((state) => state.conversations);
  const [filing, setFiling] = useState<number | null>(null);
  const groups = groupConversations(conversations);
  const deleted = conversations.filter(({ deletedAt }) => deletedAt !== null);
  const filed = conversations.find(({ id }) => id === filing);
  return (
    <nav className="conversations" aria-label="Conversations">
      {groups.length === 0 && (
        <p className="dim">No conversation yet. Your chats are kept on this machine.</p>
      )}
      {groups.map(({ title, conversations: rows }) => (
        <section key={title ?? ''} aria-label={title ?? 'Other conversations'}>
          {title !== null && <h3 className="conversation-group">{title}</h3>}
          <ul>
            {rows.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                onSelect={onSelect}
                onFile={() => setFiling(conversation.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      {deleted.length > 0 && (
        <Disclosure title={`Recently deleted (${deleted.length})`}>
          <p className="dim">{plural(30, 'day')} after it was deleted, a conversation goes for good.</p>
          <ul>
            {deleted.map((conversation) => (
              <li key={conversation.id} className="conversation-deleted">
                <span className="cut grow">{conversation.title}</span>
                <IconButton
                  label="Restore conversation"
                  aria-description={conversation.title}
                  icon={<RotateCcw size={13} aria-hidden="true" />}
                  onClick={() => void restoreConversation(conversation.id)}
                />
                <IconButton
                  label="Delete for good"
                  aria-description={conversation.title}
                  icon={<Trash2 size={13} aria-hidden="true" />}
                  onClick={() => void deleteForGood(conversation)}
                />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {filed && <FolderDialog conversation={filed} onClose={() => setFiling(null)} />}
    </nav>
  );
}
