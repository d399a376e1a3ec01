import { ITALIC_END, ITALIC_START, macroArguments } from './roff-text';

/** Macros of mdoc(7) that enclose the rest of their line, and those that open and close over several. */
const ENCLOSE: Record<string, readonly [string, string]> = {
  Op: ['[', ']'], Bq: ['[', ']'], Pq: ['(', ')'], Aq: ['<', '>'], Brq: ['{', '}'], Dq: ['"', '"'], Qq: ['"', '"'],
  Sq: ["'", "'"], Ql: ["'", "'"],
}; // biome-ignore format: a table
const OPEN: Record<string, string> = {
  Oo: '[',
  Bo: '[',
  Po: '(',
  Ao: '<',
  Bro: '{',
  Do: '"',
  Qo: '"',
  So: "'",
};
const CLOSE: Record<string, string> = {
  Oc: ']',
  Bc: ']',
  Pc: ')',
  Ac: '>',
  Brc: '}',
  Dc: '"',
  Qc: '"',
  Sc: "'",
};
/** Set their arguments as they are, in some font. */
const PLAIN = new Set(
  'Cm Ic Li Nm Pa Ev Va Dv Sy Em Er Fn Ft Tn No An Ad Cd Fa Vt Ms Lk Mt In St At Bx Bsx Nx Fx Ox Dx Ux Rs'.split(
    ' ',
  ),
);
const PUNCTUATION = /^[.,;:)\]?!]+$/;

/** Joins words of mdoc lines; spacing can be switched off by Sm and Ns. */
export class MdocText {
  private spaced = true;
  /** Name of the page's program, which a bare Nm stands for. */
  name = '';

  /** The text of a macro line, with italics marked. `read` turns the escapes of one word into text. */
  line(macro: string, rest: string, read: (text: string) => string): string {
    const words = [macro, ...macroArguments(rest)];
    let text = '';
    let glue = false;
    let ends = '';
    let current = '';
    const add = (piece: string, attach = false) => {
      const tight = text === '' || attach || glue || !this.spaced || /[[(<{]$/.test(text);
      text += (tight ? '' : ' ') + piece;
      glue = false;
    };
    const argument = (word: string) => {
      if (PUNCTUATION.test(word)) add(word, true);
      else if (current === 'Fl') add(`-${word}`);
      else if (current === 'Ar') add(`${ITALIC_START}${word}${ITALIC_END}`);
      else if (current === 'Xr') {
        add(/^\d\w*$/.test(word) ? `(${word})` : word, /^\d\w*$/.test(word));
      } else add(word);
    };
    let count = 0;
    const finish = () => {
      if (count > 0) return;
      if (current === 'Fl') add('-');
      else if (current === 'Ar') add(`${ITALIC_START}file ...${ITALIC_END}`);
      else if (current === 'Nm' && this.name) add(this.name);
    };
    for (const word of words) {
      const enclosing = Object.hasOwn(ENCLOSE, word) ? ENCLOSE[word] : undefined;
      const isMacro = /^[A-Z][a-z]{1,2}$/.test(word);
      if (
        isMacro &&
        (enclosing ||
          word in OPEN ||
          word in CLOSE ||
          PLAIN.has(word) ||
          /^(?:Fl|Ar|Xr|Ns|Pf|Xo|Xc|Ap|Sm|It|Nd)$/.test(word))
      ) {
        finish();
        current = word;
        count = word === 'Fl' || word === 'Ar' || word === 'Nm' ? 0 : 1;
        if (enclosing) {
          add(enclosing[0]);
          ends = enclosing[1] + ends;
        } else if (word in OPEN) add(OPEN[word] ?? '');
        else if (word in CLOSE) add(CLOSE[word] ?? '', true);
        else if (word === 'Ns') glue = true;
        else if (word === 'Ap') add("'", true);
        continue;
      }
      if (current === 'Sm') {
        this.spaced = word !== 'off';
        continue;
      }
      if (word === '|' && current !== '') {
        finish();
        count = 1;
        add('|');
        continue;
      }
      // Flags and arguments are several pieces each; prose is joined as it stands.
      argument(read(word));
      count += PUNCTUATION.test(word) ? 0 : 1;
      if (current === 'Pf') glue = true;
    }
    finish();
    return text + ends;
  }
}
