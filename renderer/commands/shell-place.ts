/**
 * Where in a command a value is to be put. 'plain': only words that need no quotes fit there, because it lies in
 * code, a comment or a form of quoting in which other quotes don't help.
 */
export type Place = 'bare' | 'single' | 'double' | 'plain';

interface Open {
  readonly kind: 'single' | 'double' | 'ansi' | 'parens' | 'braces' | 'backtick';
  readonly at: number;
}

/**
 * Texts in which quotes mean nothing or that this scanner can't follow: a pattern's `)` closes nothing, here-documents
 * and arithmetic expand what stands in single quotes.
 */
const UNCLEAR = /\bcase\b|(?<!<)<<(?!<)|\(\(/;

/** The place at `at`, found by following quotes and substitutions from the start. */
export function placeAt(command: string, at: number): Place {
  if (UNCLEAR.test(command)) return 'plain';
  const open: Open[] = [];
  let index = 0;
  while (index < at) {
    const step = next(command, index, open);
    if (step === null) return 'plain';
    index += step;
  }
  // Behind `at` already: it stands right after a backslash.
  if (index > at || open.some(({ kind }) => kind === 'ansi' || kind === 'braces' || kind === 'backtick'))
    return 'plain';
  const top = open.at(-1);
  if (!top || top.kind === 'parens') return 'bare';
  if (top.kind !== 'single' && top.kind !== 'double') return 'plain';
  return holdsCode(command, top) ? 'plain' : top.kind;
}

/** Takes in what begins at `index`; how many characters that were, or null in a comment. */
function next(text: string, index: number, open: Open[]): number | null {
  const here = text.charAt(index);
  const two = text.slice(index, index + 2);
  const top = open.at(-1)?.kind;
  const begin = (kind: Open['kind'], length: number) => {
    open.push({ kind, at: index });
    return length;
  };
  const end = () => {
    open.pop();
    return 1;
  };
  if (top === 'single') return here === "'" ? end() : 1;
  if (here === '\\') return 2;
  if (top === 'ansi') return here === "'" ? end() : 1;
  if (two === '$(') return begin('parens', 2);
  if (two === '${') return begin('braces', 2);
  if (here === '`') return top === 'backtick' ? end() : begin('backtick', 1);
  if (top === 'double') return here === '"' ? end() : 1;
  if (two === "$'") return begin('ansi', 2);
  if (here === "'") return begin('single', 1);
  if (here === '"') return begin('double', 1);
  if (here === '(') return begin('parens', 1);
  if ((here === ')' && top === 'parens') || (here === '}' && top === 'braces')) return end();
  return here === '#' && top !== 'braces' && /^$|[\s;&|()]/.test(text.charAt(index - 1)) ? null : 1;
}

/** Quoted text with blanks or operators in it is a sentence or code, as in `sh -c 'cat FILE'`: nobody knows which. */
function holdsCode(command: string, { kind, at }: Open): boolean {
  const rest = command.slice(at + 1);
  const body = kind === 'single' ? /^[^']*/.exec(rest) : /^(?:[^"\\]|\\.)*/s.exec(rest);
  return /[\s;|&$`()<>]/.test(body?.[0] ?? '');
}
