import { focusPane } from '../ui/panes';
import { setDraft, useChat } from './chat-store';
import { quotation } from './quotation';

/** Puts what is selected in a message into the composer; all of the message where nothing is. */
export function quote(message: HTMLElement | null, whole: string): void {
  const selection = window.getSelection();
  const inside =
    selection && !selection.isCollapsed && message?.contains(selection.anchorNode) ? String(selection) : '';
  const { draft } = useChat.getState();
  const before = draft.trim() === '' ? '' : `${draft.trimEnd()}\n\n`;
  setDraft(`${before}${quotation(inside.trim() || whole)}`);
  focusPane('chat');
}
