import '@xterm/xterm/css/xterm.css';
import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '../ui/button';
import { restartShell, runTerminalKey } from './actions';
import { AskLine } from './ask-line';
import { openBlockMenu } from './block-menu';
import { SearchBar } from './search-bar';
import { instanceOf, keepInstance, TerminalInstance } from './terminal-instance';
import type { Look } from './terminal-options';
import { type ShellState, useTerminals } from './terminal-store';
import { terminalName } from './terminal-tabs';

interface TerminalSlotProps {
  readonly pane: string;
  readonly focused: boolean;
  readonly look: Look;
}

/** The place on the page of one terminal, which itself outlives it: a split or another tab moves it elsewhere. */
export function TerminalSlot({ pane, focused, look }: TerminalSlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const first = useRef(look);
  const terminal = useTerminals((state) => state.panes[pane]);

  useEffect(() => {
    if (!place.current) return;
    const instance =
      instanceOf(pane) ??
      new TerminalInstance(
        pane,
        first.current,
        (key) => !taken(key),
        (block, at) => openBlockMenu(pane, block, at),
      );
    keepInstance(instance);
    instance.show(place.current);
    return () => instance.hide();
  }, [pane]);
  useEffect(() => instanceOf(pane)?.screen.setLook(look), [pane, look]);

  if (!terminal) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      className="terminal-slot"
      role="group"
      aria-label={terminalName(terminal)}
      data-focused={focused || undefined}
      data-shell-state={terminal.shell.state}
    >
      {terminal.searching && <SearchBar pane={pane} />}
      <div ref={place} className="terminal-place" />
      {terminal.asking && <AskLine terminal={terminal} />}
      <ShellNotice shell={terminal.shell} onStart={() => restartShell(pane)} />
    </div>
  );
}

/** True for a key that the app keeps from the shell. */
function taken(event: KeyboardEvent): boolean {
  if (!runTerminalKey(event)) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function ShellNotice({ shell, onStart }: { readonly shell: ShellState; readonly onStart: () => void }) {
  switch (shell.state) {
    case 'running':
      return null;
    case 'starting':
      return (
        <p className="shell-notice shell-starting" role="status">
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
