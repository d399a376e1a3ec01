/** Most fields of one line that are read, and how deep objects inside objects are. */
const FIELDS_MAX = 200;
const DEPTH_MAX = 4;

/**
 * Fields of a line that is a JSON object; nested ones have names with dots. It reads lines and skeletons alike, so
 * it is no JSON parser: digits in escapes may be folded, and the end may be cut off. Values of arrays are as written.
 */
export function jsonFields(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  new JsonReader(line, fields).object('', 0);
  return fields;
}

class JsonReader {
  private at: number;
  private readonly folded: boolean;

  constructor(
    private readonly text: string,
    private readonly fields: Map<string, string>,
  ) {
    this.at = text.indexOf('{');
    this.folded = !/\d\d/.test(text);
  }

  object(prefix: string, depth: number): void {
    const { text, fields } = this;
    this.at++;
    while (this.at < text.length && fields.size < FIELDS_MAX) {
      this.skip(' ,\t\r');
      if (text[this.at] !== '"') {
        this.at++;
        return;
      }
      const name = prefix + this.string();
      this.skip(' :\t\r');
      const start = text[this.at];
      if (start === '{' && depth < DEPTH_MAX) this.object(`${name}.`, depth + 1);
      else if (start === '"') this.put(name, this.string());
      else if (start === '[' || start === '{') this.put(name, this.bracketed());
      else this.put(name, this.bare());
    }
  }

  /** The first of several fields of one name counts. */
  private put(name: string, value: string): void {
    if (!this.fields.has(name)) this.fields.set(name, value);
  }

  private skip(characters: string): void {
    while (this.at < this.text.length && characters.includes(this.text[this.at] as string)) this.at++;
  }

  private string(): string {
    const start = ++this.at;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at];
      if (char === '\\') this.at++;
      else if (char === '"') return unescaped(this.text.slice(start, this.at++), this.folded);
    }
    return unescaped(this.text.slice(start), this.folded);
  }

  private bare(): string {
    const start = this.at;
    while (this.at < this.text.length && !',}] '.includes(this.text[this.at] as string)) this.at++;
    return this.text.slice(start, this.at);
  }

  /** An array, or an object too deep to be read, as it is written. */
  private bracketed(): string {
    const start = this.at;
    let depth = 0;
    while (this.at < this.text.length) {
      const char = this.text[this.at] as string;
      if (char === '"') {
        this.string();
        continue;
      }
      this.at++;
      if (char === '[' || char === '{') depth++;
      else if ((char === ']' || char === '}') && --depth === 0) break;
    }
    return this.text.slice(start, this.at);
  }
}

const ESCAPE = /\\(?:u001b\[[\d;]*[A-Za-z]|u([\da-fA-F]{4})|(.)|$)/gs;
/** In a skeleton runs of digits are one digit: `\u003c` is `\u1c`, and what other escapes were can't be told. */
const FOLDED_ESCAPE = /\\(?:u1b\[[\d;]*[A-Za-z]|u1(c|e)|(.)|$)/gs;

function unescaped(text: string, folded: boolean): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    folded ? FOLDED_ESCAPE : ESCAPE,
    (_, code: string | undefined, char: string | undefined) => {
      if (code !== undefined) {
        if (folded) return code === 'c' ? '<' : '>';
        return String.fromCharCode(Number.parseInt(code, 16));
      }
      if (char === 'n') return '\n';
      if (char === 't') return '\t';
      return char === undefined || 'rbf'.includes(char) ? '' : char;
    },
  );
}

const PAIR = /([\w.@-]+)=(?:"((?:[^"\\]|\\.)*)"?|([^\s"]*))(?:\s+|$)/y;

/** Fields of a line of `key=value` pairs from its start on; what is no pair ends them. */
export function logfmtFields(line: string): Map<string, string> {
  const fields = new Map<string, string>();
  PAIR.lastIndex = line.startsWith(' ') ? 1 : 0;
  for (let match = PAIR.exec(line); match !== null && fields.size < FIELDS_MAX; match = PAIR.exec(line)) {
    const [, name = '', quoted, bare = ''] = match;
    if (!fields.has(name)) fields.set(name, quoted === undefined ? bare : unescaped(quoted, false));
  }
  return fields;
}
