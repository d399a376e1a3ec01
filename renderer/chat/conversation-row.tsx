import {
  Ellipsis,
  FileJson,
  FileText,
  FolderInput,
  Pencil,
  Pin,
  PinOff,
  RotateCcw,
  Trash2,
} from 'lucide-react';
import { type KeyboardEvent, useCallback, useState } from 'react';
import type { Conversation } from '../../app/contract/window-api';
import { IconButton } from '../ui/button';
import { Menu, type MenuItem } from '../ui/menu';
import { restore } from './branches';
import { selectConversation, useChat } from './chat-store';
import {
  changeConversation,
  deleteConversation,
  deleteForGood,
  exportConversation,
} from './conversation-actions';

interface ConversationRowProps {
  readonly conversation: Conversation;
  readonly onSelect: () => void;
  /** Asks for a folder to put it into. */
  readonly onFile: () => void;
}

export function ConversationRow({ conversation, onSelect, onFile }: ConversationRowProps) {
  const { id, title, updatedAt } = conversation;
  const active = useChat((state) => state.active === id);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const [renaming, setRenaming] = useState(false);
  const closeMenu = useCallback(() => setMenuAt(null), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'F2') setRenaming(true);
    else if (event.key === 'Delete') void deleteConversation(conversation);
    else return;
    event.preventDefault();
  };
  if (renaming) {
    return (
      <li>
        <TitleField
          title={title}
          onDone={(words) => {
            setRenaming(false);
            if (words !== '' && words !== title) void changeConversation(id, { title: words });
          }}
        />
      </li>
    );
  }
  return (
    <li data-active={active || undefined}>
      <button
        type="button"
        className="conversation"
        aria-current={active ? 'true' : undefined}
        onClick={() => {
          void selectConversation(id);
          onSelect();
        }}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => {
          event.preventDefault();
          setMenuAt({ x: event.clientX, y: event.clientY });
        }}
      >
        <span className="cut">{title || 'New conversation'}</span>
        <time className="dim" dateTime={updatedAt}>
          {day(updatedAt)}
        </time>
      </button>
      <IconButton
        label="Actions of this conversation"
        aria-description={title}
        aria-haspopup="menu"
        icon={<Ellipsis size={14} aria-hidden="true" />}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setMenuAt({ x: left, y: bottom });
        }}
      />
      {menuAt && (
        <Menu
          label={`Actions of ${title}`}
          at={menuAt}
          groups={menuGroups(conversation, () => setRenaming(true), onFile)}
          onClose={closeMenu}
        />
      )}
    </li>
  );
}

function menuGroups(conversation: Conversation, rename: () => void, file: () => void): MenuItem[][] {
  const { id, pinned } = conversation;
  const icon = (Icon: typeof Pin) => <Icon size={13} aria-hidden="true" />;
  return [
    [
      { label: 'Rename', icon: icon(Pencil), keys: 'F2', run: rename },
      {
        label: pinned ? 'Unpin' : 'Pin',
        icon: icon(pinned ? PinOff : Pin),
        run: () => void changeConversation(id, { pinned: !pinned }),
      },
      { label: 'Move to folder…', icon: icon(FolderInput), run: file },
    ],
    [
      {
        label: 'Export as Markdown…',
        icon: icon(FileText),
        run: () => void exportConversation(conversation, 'markdown'),
      },
      {
        label: 'Export as JSON…',
        icon: icon(FileJson),
        run: () => void exportConversation(conversation, 'json'),
      },
    ],
    [
      {
        label: 'Bring back deleted messages',
        icon: icon(RotateCcw),
        run: () => void selectConversation(id).then(() => restore(id, null)),
      },
      { label: 'Delete', icon: icon(Trash2), keys: 'Del', run: () => void deleteConversation(conversation) },
      { label: 'Delete for good…', icon: icon(Trash2), run: () => void deleteForGood(conversation) },
    ],
  ];
}

interface TitleFieldProps {
  readonly title: string;
  /** With the words as they are left; the old ones after Escape. */
  readonly onDone: (words: string) => void;
}

function TitleField({ title, onDone }: TitleFieldProps) {
  const [words, setWords] = useState(title);
  return (
    <input
      className="conversation-title-field"
      aria-label="Title of the conversation"
      value={words}
      maxLength={200}
      ref={focusAndSelect}
      onChange={(event) => setWords(event.target.value)}
      onBlur={() => onDone(words.trim())}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') onDone(words.trim());
        else if (event.key === 'Escape') onDone(title);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}

/** Once, when it appears. */
function focusAndSelect(element: HTMLInputElement | null): void {
  element?.select();
  element?.focus();
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

function day(iso: string): string {
  const when = new Date(iso);
  return when.toDateString() === new Date().toDateString() ? time.format(when) : date.format(when);
}
