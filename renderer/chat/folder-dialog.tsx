import { useState } from 'react';
import type { Conversation } from '../../app/contract/window-api';
import { useSurroundings } from '../context/surroundings';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { useChat } from './chat-store';
import { changeConversation } from './conversation-actions';
import { folderNames } from './conversation-groups';

interface FolderDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** Files a conversation under a project or a host: one that is there, the terminal's folder, or a new name. */
export function FolderDialog({ conversation, onClose }: FolderDialogProps) {
  const conversations = useChat((state) => state.conversations);
  const cwd = useSurroundings((state) => state.folder?.cwd ?? null);
  const [name, setName] = useState(conversation.folder ?? '');
  const project = cwd?.split(/[\\/]/u).filter(Boolean).at(-1);
  const names = [...new Set([...folderNames(conversations), ...(project ? [project] : [])])];
  const file = (folder: string | null) => {
    onClose();
    void changeConversation(conversation.id, { folder });
  };
  return (
    <Dialog title="Move to a folder" onClose={onClose}>
      <form
        className="folder-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') file(name.trim());
        }}
      >
        <label>
          Name of a project or host
          <input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </label>
        {names.length > 0 && (
          <ul className="folder-names" aria-label="Folders">
            {names.map((one) => (
              <li key={one}>
                <Button
                  aria-current={one === conversation.folder ? 'true' : undefined}
                  onClick={() => file(one)}
                >
                  {one}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <div className="dialog-buttons">
          {conversation.folder !== null && <Button onClick={() => file(null)}>Take out of the folder</Button>}
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={name.trim() === ''}>
            Move
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
