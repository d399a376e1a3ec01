import type { OptionArgument } from '../command-spec';
import { ITALIC_END, ITALIC_START, plainText } from './roff-text';

export interface TagOption {
  readonly names: readonly string[];
  readonly argument: OptionArgument;
  readonly argumentName: string;
}

/** Between two spellings: a comma, bar, slash, 'or', or just space, with a dash after it. */
const SEPARATOR =
  /\s*(?:,|\||\/|;|\bor\b|\band\b)\s+(?=[\ue001[(]*-{1,2}[^\s,=-])|\s+(?=[\ue001[(]*-{1,2}[^\s,=\ue001-])|\s*[,|/]\s*(?=[\ue001]?-{1,2}[^\s,=])/;
/** A spelling; a single dash may be followed by any one character. */
const NAME = /^(--(?:\[no-\])?[A-Za-z0-9][\w.+:-]*|-[A-Za-z0-9?#@:.$^&%!*][\w.+-]*|-)/;

interface Piece {
  readonly names: readonly string[];
  readonly argument: OptionArgument;
  readonly argumentName: string;
}

/** Without the marks, the '=' before a value and one pair of brackets around all of it. */
function cleanName(text: string): string {
  const plain = plainText(text)
    .replace(/^[\s=:]+|[\s,.;:]+$/g, '')
    .replace(/\s+/g, ' ');
  const bare = /^(?:\[=?|<|\{)([^[\]<>{}]*)[\]>}]$/.exec(plain)?.[1];
  return bare ?? plain;
}

/** Groups in brackets and alternatives of them: '[=WIDTH[,NAME[,COUNT]]]', '[[ID][±OFFSET]|all]'. */
function isBracketed(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === '[') depth += 1;
    else if (depth === 0) return false;
    else if (letter === ']') depth -= 1;
  }
  return text !== '' && depth === 0;
}

function readArgument(rest: string): Pick<Piece, 'argument' | 'argumentName'> {
  const plain = plainText(rest).trim();
  if (plain === '' || /^[,.;:]+$/.test(plain)) return { argument: 'none', argumentName: '' };
  const argumentName = cleanName(rest);
  // '[=WHEN]' alone is optional; '[host:]port' starts with an optional part of a value that is not.
  const wholeInBrackets = isBracketed(plain.replace(/^=/, '').replace(/\.\.\.$/, ''));
  if (wholeInBrackets) return { argument: 'optional', argumentName };
  // find's -exec takes all words up to a ';' or '+'.
  if (/\.\.\.|…|\s;$|\{\}\s*\+/.test(plain)) return { argument: 'several', argumentName };
  // Prose behind the option ("-x This does…") is no value; a value is italic, upper case, bracketed or one word.
  const words = plain.replace(/^=\s*/, '').split(/\s+/);
  const isMarked =
    rest.includes(ITALIC_START) || /^\s*[=<{]/.test(plain) || /^[A-Z][A-Z0-9_:,.-]*\b/.test(plain);
  if (!isMarked && (words.length > 2 || /^\(|^[-–—]/.test(plain)))
    return { argument: 'none', argumentName: '' };
  const italicWords = [...rest.matchAll(/\ue001([^\ue002]*)\ue002/g)].length;
  const several = italicWords === 2 && /^\s+\S+\s+\S+$/.test(plainText(rest)) && !/[|[\]=:,<]/.test(plain);
  return { argument: several ? 'several' : 'required', argumentName };
}

function readPiece(text: string): Piece | null {
  // Italic text that starts with the dash: the whole option is set so (curl); inside it marks nothing.
  const piece = text.trim().replace(/^\ue001(-[^\ue002]*)\ue002/, '$1');
  const match = NAME.exec(piece);
  const spelled = match?.[0];
  if (!spelled) return null;
  let rest = piece.slice(spelled.length);
  let name = spelled.replace(/[.:]+$/, '');
  if (name === '-') {
    // '-NUM', '-num': digits stand there.
    if (!/^\ue001?(?:n|num|number|N|NUM|NUMBER|digit|lines|123)\b/.test(rest)) return null;
    return { names: ['-NUM'], argument: 'none', argumentName: '' };
  }
  rest = spelled.slice(name.length) + rest;
  const negatable = /^--\[no-\](.*)$/.exec(name)?.[1];
  if (negatable !== undefined)
    return { names: [`--${negatable}`, `--no-${negatable}`], ...readArgument(rest) };
  // '-n=NUM' keeps nothing; '-DNAME' in one font is a letter with its value where the value is upper case.
  const attached = /^(-[A-Za-z])([A-Z][A-Z_]{2,})$/.exec(name);
  if (attached?.[1] && attached[2]) {
    name = attached[1];
    rest = ITALIC_START + attached[2] + ITALIC_END + rest;
  }
  // '-c[olor]' and '-s[color]' are two spellings in one; a value in brackets is upper case or italic.
  const longer = /^\[([a-z-]+)\](?=$|[\s[=])/.exec(rest);
  if (longer?.[1] && /^-[A-Za-z]+$/.test(name)) {
    const whole = longer[1].startsWith(name.slice(1)) ? `-${longer[1]}` : name + longer[1];
    return { names: [name, whole], ...readArgument(rest.slice(longer[0].length)) };
  }
  // '--[no]foo', '-[x]y': not understood, so nothing is claimed of them.
  if (/^\[[a-z]+\][a-z]/.test(plainText(rest))) return null;
  return { names: [name], ...readArgument(rest) };
}

/** Spellings that pages write once for many: find's -newerXY, diff's formats. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  '-newerXY': [...'aBcm'].flatMap((x) => [...'aBcmt'].map((y) => `-newer${x}${y}`)),
  '--GTYPE-group-format': ['old', 'new', 'unchanged', 'changed'].map((type) => `--${type}-group-format`),
  '--LTYPE-line-format': ['old', 'new', 'unchanged'].map((type) => `--${type}-line-format`),
};

const STRENGTH = { none: 0, optional: 1, required: 2, several: 3 } as const;

/**
 * Reads the tag of an option's entry, such as '-e PATTERN, --regexp=PATTERN'. The argument of one spelling counts for
 * all: pages write it at the long one only. Null where the tag is no option.
 */
export function readOptionTag(tag: string): TagOption | null {
  // A backslash before a dash is an escape that the page wrote twice.
  const text = tag
    .replaceAll('\\-', '-')
    .replaceAll('+/-', '±')
    .replace(/^[\s\ue001[({"'`]*(?=[\ue001]?-)/, (start) =>
      start.includes(ITALIC_START) ? ITALIC_START : '',
    );
  if (!/^\ue001?-/.test(text)) return null;
  const pieces = text
    .split(SEPARATOR)
    .map(readPiece)
    .filter((piece) => piece !== null);
  const [first] = pieces;
  if (!first) return null;
  const strongest = pieces.reduce(
    (best, piece) => (STRENGTH[piece.argument] > STRENGTH[best.argument] ? piece : best),
    first,
  );
  return {
    names: [...new Set(pieces.flatMap((piece) => piece.names.flatMap((name) => FAMILIES[name] ?? [name])))],
    argument: strongest.argument,
    argumentName: strongest.argumentName,
  };
}
