/** A name in a program's text. */
export interface CodeWord {
  readonly text: string;
  /** It follows a dot: a method or attribute. */
  readonly dotted: boolean;
  readonly called: boolean;
  /** What the word before it is, '' at the start. */
  readonly before: string;
}

export interface CodeStyle {
  readonly lineComment: RegExp;
  /** Opens code inside a string: `${` in JavaScript, `#{` in Ruby, `{` in Python's f-strings. */
  readonly interpolation: RegExp | null;
  /** Quotes in which interpolation counts. */
  readonly interpolated: RegExp;
}

export interface CodeText {
  readonly words: readonly CodeWord[];
  /** The text with strings emptied. */
  readonly bare: string;
}

const STRING = /([A-Za-z]{0,2})("""|'''|"|'|`)([\s\S]*?)(?<!(?<!\\)(?:\\\\)*\\)\2/y;

/**
 * Names of a short program, without its grammar. Good enough to tell that a one-liner uses nothing but
 * what is on a list; whatever is not understood leaves names behind that are on no list.
 */
export function codeWords(code: string, style: CodeStyle): CodeText {
  let bare = '';
  let at = 0;
  while (at < code.length) {
    const rest = code.slice(at);
    const comment = style.lineComment.exec(rest);
    if (comment?.index === 0) {
      at += comment[0].length;
      continue;
    }
    STRING.lastIndex = at;
    const afterName = /\w/.test(code[at - 1] ?? '');
    const string = afterName && /\w/.test(code[at] ?? '') ? null : STRING.exec(code);
    if (string) {
      const [whole, prefix = '', quote = '', body = ''] = string;
      const inside =
        style.interpolation && style.interpolated.test(prefix + quote)
          ? interpolations(body, style.interpolation)
          : [];
      bare += ` "" ${inside.map((each) => `(${each})`).join(' ')}`;
      at += whole.length;
      continue;
    }
    bare += code[at];
    at += 1;
  }
  const words: CodeWord[] = [];
  for (const match of bare.matchAll(/(\.\s*)?([A-Za-z_$][\w$]*[?!]?)(\s*\()?/g)) {
    const [, dot, text = '', call] = match;
    const number = /[0-9]$/.test(bare.slice(0, match.index));
    if (number && !dot) continue;
    words.push({
      text,
      dotted: dot !== undefined,
      called: call !== undefined,
      before: words.at(-1)?.text ?? '',
    });
  }
  return { words, bare };
}

function interpolations(body: string, open: RegExp): string[] {
  const found: string[] = [];
  for (const match of body.matchAll(new RegExp(open, 'g'))) {
    const from = match.index + match[0].length;
    let depth = 1;
    let at = from;
    while (at < body.length && depth > 0) {
      if (body[at] === '{') depth += 1;
      if (body[at] === '}') depth -= 1;
      at += 1;
    }
    found.push(body.slice(from, at - 1));
  }
  return found;
}
