/** Around text set in italics: arguments are, so `-Olevel` and `-name` can be told apart. Removed from what is shown. */
export const ITALIC_START = '\ue001';
export const ITALIC_END = '\ue002';

export const plainText = (marked: string) => marked.replace(/[\ue001\ue002]/g, '');

/** Named characters that manual pages use, in ASCII where a reader would type it. */
const CHARACTERS = new Map(
  Object.entries({
    hy: '-', mi: '-', en: '–', em: '—', aq: "'", dq: '"', lq: '"', rq: '"', oq: "'", cq: "'", bu: '•', ha: '^',
    ti: '~', rs: '\\', at: '@', sh: '#', Do: '$', ga: '`', sl: '/', ul: '_', ba: '|', bv: '|', or: '|', lB: '[',
    rB: ']', lC: '{', rC: '}', la: '<', ra: '>', co: '©', rg: '®', tm: '™', mu: 'x', pl: '+', eq: '=', '<=': '<=',
    '>=': '>=', '!=': '!=', '->': '->', '<-': '<-', Bq: '"', bq: "'", '+-': '+/-', de: '°', ps: '¶', sc: '§', ss: 'ß',
    Fo: '«', Fc: '»', fo: '<', fc: '>', R: '®', S: '', Tm: '™', Aq: "'", 'C`': '"', "C'": '"', 'L"': '"', 'R"': '"',
  }),
); // biome-ignore format: a table

/** Escapes with a two-letter, bracketed or one-letter name, or a quoted argument, and all others of one letter. */
const ESCAPE =
  /\\(?:\*?\[([^\]]*)\]|\*?\((..)|\*(.)|f(?:\[([^\]]*)\]|\((..)|(.))|[hvwloLDbNxXZHSR]'([^']*)'|s(?:\(..|\[[^\]]*\]|'[^']*'|[+-]?(?:\d\d?|\(..))|[nkgYFmMV](?:\[[^\]]*\]|\(..|[+-]?.)|\$(?:\[[^\]]*\]|.)|(.)|$)/g;

/** Turns roff text into plain text with italics marked. Knows the strings that the page defined. */
export class RoffText {
  private readonly strings = new Map<string, string>();

  define(name: string, value: string): void {
    this.strings.set(name, value);
  }

  /** `source` without the leading macro. Fonts end with the line: no tag is set over several. */
  read(source: string, startsItalic = false): string {
    if (source === '') return '';
    if (!source.includes('\\')) return startsItalic ? ITALIC_START + source + ITALIC_END : source;
    let isItalic = startsItalic;
    let before = startsItalic;
    const text = source
      .replace(/\\["#].*$/, '')
      .replace(ESCAPE, (whole, bracketed, two, string, fontLong, fontTwo, font, quoted, single) => {
        const named: string | undefined = bracketed ?? two ?? (whole.startsWith('\\*') ? string : undefined);
        if (named !== undefined) return this.character(named, whole.startsWith('\\*'));
        const face: string | undefined = fontLong ?? fontTwo ?? font;
        if (face !== undefined) {
          const wasItalic = isItalic;
          isItalic = face === 'P' ? before : /^(?:I|2|BI|CI|4|VI)$/.test(face);
          before = wasItalic;
          return wasItalic === isItalic ? '' : isItalic ? ITALIC_START : ITALIC_END;
        }
        if (quoted !== undefined) return whole[1] === 'N' ? String.fromCodePoint(Number(quoted) || 32) : '';
        return single === undefined ? '' : this.single(single);
      });
    const marked = (startsItalic ? ITALIC_START : '') + text + (isItalic ? ITALIC_END : '');
    return marked.replaceAll(ITALIC_START + ITALIC_END, '');
  }

  private character(name: string, isString: boolean): string {
    const defined = isString ? this.strings.get(name) : undefined;
    if (defined !== undefined) return defined;
    const unicode = /^u([0-9A-Fa-f]{4,6})$/.exec(name)?.[1];
    if (unicode) return String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(unicode, 16)));
    return CHARACTERS.get(name) ?? '';
  }

  private single(letter: string): string {
    if (letter === '-') return '-';
    if (letter === 'e' || letter === '\\') return '\\';
    if (letter === ' ' || letter === '~' || letter === '0' || letter === 't') return ' ';
    if (letter === "'" || letter === '`' || letter === '.') return letter;
    return /[&|^/,%:cpudza!?){}]/.test(letter) ? '' : letter;
  }
}

/** Arguments of a macro line: words, or "quoted ones" in which "" is a quote. */
export function macroArguments(rest: string): string[] {
  const found: string[] = [];
  const word = /"((?:[^"]|"")*)"?|((?:\\ |\S)+)/g;
  for (const [, quoted, bare] of rest.matchAll(word)) found.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
  return found;
}
