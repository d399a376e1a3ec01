import type { Terminal } from '@xterm/xterm';
import { call } from '../bridge';
import { confirm } from '../ui/confirm';
import { notifyError } from '../ui/notices';
import { preparePaste } from './paste';

const PREVIEW_CHARACTERS = 4000;

export interface TerminalClipboard {
  /** True when something was selected. */
  copy(): boolean;
  paste(): void;
}

/** Copying out of a terminal and pasting into it; each paste goes by the same guard. */
export function installClipboard(terminal: Terminal, element: HTMLElement): TerminalClipboard {
  const paste = async (raw: string): Promise<void> => {
    const { text, lines } = preparePaste(raw);
    if (lines === 0) return;
    if (lines > 1) {
      const more = text.length > PREVIEW_CHARACTERS ? '\n…' : '';
      const yes = await confirm({
        title: `Paste ${lines} lines into the terminal?`,
        text: 'The shell may run each line as it arrives.',
        preview: text.slice(0, PREVIEW_CHARACTERS) + more,
        confirm: 'Paste',
      });
      if (!yes) return;
    }
    terminal.paste(text);
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
