/** The longest text of one chip; the model's context holds a few of these. */
export const CHIP_LIMIT = 3000;

/** Keeps a text's beginning and end, and says how much is missing between. */
export function limitText(text: string, limit = CHIP_LIMIT): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, Math.floor(limit / 3));
  const tail = text.slice(text.length - Math.floor((limit * 2) / 3));
  const firstLines = head.slice(0, head.lastIndexOf('\n') + 1) || `${head}\n`;
  const lastLines = tail.slice(tail.indexOf('\n') + 1) || tail;
  const missing = text.length - firstLines.length - lastLines.length;
  return `${firstLines}… ${missing} characters left out …\n${lastLines}`;
}

/** Control characters say nothing to a model, and hide text from the person. */
export function plainText(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]|[\p{Cf}\p{Cs}]/gu, '');
}
