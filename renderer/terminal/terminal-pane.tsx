import {
  Accessibility,
  Columns2,
  FileInput,
  Plus,
  RotateCcw,
  Rows2,
  Search,
  ShieldCheck,
  Sparkles,
} from 'lucide-react';
import { useMemo } from 'react';
import { checkCommand } from '../chat/send';
import { openText } from '../logs/open-logs';
import { IconButton } from '../ui/button';
import { notify } from '../ui/notices';
import { useDark } from '../ui/theme';
import { keysOf, TERMINAL_ACTIONS } from './actions';
import { BlockMenu } from './block-menu';
import { PasteGuard } from './paste-guard';
import { ProfileButton } from './profile-button';
import { currentInstance, terminalText } from './terminal-instance';
import { TerminalLayout } from './terminal-layout';
import { DEFAULT_FONT_SIZE, type Look } from './terminal-options';
import { activeTab, setScreenReader, useActiveTerminal, useTerminals } from './terminal-store';
import { TerminalTabs } from './terminal-tabs';
import { selectedCommand, withoutPrompt } from './terminal-text';

/** How terminals look now. */
function useLook(): Look {
  const dark = useDark();
  const screenReader = useTerminals((state) => state.screenReader);
  return useMemo(
    () => ({
      dark,
      screenReader,
      fontFamily: '',
      fontSize: DEFAULT_FONT_SIZE,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    }),
    [dark, screenReader],
  );
}

export function TerminalPane() {
  const shellState = useActiveTerminal(({ shell }) => shell.state);
  const screenReader = useTerminals((state) => state.screenReader);
  const tab = useTerminals(activeTab);
  const look = useLook();
  return (
    <section
      className="pane terminal-pane"
      aria-label="Terminal"
      data-pane="terminal"
      data-shell-state={shellState}
    >
      <header className="pane-header">
        <h2 className="pane-title">Terminal</h2>
        <TerminalTabs />
        <ActionButton id="terminal.newTab" icon={<Plus size={15} aria-hidden="true" />} />
        <ProfileButton />
        <ActionButton id="terminal.splitRight" icon={<Columns2 size={14} aria-hidden="true" />} />
        <ActionButton id="terminal.splitDown" icon={<Rows2 size={14} aria-hidden="true" />} />
        <ActionButton id="terminal.find" icon={<Search size={14} aria-hidden="true" />} />
        <ActionButton id="terminal.ask" icon={<Sparkles size={14} aria-hidden="true" />} />
        <CheckButton />
        <OutputButton />
        <IconButton
          label="Screen reader mode"
          icon={<Accessibility size={15} aria-hidden="true" />}
          aria-pressed={screenReader}
          onClick={() => setScreenReader(!screenReader)}
        />
        <ActionButton
          id="terminal.restart"
          icon={<RotateCcw size={14} aria-hidden="true" />}
          hidden={shellState !== 'running'}
        />
      </header>
      <div className="terminal-panes" key={tab.id}>
        <TerminalLayout layout={tab.layout} focused={tab.focused} look={look} />
      </div>
      <BlockMenu />
      <PasteGuard />
    </section>
  );
}

interface ActionButtonProps {
  readonly id: string;
  readonly icon: React.ReactNode;
  readonly hidden?: boolean;
}

function ActionButton({ id, icon, hidden }: ActionButtonProps) {
  const action = TERMINAL_ACTIONS.find((other) => other.id === id);
  const keys = keysOf(id);
  return (
    <IconButton
      label={action?.title ?? id}
      icon={icon}
      hidden={hidden}
      {...(keys ? { keys } : {})}
      onClick={action?.run}
    />
  );
}

/** The same check as in the composer, of the text that is selected or of what stands on the prompt. */
function CheckButton() {
  const hasSelection = useActiveTerminal((terminal) => terminal.hasSelection);
  const check = () => {
    const text = terminalText();
    const command = hasSelection ? selectedCommand(text?.selection() ?? '') : (text?.promptCommand() ?? '');
    if (command === '') notify('Select a command, or write one on the prompt, to have it checked.');
    else checkCommand(command);
  };
  return (
    <IconButton
      label={hasSelection ? 'Check selection' : 'Check the command on the prompt'}
      icon={<ShieldCheck size={15} aria-hidden="true" />}
      onClick={check}
    />
  );
}

/** What is selected, or else what the last command printed, as a log. */
function OutputButton() {
  const hasSelection = useActiveTerminal((terminal) => terminal.hasSelection);
  const open = () => {
    const text = terminalText();
    const last = currentInstance()?.lastCommand();
    const output = hasSelection ? (text?.selection() ?? '') : (last?.output ?? '');
    const name = hasSelection ? 'Terminal selection' : `Output of ${withoutPrompt(last?.line ?? '')}`;
    if (output.trim() === '') notify('Run a command that prints something, or select text in the terminal.');
    else void openText(output, name.slice(0, 80));
  };
  return (
    <IconButton
      label={hasSelection ? 'Open selection in Logs' : 'Open the last output in Logs'}
      icon={<FileInput size={15} aria-hidden="true" />}
      onClick={open}
    />
  );
}
