import type { Arg } from './args';

export interface ReadOption {
  /** As written, without the value: '-n', '--namespace'. */
  readonly name: string;
  readonly value: Arg | null;
  readonly arg: Arg;
}

export interface ReadArgs {
  readonly options: readonly ReadOption[];
  readonly operands: readonly Arg[];
  /** What follows the first operand, read or not; and what follows `--`. */
  readonly rest: readonly Arg[];
  readonly afterDashes: readonly Arg[] | null;
}

export interface OptionStyle {
  /** Options whose value is the next word, separated by blanks. */
  readonly valued?: string | undefined;
  /** One dash starts a whole word: `-name x`. */
  readonly whole?: boolean | undefined;
  /** The first operand ends the options, as for sudo or env: what follows belongs to another command. */
  readonly stopAtOperand?: boolean | undefined;
}

const sets = new Map<string, ReadonlySet<string>>();

/** A set of the words in a text, made once. */
export function wordSet(words: string): ReadonlySet<string> {
  let set = sets.get(words);
  if (!set) {
    set = new Set(words.split(/\s+/).filter((word) => word !== ''));
    sets.set(words, set);
  }
  return set;
}

/** Takes arguments apart by the rules of POSIX and GNU: clusters, attached values, `--opt=value`, `--`. */
export function readArgs(args: readonly Arg[], style: OptionStyle): ReadArgs {
  const valued = wordSet(style.valued ?? '');
  const options: ReadOption[] = [];
  const operands: Arg[] = [];
  let at = 0;
  let afterDashes: readonly Arg[] | null = null;
  for (; at < args.length; at += 1) {
    const arg = args[at] as Arg;
    const { text } = arg;
    if (text === '--') {
      afterDashes = args.slice(at + 1);
      operands.push(...afterDashes);
      break;
    }
    if (!text.startsWith('-') || text === '-') {
      operands.push(arg);
      if (style.stopAtOperand) break;
      continue;
    }
    const equals = text.indexOf('=');
    if (text.startsWith('--') || style.whole) {
      const name = equals > 0 ? text.slice(0, equals) : text;
      const attached = equals > 0 ? { ...arg, text: text.slice(equals + 1) } : null;
      const takesNext = !attached && valued.has(name);
      options.push({ name, value: attached ?? (takesNext ? (args[at + 1] ?? null) : null), arg });
      if (takesNext) at += 1;
      continue;
    }
    for (let letter = 1; letter < text.length; letter += 1) {
      const name = `-${text[letter]}`;
      if (!valued.has(name)) {
        options.push({ name, value: null, arg });
        continue;
      }
      const attached = text.slice(letter + 1);
      options.push({
        name,
        value: attached === '' ? (args[at + 1] ?? null) : { ...arg, text: attached },
        arg,
      });
      if (attached === '') at += 1;
      break;
    }
  }
  const first = operands[0];
  const rest = first ? args.slice(args.indexOf(first) + 1) : [];
  return { options, operands, rest, afterDashes };
}

export const hasOption = (read: ReadArgs, names: string): boolean => {
  const wanted = wordSet(names);
  return read.options.some(({ name }) => wanted.has(name));
};

export const optionValues = (read: ReadArgs, names: string): Arg[] => {
  const wanted = wordSet(names);
  return read.options.flatMap(({ name, value }) => (wanted.has(name) && value ? [value] : []));
};

/** The first operand and all that follows it, options included: what a wrapper runs. */
export function commandIn({ operands, afterDashes, rest }: ReadArgs): readonly Arg[] {
  const [first] = operands;
  return first ? [first, ...(afterDashes ? operands.slice(1) : rest)] : [];
}

/** Words joined by blanks, as ssh, eval and watch build their code. */
export function joinArgs(args: readonly Arg[]): Arg | null {
  const [first] = args;
  const last = args.at(-1);
  if (!first || !last) return null;
  return {
    text: args.map(({ text }) => text).join(' '),
    known: args.every(({ known }) => known),
    glob: false,
    fresh: false,
    start: first.start,
    end: last.end,
  };
}
