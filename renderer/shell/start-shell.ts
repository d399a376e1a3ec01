import { call } from '../bridge';
import { loadConversations } from '../chat/chat-store';
import { watchSurroundings } from '../context/surroundings';
import { loadDocuments } from '../logs/logs-store';
import { watchOpenRequests } from '../logs/open-logs';
import { watchTextSelection } from '../logs/selected-lines';
import { notify, notifyError } from '../ui/notices';
import { installPaneKeys } from '../ui/panes';
import { loadTheme } from '../ui/theme';
import { watchEngine } from './engine-store';
import { watchKnowledge } from './knowledge-store';

/** What the window asks for once, before it draws anything. */
export function startShell(): void {
  loadTheme();
  watchEngine();
  watchKnowledge();
  watchSurroundings();
  watchTextSelection();
  call('app.notices', {}, { onEvent: ({ level, text }) => notify(text, level) }).catch(notifyError);
  void loadConversations();
  loadDocuments();
  watchOpenRequests();
  installPaneKeys();
}
