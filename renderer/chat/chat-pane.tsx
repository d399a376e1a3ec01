import { PanelLeft, Search, SquarePen } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { IconButton } from '../ui/button';
import { focusPane } from '../ui/panes';
import { readStored, writeStored } from '../ui/stored';
import { NEW, selectConversation, useChat } from './chat-store';
import { Composer } from './composer';
import { CTRL, isMac } from './composer-hint';
import { ConversationList } from './conversation-list';
import { MessageList } from './message-list';
import { ModelInputLayer } from './model-input-dialog';
import { SearchLayer } from './search-dialog';
import { openSearch } from './search-store';

export function ChatPane() {
  const [listOpen, setListOpen] = useState(() => readStored('conversations') === 'open');
  const live = useChat((state) => state.live[state.active]);
  const title = useChat(
    ({ conversations, active }) => conversations.find(({ id }) => id === active)?.title ?? 'New conversation',
  );
  const showList = (open: boolean) => {
    setListOpen(open);
    writeStored('conversations', open ? 'open' : 'closed');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A dialog has the keys to itself.
    if (event.target instanceof Element && event.target.closest('dialog')) return;
    if (event.key === 'Escape' && live && !event.nativeEvent.isComposing) live.stop();
    if (event.key === 'f' && (isMac ? event.metaKey : event.ctrlKey) && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      openSearch();
    }
  };
  return (
    <section className="pane chat-pane" aria-label="Chat" data-pane="chat" onKeyDown={onKeyDown}>
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
          keys={`${CTRL}+F`}
          icon={<Search size={15} aria-hidden="true" />}
          onClick={openSearch}
        />
        <IconButton
          label="New conversation"
          icon={<SquarePen size={15} aria-hidden="true" />}
          onClick={() => {
            void selectConversation(NEW);
            focusPane('chat');
          }}
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
