/**
 * Valid bash that the grammar refuses, rewritten to a text of the same length that it takes. Only the tree is made
 * from the result; words and operators are read from the original at the tree's offsets, so a quoted text that looks
 * like one of these does no harm.
 *
 * `! { a; }`, `time ( a )`: the keyword before a compound command changes nothing that is looked at here.
 * `a <> b`: opens for reading and writing; read as `>`, and the operator is taken from the original.
 */
export function relax(text: string): string {
  const blank = (match: string, before: string, keyword: string) =>
    before + ' '.repeat(keyword.length) + match.slice(before.length + keyword.length);
  return text
    .replace(
      /(^|[;&|({\n]\s*|\b(?:then|do|else|elif|if|while|until)\s+|!\s+|time\s+)(!|time(?:\s+-p)?)(?=\s+(?:[{(]|\[\[|!|time\b|(?:for|while|until|if|case)\s))/g,
      blank,
    )
    .replace(/(^|[;&|({\n]\s*)(!|time(?:\s+-p)?)(?=\s+(?:[{(]|\[\[|(?:for|while|until|if|case)\s))/g, blank)
    .replace(/<>/g, '> ');
}

/**
 * A backslash at the start of a line makes the grammar join the lines: `ls` and `\\rm x` become one command. Written as
 * a letter it doesn't; the word itself is read from the original. A continued line inside a word (`r\\` and `m`) would
 * make two words for the grammar, where the shell reads one.
 */
export const keepLinesApart = (text: string): string =>
  text.replace(/\n\\(?=[A-Za-z])/g, '\nx').replace(/(?<=\w)\\\n(?=\w)/g, 'xx');
