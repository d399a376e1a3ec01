import { unescapeAnsiC } from './ansi-c';
import { type Script, ShellSyntaxError, type Word, type WordPart } from './syntax';

/** What the tree says starts at an offset and where it ends: the parts whose inside only a parser can delimit. */
export interface Embedded {
  readonly kind: 'substitution' | 'process' | 'expansion' | 'arithmetic';
  readonly end: number;
  readonly scripts: readonly Script[];
}
export type EmbeddedAt = ReadonlyMap<number, Embedded>;

const BLANK_OR_OPERATOR = /[\s;&|()<>]/;
const NAME = /[A-Za-z_][A-Za-z0-9_]*|[0-9]|[@*#?$!_-]/y;

/**
 * Reads the word that the tree found at [start, end) by the shell's own quoting rules. The tree is used only for where
 * substitutions end. Reading each word a second time is a check of the tree as well: a word that is not one word by
 * these rules makes the whole text unparsed, which is rated as dangerous.
 */
export function readWord(text: string, start: number, end: number, embedded: EmbeddedAt): Word {
  const parts: WordPart[] = [];
  let at = start;
  const fail = (why: string): never => {
    throw new ShellSyntaxError(why, start, end);
  };
  const literal = (value: string, from: number, to: number, quoted: boolean) => {
    const last = parts.at(-1);
    if (last?.kind === 'literal' && last.quoted === quoted && last.end === from)
      parts[parts.length - 1] = { ...last, value: last.value + value, end: to };
    else parts.push({ kind: 'literal', value, start: from, end: to, quoted });
    at = to;
  };
  /** `$...` and backticks; false when the character stands for itself. */
  const readDollar = (quoted: boolean): boolean => {
    const inside = embedded.get(at);
    if (inside) {
      const span = { start: at, end: inside.end };
      const [script] = inside.scripts;
      if (inside.kind === 'expansion') parts.push(readBraced(text, at, inside, quoted));
      else if (inside.kind === 'arithmetic')
        parts.push({ kind: 'arithmetic', ...span, scripts: inside.scripts });
      else if (!script) fail('A substitution could not be read.');
      else if (inside.kind === 'process')
        parts.push({ kind: 'process', ...span, direction: text[at] === '<' ? '<' : '>', script });
      else parts.push({ kind: 'substitution', ...span, quoted, script });
      at = inside.end;
      return true;
    }
    if (text[at] === '`' || /^\$[({]/.test(text.slice(at, at + 2))) fail('A substitution could not be read.');
    NAME.lastIndex = at + 1;
    const name = text[at] === '$' ? NAME.exec(text)?.[0] : undefined;
    if (!name || at + 1 + name.length > end) return false;
    const to = at + 1 + name.length;
    parts.push({ kind: 'expansion', start: at, end: to, name, operator: '', quoted, scripts: [] });
    at = to;
    return true;
  };
  const readDouble = () => {
    literal('', at, at + 1, true);
    while (at < end && text[at] !== '"') {
      const next = text[at + 1] ?? '';
      if (text[at] === '\\' && /[$`"\\\n]/.test(next)) literal(next === '\n' ? '' : next, at, at + 2, true);
      else if (/[$`]/.test(text[at] ?? '') && readDollar(true)) continue;
      else literal(text[at] ?? '', at, at + 1, true);
    }
    if (at >= end) fail('A double quote is not closed.');
    literal('', at, at + 1, true);
  };
  const readSingle = (ansi: boolean) => {
    const open = ansi ? at + 2 : at + 1;
    let close = open;
    while (close < end && text[close] !== "'") close += ansi && text[close] === '\\' ? 2 : 1;
    if (close >= end) fail('A quote is not closed.');
    const body = text.slice(open, close);
    literal(ansi ? unescapeAnsiC(body) : body, at, close + 1, true);
  };

  while (at < end) {
    const c = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (c === '\\') {
      if (at + 1 >= end) fail('A backslash ends the text.');
      literal(next === '\n' ? '' : next, at, at + 2, true);
    } else if (c === "'") readSingle(false);
    else if (c === '"') readDouble();
    else if (c === '$' && next === "'") readSingle(true);
    else if (c === '$' && next === '"') at += 1;
    else if (/[$`]/.test(c)) {
      if (!readDollar(false)) literal(c, at, at + 1, false);
    } else if (/[<>]/.test(c) && next === '(') readDollar(false) || fail('A substitution could not be read.');
    else if (BLANK_OR_OPERATOR.test(c)) fail('These words could not be told apart.');
    else if (/[*?]/.test(c) || (c === '[' && /^\[[^\s]+\]/.test(text.slice(at, end)))) {
      parts.push({ kind: 'glob', value: c, start: at, end: at + 1 });
      at += 1;
    } else literal(c, at, at + 1, false);
  }
  if (at !== end) fail('These words could not be told apart.');
  const written = text.slice(start, end);
  return { start, end, text: written, parts, literal: staticValue(parts, written) };
}

function readBraced(text: string, at: number, inside: Embedded, quoted: boolean): WordPart {
  const body = text.slice(at + 2, inside.end - 1);
  const match = /^([#!]?)([A-Za-z_]\w*|\d+|[@*#?$!_-])?([\s\S]*)$/.exec(body);
  const [, prefix = '', name = '', rest = ''] = match ?? [];
  return {
    kind: 'expansion',
    start: at,
    end: inside.end,
    name,
    operator: prefix + rest,
    quoted,
    scripts: inside.scripts,
  };
}

/** Brace lists and tildes are changed by the shell as well, so a word with them has no static value. */
function staticValue(parts: readonly WordPart[], written: string): string | null {
  let value = '';
  for (const part of parts) {
    if (part.kind !== 'literal') return null;
    value += part.value;
  }
  const plain = parts.map((part) => (part.kind === 'literal' && !part.quoted ? part.value : '')).join('');
  if (/^~/.test(written) || (/\{/.test(plain) && /\{.*(?:,|\.\.).*\}/.test(written))) return null;
  return value;
}
