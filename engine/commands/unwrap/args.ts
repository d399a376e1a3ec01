import type { Word, WordPart } from '../parse/syntax';
import type { Variables } from './known-variables';

/** Stands in an argument's text for a stretch that only the machine knows. */
export const UNKNOWN = '\uFFFC';

/** One argument as the program gets it, as far as the text tells. */
export interface Arg {
  /** The value; unknown stretches are the character UNKNOWN. */
  readonly text: string;
  readonly known: boolean;
  /** The shell puts the names of files in its place. */
  readonly glob: boolean;
  /** The value of a fresh file from mktemp. */
  readonly fresh: boolean;
  readonly start: number;
  readonly end: number;
}

/** Text and, for each character, where it comes from: Quoted, Plain, Glob, Unknown, or Split (an unquoted variable). */
interface Cells {
  readonly text: string;
  readonly marks: string;
}
const MAX_BRACES = 64;

/** The arguments that a word becomes: brace lists give several, an unquoted variable with blanks as well. */
export function argsOf(word: Word, variables: Variables): Arg[] {
  if (word.literal !== null) return [plainArg(word.literal, word)];
  const cells = word.parts
    .map((part) => cellsOf(part, variables))
    .reduce((all, next) => ({ text: all.text + next.text, marks: all.marks + next.marks }), {
      text: '',
      marks: '',
    });
  const fresh = word.parts.length > 0 && word.parts.every((part) => isFresh(part, variables));
  return expandBraces(cells)
    .flatMap(splitFields)
    .map(({ text, marks }) => ({
      text,
      known: !marks.includes('U'),
      glob: marks.includes('G'),
      fresh,
      start: word.start,
      end: word.end,
    }));
}

export const plainArg = (text: string, { start, end }: { start: number; end: number }): Arg => ({
  text,
  known: !text.includes(UNKNOWN),
  glob: false,
  fresh: false,
  start,
  end,
});

/** The only argument of a word; unknown where it may be none or several. */
export function argOf(word: Word, variables: Variables): Arg {
  const [first, ...more] = argsOf(word, variables);
  return first && more.length === 0 ? first : plainArg(UNKNOWN, word);
}

const marked = (text: string, mark: string): Cells => ({ text, marks: mark.repeat(text.length) });

function cellsOf(part: WordPart, variables: Variables): Cells {
  switch (part.kind) {
    case 'literal':
      return marked(part.value, part.quoted ? 'Q' : 'P');
    case 'glob':
      return marked(part.value, 'G');
    case 'expansion': {
      const value = part.operator === '' ? variables.value(part.name) : null;
      return value === null ? marked(UNKNOWN, 'U') : marked(value, part.quoted ? 'Q' : 'S');
    }
    case 'substitution': {
      const output = variables.output(part.script);
      return output === null
        ? marked(UNKNOWN, 'U')
        : marked(output.replace(/\n+$/, ''), part.quoted ? 'Q' : 'S');
    }
    // A pipe under /dev/fd: nothing that could be overwritten.
    case 'process':
      return marked('/dev/fd/63', 'Q');
    case 'arithmetic':
      return marked(UNKNOWN, 'U');
  }
}

function isFresh(part: WordPart, variables: Variables): boolean {
  if (part.kind === 'literal') return part.value === '';
  if (part.kind === 'expansion') return part.operator === '' && variables.isFresh(part.name);
  return part.kind === 'substitution' && isMktemp(part.script.statements);
}

export function isMktemp(statements: readonly { kind: string }[]): boolean {
  const [only] = statements;
  if (statements.length !== 1 || only?.kind !== 'command') return false;
  const { words } = only as unknown as { words: readonly Word[] };
  return words[0]?.literal === 'mktemp';
}

/** `{a,b}` of unquoted braces; a range `{1..3}` stays as it is, since no program is named by one. */
function expandBraces(cells: Cells): Cells[] {
  const pending = [cells];
  const done: Cells[] = [];
  while (pending.length > 0 && pending.length + done.length < MAX_BRACES) {
    const next = pending.pop() as Cells;
    const list = findBraceList(next);
    if (!list) done.push(next);
    else pending.push(...list.reverse());
  }
  return [...done, ...pending];
}

function findBraceList({ text, marks }: Cells): Cells[] | null {
  for (let open = 0; open < text.length; open += 1) {
    if (text[open] !== '{' || marks[open] !== 'P') continue;
    const commas: number[] = [];
    let depth = 0;
    for (let at = open + 1; at < text.length; at += 1) {
      const plain = marks[at] === 'P';
      if (plain && text[at] === '{') depth += 1;
      else if (plain && text[at] === ',' && depth === 0) commas.push(at);
      else if (plain && text[at] === '}' && depth > 0) depth -= 1;
      else if (plain && text[at] === '}') {
        if (commas.length === 0) break;
        const cuts = [open, ...commas, at];
        const part = (from: number, to: number) => ({
          text: text.slice(from, to),
          marks: marks.slice(from, to),
        });
        return cuts.slice(0, -1).map((cut, index) => {
          const pieces = [part(0, open), part(cut + 1, cuts[index + 1] ?? at), part(at + 1, text.length)];
          return {
            text: pieces.map((each) => each.text).join(''),
            marks: pieces.map((each) => each.marks).join(''),
          };
        });
      }
    }
  }
  return null;
}

function splitFields(cells: Cells): Cells[] {
  const { text, marks } = cells;
  if (!marks.includes('S')) return [cells];
  const fields: Cells[] = [];
  let from = 0;
  const push = (to: number) => {
    if (to > from) fields.push({ text: text.slice(from, to), marks: marks.slice(from, to) });
  };
  for (let at = 0; at < text.length; at += 1)
    if (marks[at] === 'S' && /\s/.test(text[at] ?? '')) {
      push(at);
      from = at + 1;
    }
  push(text.length);
  return fields.map((field) =>
    /[*?[]/.test(field.text) ? { ...field, marks: field.marks.replace(/S/g, 'G') } : field,
  );
}
