import type { TerminalState } from '../contract/pty';

/** Output in its order: text for the screen, and what was found in it. All but proven messages stays in the text. */
export type OutputPart =
  | { readonly kind: 'text'; readonly text: string }
  /** A message of our script in the shell, proven by its secret and taken out of the text. */
  | { readonly kind: 'message'; readonly fields: readonly string[] }
  | { readonly kind: 'alternate'; readonly on: boolean }
  | { readonly kind: 'bracketed-paste'; readonly on: boolean }
  | { readonly kind: 'folder'; readonly folder: NonNullable<TerminalState['claimedFolder']> };

/** The longest message that is waited for: a command of this length, with escapes. */
const LONGEST = 400_000;

// A terminal begins a sequence anew at each ESC, whatever came before, so these need no other context. The
// one-byte C1 forms are left out: nothing that insertion relies on is found by them.
const SEQUENCE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /\x1b(?:\[\?([\d;]{1,60})([hl])|\]633;([^\x07\x1b]*)\x07|\]7;([^\x07\x1b\x9c]{0,4096})(?:\x07|\x1b\\|\x9c)|(c))/g;
const UNFINISHED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /^\x1b(?:\[(?:\?[\d;]{0,60})?|\](?:6|63|633|633;[^\x07\x1b]*|7|7;[^\x07\x1b\x9c]{0,4096})?)?$/;

/** Reads a terminal's output as it comes, piece by piece. `secret` is known to the shell's own script alone. */
export class OutputScanner {
  readonly #ending: string;
  /** The beginning of a sequence whose rest has not come. */
  #held = '';

  constructor(secret: string) {
    this.#ending = `;${secret}`;
  }

  scan(output: string): OutputPart[] {
    let text = this.#held === '' ? output : this.#held + output;
    this.#held = '';
    const last = text.lastIndexOf('\x1b');
    if (last < 0) return [{ kind: 'text', text }];
    if (text.length - last < LONGEST && UNFINISHED.test(text.slice(last))) {
      this.#held = text.slice(last);
      text = text.slice(0, last);
    }
    return this.#parts(text);
  }

  /** What is still held back when the output is over. */
  rest(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  #parts(text: string): OutputPart[] {
    const parts: OutputPart[] = [];
    let from = 0;
    const textUpTo = (to: number) => {
      if (to > from) parts.push({ kind: 'text', text: text.slice(from, to) });
    };
    for (const match of text.matchAll(SEQUENCE)) {
      const end = match.index + match[0].length;
      if (match[3] !== undefined) {
        // Without the secret it is any program's text, and only the screen gets it.
        if (!match[3].endsWith(this.#ending)) continue;
        textUpTo(match.index);
        from = end;
        parts.push({ kind: 'message', fields: fieldsOf(match[3].slice(0, -this.#ending.length)) });
        continue;
      }
      const found = stateOf(match);
      if (found.length === 0) continue;
      textUpTo(end);
      from = end;
      parts.push(...found);
    }
    textUpTo(text.length);
    return parts;
  }
}

function stateOf([, modes, set, , url, reset]: RegExpMatchArray): OutputPart[] {
  if (url !== undefined) {
    const folder = claimedFolder(url);
    return folder ? [{ kind: 'folder', folder }] : [];
  }
  if (reset !== undefined) {
    return [
      { kind: 'alternate', on: false },
      { kind: 'bracketed-paste', on: false },
    ];
  }
  const on = set === 'h';
  return (modes ?? '').split(';').flatMap((mode): OutputPart[] => {
    if (mode === '47' || mode === '1047' || mode === '1049') return [{ kind: 'alternate', on }];
    return mode === '2004' ? [{ kind: 'bracketed-paste', on }] : [];
  });
}

/** Fields of a message: `\\` and `\xAB` stand for a backslash and a byte that can't be sent. */
function fieldsOf(message: string): string[] {
  return message
    .split(';')
    .map((field) =>
      field.replace(/\\(?:\\|x([0-9a-f]{2}))/gi, (_, code?: string) =>
        code === undefined ? '\\' : String.fromCharCode(Number.parseInt(code, 16)),
      ),
    );
}

/** A folder out of `file://HOST/PATH`; null where it is none, or holds what a title must not. */
function claimedFolder(url: string): NonNullable<TerminalState['claimedFolder']> | null {
  const parts = /^file:\/\/([^/]*)(\/.*)$/.exec(url);
  if (!parts) return null;
  try {
    const [host, path] = [parts[1] ?? '', decodeURIComponent(parts[2] ?? '')];
    return /[\p{C}\p{Zl}\p{Zp}]/u.test(host + path) ? null : { host, path };
  } catch {
    return null;
  }
}
