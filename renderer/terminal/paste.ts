/** What of a text may be pasted into a shell, and whether it would do more than fill the prompt. */
export interface PreparedPaste {
  readonly text: string;
  /** Lines it holds. From 2 on the person is asked first: the shell may run each line as it arrives. */
  readonly lines: number;
  /** Control characters that were taken out. */
  readonly removed: number;
}

const CONTROL = /[^\P{Cc}\t\n]/gu;

/**
 * Removes control characters, so that no escape sequence reaches the shell (`ESC[201~` would end a
 * bracketed paste early), and line ends at the end, so that pasting one line never runs it.
 */
export function preparePaste(raw: string): PreparedPaste {
  const lines = raw.replace(/\r\n?/g, '\n');
  const text = lines.replace(CONTROL, '').replace(/\n+$/, '');
  const removed = lines.match(CONTROL)?.length ?? 0;
  return { text, lines: text === '' ? 0 : text.split('\n').length, removed };
}

/** The same words in one line. What a backslash continued is joined as the shell would; other lines by a blank. */
export function asOneLine(text: string): string {
  return text
    .replace(/\\\n[ \t]*/g, '')
    .replace(/[ \t]*\n\s*/g, ' ')
    .trim();
}
