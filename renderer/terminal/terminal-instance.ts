import { toErrorData } from '../../engine/contract/errors';
import { call } from '../bridge';
import { openPaths } from '../logs/open-logs';
import { notify, notifyError } from '../ui/notices';
import { BlockGutter } from './block-gutter';
import { installClipboard, type TerminalClipboard } from './clipboard';
import { CommandBlocks } from './command-blocks';
import { absolutePath, isLogPath } from './paths';
import { openPty, type PtyLink } from './pty-link';
import { KeptText } from './restore';
import { Screen } from './screen';
import type { Look } from './terminal-options';
import {
  activeTerminal,
  countLineSent,
  keepFolder,
  type ShellState,
  setFocused,
  USUAL,
  updateTerminal,
  useTerminals,
} from './terminal-store';
import { TerminalText } from './terminal-text';
import { cleanTitle } from './title';

/** A screen and its shell. The screen lives as long as the pane; shells come and go on it. */
export class TerminalInstance {
  readonly screen: Screen;
  readonly text: TerminalText;
  readonly clipboard: TerminalClipboard;
  readonly blocks: CommandBlocks;
  readonly gutter: BlockGutter;
  readonly kept: KeptText;
  #endShell: () => void = () => {};
  #started = false;
  #disposed = false;

  constructor(
    readonly pane: string,
    look: Look,
    onKey: (event: KeyboardEvent) => boolean,
    openBlock: (block: number, at: { x: number; y: number }) => void,
  ) {
    this.screen = new Screen(look, (path) => void this.#openPath(path));
    const { terminal, element } = this.screen;
    this.text = new TerminalText(terminal);
    this.clipboard = installClipboard(terminal, element);
    this.blocks = new CommandBlocks(terminal, () => this.gutter.refresh());
    this.gutter = new BlockGutter(terminal, this.blocks, openBlock);
    element.append(this.gutter.element);
    this.kept = new KeptText(pane, terminal);
    terminal.attachCustomKeyEventHandler((event) => onKey(event));
    terminal.onSelectionChange(() => updateTerminal(pane, { hasSelection: terminal.hasSelection() }));
    terminal.onTitleChange((title) => updateTerminal(pane, { title: cleanTitle(title) }));
    terminal.onBell(() => this.#ring());
    terminal.onData((data) => {
      this.gutter.setCurrent(null);
      if (this.text.typed(data)) countLineSent(pane);
    });
    element.addEventListener('focusin', () => setFocused(pane));
  }

  /** Shows the terminal in `place`; the first time a shell is started on it, then of the right size. */
  show(place: HTMLElement): void {
    this.screen.show(place, () => {
      if (this.#started) return;
      this.#started = true;
      void this.#begin();
    });
  }

  /** What stood here when the app last ran, and below it a new shell. */
  async #begin(): Promise<void> {
    const before = await this.kept.before();
    if (this.#disposed) return;
    if (before !== '')
      this.screen.terminal.write(`${before}\x1b[0m\r\n\x1b[2m[a new shell from here]\x1b[0m\r\n`);
    this.#endShell = this.#runShell(false);
  }

  hide(): void {
    this.screen.hide();
  }

  focus(): void {
    this.screen.terminal.focus();
  }

  /** Ends the shell, if one runs, and starts another below what stands on the screen. */
  restart(): void {
    this.#endShell();
    updateTerminal(this.pane, { shell: { state: 'starting' }, told: null, title: '' });
    this.#endShell = this.#runShell(true);
  }

  /** The pane was closed: its shell ends and its text is not kept. */
  dispose(): void {
    this.#disposed = true;
    this.kept.forget();
    this.#endShell();
    this.screen.dispose();
  }

  /** A log opens in Logs; any other path is copied, as this app has no place to show it. */
  async #openPath(path: string): Promise<void> {
    const { shell } = useTerminals.getState().panes[this.pane] ?? {};
    const terminal = shell?.state === 'running' ? shell.id : null;
    try {
      const { folder } = await call('context.here', { terminal });
      const absolute = absolutePath(path, folder?.cwd ?? null);
      if (absolute !== null && isLogPath(absolute)) await openPaths([absolute]);
      else {
        await call('clipboard.write', { text: absolute ?? path });
        notify(`Copied ${absolute ?? path}`);
      }
    } catch (thrown) {
      notifyError(thrown);
    }
  }

  /** The last command and what it printed: from its block, or else from where Enter was pressed. */
  lastCommand(): { line: string; output: string } | null {
    const last = this.blocks.last();
    if (!last) return this.text.lastCommand();
    return { line: this.blocks.command(last), output: this.blocks.output(last) };
  }

  /** Goes to the command before or after the one that was gone to last. */
  jump(step: 1 | -1): void {
    const { terminal } = this.screen;
    const sent = this.blocks.all().filter(({ output }) => output !== null);
    const index = sent.findIndex(({ block }) => block.id === this.gutter.current);
    const next = index < 0 ? (step === -1 ? sent.at(-1) : undefined) : sent[index + step];
    this.gutter.setCurrent(next?.block.id ?? (step === -1 ? this.gutter.current : null));
    if (!next) {
      if (step === 1) terminal.scrollToBottom();
      return;
    }
    const { viewportY } = terminal.buffer.active;
    const { line } = next.prompt;
    if (line < viewportY || line >= viewportY + terminal.rows) terminal.scrollToLine(Math.max(0, line - 1));
  }

  #ring(): void {
    const { element } = this.screen;
    if (!element.contains(document.activeElement)) updateTerminal(this.pane, { rang: true });
    element.animate({ opacity: [0.55, 1] }, { duration: 160 });
  }

  /** Runs one shell until it exits or is replaced; returns how to end it. */
  #runShell(again: boolean): () => void {
    const { terminal } = this.screen;
    let link: PtyLink | null = null;
    /** Typed before the shell was there. */
    const early: string[] = [];
    let over = false;
    if (again) terminal.write(afterAnotherShell(terminal.buffer.active.type === 'alternate'));

    const listeners = [
      terminal.onData((data) => (link ? link.input(data) : early.push(data))),
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
      this.blocks.shellEnded(new Date().toISOString());
      updateTerminal(this.pane, { shell, told: null });
    };
    const { origin } = useTerminals.getState().panes[this.pane] ?? { origin: USUAL };
    openPty(
      { ...size, ...origin },
      {
        onMark: (mark, block) => this.blocks.mark(mark, block),
        onState: (told) => {
          if (over) return;
          updateTerminal(this.pane, { told });
          keepFolder(this.pane, told.cwd);
        },
        onOutput: (data, parsed) => terminal.write(data, parsed),
        onExit: (exitCode, signal) => finish({ state: 'exited', exitCode, signal }),
        onLost: () =>
          finish({
            state: 'unavailable',
            message: 'The terminal process stopped, and the shell with it. What it printed is kept above.',
          }),
      },
    ).then(
      (opened) => {
        if (over) return opened.close();
        link = opened;
        for (const data of early.splice(0)) opened.input(data);
        if (terminal.cols !== size.cols || terminal.rows !== size.rows)
          link.resize(terminal.cols, terminal.rows);
        updateTerminal(this.pane, { shell: { state: 'running', id: opened.id, shell: opened.shell } });
      },
      (thrown: unknown) => finish({ state: 'unavailable', message: toErrorData(thrown).message }),
    );

    return () => {
      if (over) return;
      end();
      link?.close();
    };
  }
}

