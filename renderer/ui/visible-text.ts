/** Colours, styles and moves of the cursor say nothing here: severity has a column of its own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are made of control characters
const STYLE_SEQUENCE = /\u001b\[[0-?]*[ -/]*[@-~]/g;
/** C0 except tab, DEL, C1, and the marks that reorder or hide text. */
const UNSEEN = /[^\P{Cc}\t]|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/**
 * Log text as it is shown: colours dropped, everything else that is invisible or reorders text drawn as
 * a symbol. A log is untrusted; nobody should read a line other than the one that is there.
 */
export function visibleText(text: string): string {
  return text.replace(/\r$/, '').replace(STYLE_SEQUENCE, '').replace(UNSEEN, symbol);
}

function symbol(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
