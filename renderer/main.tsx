import './zod-setup';
import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './shell/shell.css';
import './actions/actions.css';
import './chat/chat.css';
import './commands/commands.css';
import './context/context.css';
import './logs/logs.css';
import './terminal/terminal.css';
import { Shell } from './shell/shell';
import { startShell } from './shell/start-shell';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root element.');
startShell();
createRoot(root).render(<Shell />);
