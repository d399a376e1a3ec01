import type { Terminal } from '@xterm/xterm';
import { call } from '../bridge';
import { notifyError } from '../ui/notices';
import { asOneLine, preparePaste } from './paste';
import { askPaste } from './paste-guard';

export interface TerminalClipboard {
  /** True when something was selected. */
  copy(): boolean;
  paste(): void;
}

/** Copying out of a terminal and pasting into it; each paste goes by the same guard. */
export function installClipboard(terminal: Terminal, element: HTMLElement): TerminalClipboard {
  const paste = async (raw: string): Promise<void> => {
    const prepared = preparePaste(raw);
    if (prepared.lines === 0) return;
    const choice = prepared.lines > 1 ? await askPaste(prepared, terminal.modes.bracketedPasteMode) : 'as-is';
    if (choice === 'cancel') return;
    terminal.paste(choice === 'one-line' ? asOneLine(prepared.text) : prepared.text);
    terminal.focus();
  };
  // Before xterm's own listener, which would send what it gets. Chromium fires it on a middle click too, with the
  // primary selection, so that Linux has its way of pasting.
  element.addEventListener(
    'paste',
    (event) => {
      event.preventDefault();
      event.stopPropagation();
      void paste(event.clipboardData?.getData('text/plain') ?? '');
    },
    { capture: true },
  );
  return {
    copy() {
      const text = terminal.getSelection();
      if (text) call('clipboard.write', { text }).catch(notifyError);
      return text !== '';
    },
    paste: () => void call('clipboard.read', {}).then(({ text }) => paste(text), notifyError),
  };
}
