import { registerActions } from '../actions/action';
import { installKeys } from '../actions/install-keys';
import { linkMenu } from '../actions/menu-link';
import { call } from '../bridge';
import { CHAT_ACTIONS } from '../chat/chat-actions';
import { loadConversations } from '../chat/chat-store';
import { watchSurroundings } from '../context/surroundings';
import { LOGS_ACTIONS } from '../logs/logs-actions';
import { loadDocuments } from '../logs/logs-store';
import { watchOpenRequests } from '../logs/open-logs';
import { watchTextSelection } from '../logs/selected-lines';
import { watchSettings } from '../settings/settings-store';
import { notify, notifyError } from '../ui/notices';
import { watchFocus } from '../ui/panes';
import { watchEngine } from './engine-store';
import { watchKnowledge } from './knowledge-store';
import { SHELL_ACTIONS } from './shell-actions';
import { TERMINAL_ACTIONS } from './terminal-actions';

/** What the window asks for once, before it draws anything. */
export function startShell(): void {
  watchSettings();
  registerActions([...CHAT_ACTIONS, ...LOGS_ACTIONS, ...TERMINAL_ACTIONS, ...SHELL_ACTIONS]);
  linkMenu();
  installKeys();
  watchFocus();
  watchEngine();
  watchKnowledge();
  watchSurroundings();
  watchTextSelection();
  call('app.notices', {}, { onEvent: ({ level, text }) => notify(text, level) }).catch(notifyError);
  void loadConversations();
  loadDocuments();
  watchOpenRequests();
}
