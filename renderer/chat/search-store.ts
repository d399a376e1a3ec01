import { create } from 'zustand';
import type { ChatResult, FindingResult, SearchResults } from '../../app/contract/window-api';
import { call } from '../bridge';
import { documentOf, jumpToLine } from '../logs/logs-store';
import { notify, notifyError } from '../ui/notices';
import { showPane } from '../ui/panes';
import { showMessage } from './branches';
import { selectConversation } from './chat-store';

interface SearchStore {
  readonly open: boolean;
  readonly query: string;
  readonly results: SearchResults | null;
}

/** The words stay when the box is closed, so that the next result is one key away. */
export const useSearch = create<SearchStore>(() => ({ open: false, query: '', results: null }));

export function openSearch(): void {
  useSearch.setState({ open: true });
  // What was written since is found, too.
  search(useSearch.getState().query);
}

export function closeSearch(): void {
  useSearch.setState({ open: false });
}

/** Looks while words are typed; an answer that comes after a later question is dropped. */
export function search(query: string): void {
  useSearch.setState({ query });
  if (query.trim() === '') {
    useSearch.setState({ results: null });
    return;
  }
  call('search.find', { query }).then((results) => {
    if (useSearch.getState().query === query) useSearch.setState({ results });
  }, notifyError);
}

/** Goes to a message, and marks it with the keyboard's place; a title leads to its conversation. */
export async function goToChat({ conversation, message }: ChatResult): Promise<void> {
  closeSearch();
  showPane('chat');
  if (message === null) return selectConversation(conversation);
  await showMessage(message);
  // After the list has drawn them and gone to its end, as it does with every conversation.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const element = document.getElementById(`message-${message}`);
      element?.scrollIntoView({ block: 'center' });
      element?.focus({ preventScroll: true });
    }),
  );
}

export function goToFinding({ document, name, line }: FindingResult): void {
  closeSearch();
  if (documentOf(document)) jumpToLine(document, line ?? 1);
  else notify(`${name} is not open any more. Open it to see the line.`);
}