/** Undoes what a program that was cut off left set: full screen, hidden cursor, key, paste and mouse modes. */
function afterAnotherShell(fullScreen: boolean): string {
  return `${fullScreen ? '\x1b[?1049l' : ''}\x1b[!p\x1b[?1;1000;1002;1003;1006;2004l\x1b[?25h\r\n`;
}

const instances = new Map<string, TerminalInstance>();

/** The terminal of a pane; null when it was never shown, or is closed. */
export function instanceOf(pane: string): TerminalInstance | null {
  return instances.get(pane) ?? null;
}

/** The terminal in use; null before it was shown. */
export function currentInstance(): TerminalInstance | null {
  return instanceOf(activeTerminal(useTerminals.getState()).pane);
}

/** The text of the terminal in use; null before it was shown. */
export function terminalText(): TerminalText | null {
  return instanceOf(activeTerminal(useTerminals.getState()).pane)?.text ?? null;
}

/** Keeps a terminal until its pane is gone from the store. */
export function keepInstance(instance: TerminalInstance): void {
  instances.set(instance.pane, instance);
}

export function allInstances(): Iterable<TerminalInstance> {
  return instances.values();
}

useTerminals.subscribe(({ panes }, before) => {
  if (panes === before.panes) return;
  for (const [pane, instance] of instances) {
    if (panes[pane]) continue;
    instances.delete(pane);
    instance.dispose();
  }
});
