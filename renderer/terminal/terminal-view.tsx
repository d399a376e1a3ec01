import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef } from 'react';
import { toErrorData } from '../../engine/contract/errors';
import { useDark } from '../ui/theme';
import { openPty, type PtyLink } from './pty-link';
import { Screen } from './screen';
import {
  countLineSent,
  type ShellState,
  setHasSelection,
  setShellState,
  useTerminal,
} from './terminal-store';
import { setTerminalText, TerminalText } from './terminal-text';

/** Joins a screen and a shell. The screen lives as long as the pane; shells come and go on it. */
export function TerminalView() {
  const host = useRef<HTMLDivElement>(null);
  const screen = useRef<Screen | null>(null);
  const dark = useDark();
  const generation = useTerminal((state) => state.generation);
  const screenReader = useTerminal((state) => state.screenReader);
  const initial = useRef({ dark, screenReader });

  useEffect(() => {
    if (!host.current) return;
    const made = new Screen(host.current, initial.current.dark, initial.current.screenReader);
    screen.current = made;
    const text = new TerminalText(made.terminal);
    setTerminalText(text);
    made.terminal.onSelectionChange(() => setHasSelection(made.terminal.hasSelection()));
    made.terminal.onData((data) => {
      if (text.typed(data)) countLineSent();
    });
    return () => {
      screen.current = null;
      setTerminalText(null);
      made.dispose();
    };
  }, []);

  useEffect(() => screen.current?.setDark(dark), [dark]);
  useEffect(() => screen.current?.setScreenReader(screenReader), [screenReader]);
  useEffect(() => (screen.current ? runShell(screen.current, generation) : undefined), [generation]);

  return <div ref={host} className="terminal-host" />;
}

/** Runs one shell on the screen until it exits or is replaced; returns how to end it. */
function runShell(screen: Screen, generation: number): () => void {
  const { terminal } = screen;
  let link: PtyLink | null = null;
  let over = false;
  if (generation > 1) terminal.write(afterAnotherShell(terminal.buffer.active.type === 'alternate'));

  const listeners = [
    terminal.onData((data) => link?.input(data)),
    // Old mouse reports are bytes, not text; a port carries them just the same.
    terminal.onBinary((data) => link?.input(data)),
    terminal.onResize(({ cols, rows }) => link?.resize(cols, rows)),
  ];
  const end = () => {
    over = true;
    for (const listener of listeners) listener.dispose();
  };

  const size = { cols: terminal.cols, rows: terminal.rows };
  const finish = (shell: ShellState) => {
    if (over) return;
    link = null;
    end();
    setShellState(shell);
  };
  openPty(size.cols, size.rows, {
    onOutput: (data, parsed) => terminal.write(data, parsed),
    onExit: (exitCode, signal) => finish({ state: 'exited', exitCode, signal }),
    onLost: () =>
      finish({
        state: 'unavailable',
        message: 'The terminal process stopped, and the shell with it. What it printed is kept above.',
      }),
  }).then(
    (opened) => {
      if (over) return opened.close();
      link = opened;
      if (terminal.cols !== size.cols || terminal.rows !== size.rows)
        link.resize(terminal.cols, terminal.rows);
      setShellState({ state: 'running', id: opened.id, shell: opened.shell });
    },
    (thrown: unknown) => finish({ state: 'unavailable', message: toErrorData(thrown).message }),
  );

  return () => {
    if (over) return;
    end();
    link?.close();
  };
}

/** Undoes what a program that was cut off left set: full screen, hidden cursor, key, paste and mouse modes. */
function afterAnotherShell(fullScreen: boolean): string {
  return `${fullScreen ? '\x1b[?1049l' : ''}\x1b[!p\x1b[?1;1000;1002;1003;1006;2004l\x1b[?25h\r\n`;
}
