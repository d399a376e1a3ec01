/**
 * Takes the command out of the model's answer, strictly: its first line of text, past a code fence, a prompt sign or
 * backquotes around it. null when there is no command in it, or when it was cut off in that line.
 */
export function readCommandAnswer(answer: string, isWhole = true): string | null {
  const lines = answer
    .split('\n')
    .map((text, index, all) => ({ text: text.trim(), isLast: index === all.length - 1 }))
    .filter(({ text }) => text !== '' && !/^```/.test(text));
  const [first] = lines;
  if (!first || (first.isLast && !isWhole) || /^why:/i.test(first.text)) return null;
  const command = first.text
    .replace(/^(?:command|answer):\s*/i, '')
    .replace(/^(?:\$|#|>)\s+/, '')
    .replace(/^(`+)(.*)\1$/, '$2')
    .trim();
  return command === '' ? null : command;
}
