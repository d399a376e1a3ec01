/** A text as a Markdown quotation, with room for words below it. */
export function quotation(text: string): string {
  const lines = text.trim().split(/\r?\n/u);
  return `${lines.map((line) => `> ${line}`.trimEnd()).join('\n')}\n\n`;
}
