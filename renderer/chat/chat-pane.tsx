import { PanelLeft, Search, SquarePen } from 'lucide-react';
import { useState } from 'react';
import { useKeyHint } from '../actions/use-keys';
import { IconButton } from '../ui/button';
import { focusPane } from '../ui/panes';
import { readStored, writeStored } from '../ui/stored';
import { newConversation } from './chat-actions';
import { useChat } from './chat-store';
import { Composer } from './composer';
import { ConversationList } from './conversation-list';
import { MessageList } from './message-list';
import { ModelInputLayer } from './model-input-dialog';
import { SearchLayer } from './search-dialog';
import { openSearch } from './search-store';

export function ChatPane() {
  const [listOpen, setListOpen] = useState(() => readStored('conversations') === 'open');
  const title = useChat(
    ({ conversations, active }) => conversations.find(({ id }) => id === active)?.title ?? 'New conversation',
  );
  const showList = (open: boolean) => {
    setListOpen(open);
    writeStored('conversations', open ? 'open' : 'closed');
  };
  return (
    <section className="pane chat-pane" aria-label="Chat" data-pane="chat">
      <header className="pane-header">
        <IconButton
          label="Conversations"
          icon={<PanelLeft size={15} aria-hidden="true" />}
          aria-expanded={listOpen}
          onClick={() => showList(!listOpen)}
        />
        <h2 className="cut grow chat-title">{title}</h2>
        <IconButton
          label="Search chats, commands and findings"
          keys={useKeyHint('chat.search')}
          icon={<Search size={15} aria-hidden="true" />}
          onClick={openSearch}
        />
        <IconButton
          label="New conversation"
          icon={<SquarePen size={15} aria-hidden="true" />}
          keys={useKeyHint('chat.new')}
          onClick={newConversation}
        />
      </header>
      <div className="chat-body" data-list-open={listOpen || undefined}>
        {listOpen && <ConversationList onSelect={() => focusPane('chat')} />}
        <div className="chat-main">
          <MessageList />
          <Composer />
        </div>
      </div>
      <ModelInputLayer />
      <SearchLayer />
    </section>
  );
}
