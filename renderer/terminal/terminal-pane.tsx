import { Accessibility, CircleAlert, FileInput, RotateCcw, ShieldCheck } from 'lucide-react';
import { checkCommand } from '../chat/send';
import { openText } from '../logs/open-logs';
import { Button, IconButton } from '../ui/button';
import { notify } from '../ui/notices';
import { focusPane } from '../ui/panes';
import { newShell, type ShellState, setScreenReader, useTerminal } from './terminal-store';
import { selectedCommand, terminalText, withoutPrompt } from './terminal-text';
import { TerminalView } from './terminal-view';

export function TerminalPane() {
  const shell = useTerminal((state) => state.shell);
  const screenReader = useTerminal((state) => state.screenReader);
  const start = () => {
    newShell();
    focusPane('terminal');
  };
  return (
    <section
      className="pane terminal-pane"
      aria-label="Terminal"
      data-pane="terminal"
      data-shell-state={shell.state}
    >
      <header className="pane-header">
        <h2 className="pane-title">Terminal</h2>
        <span className="dim cut grow">{shell.state === 'running' ? shell.shell : ''}</span>
        <CheckButton />
        <OutputButton />
        <IconButton
          label="Screen reader mode"
          icon={<Accessibility size={15} aria-hidden="true" />}
          aria-pressed={screenReader}
          onClick={() => setScreenReader(!screenReader)}
        />
        <IconButton
          label="Restart shell"
          icon={<RotateCcw size={14} aria-hidden="true" />}
          hidden={shell.state !== 'running'}
          onClick={start}
        />
      </header>
      <TerminalView />
      <ShellNotice shell={shell} onStart={start} />
    </section>
  );
}

/** The same check as in the composer, of the text that is selected or of what stands on the prompt. */
function CheckButton() {
  const hasSelection = useTerminal((state) => state.hasSelection);
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
  const hasSelection = useTerminal((state) => state.hasSelection);
  const open = () => {
    const text = terminalText();
    const last = text?.lastCommand();
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

function ShellNotice({ shell, onStart }: { readonly shell: ShellState; readonly onStart: () => void }) {
  switch (shell.state) {
    case 'running':
      return null;
    case 'starting':
      return (
        <p className="shell-notice" role="status">
          <span className="spinner" /> Starting the shell…
        </p>
      );
    case 'exited': {
      const how = shell.signal
        ? `was ended by signal ${shell.signal}`
        : `ended with exit code ${shell.exitCode}`;
      return (
        <div className="shell-notice" role="status">
          <p>The shell {how}.</p>
          <Button onClick={onStart}>Restart shell</Button>
        </div>
      );
    }
    case 'unavailable':
      return (
        <div className="shell-notice" role="alert">
          <CircleAlert size={15} className="severity-error" aria-label="Error" />
          <p>{shell.message}</p>
          <Button onClick={onStart}>New shell</Button>
        </div>
      );
  }
}
