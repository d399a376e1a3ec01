import type { CommandSpec, KnowledgeSource, OptionArgument, OptionSpec } from '../command-spec';

/** Letters of `OptionArgument`: the file holds a hundred thousand of them. */
const ARGUMENTS: Record<string, OptionArgument> = { n: 'none', o: 'optional', r: 'required', s: 'several' };
export const ARGUMENT_LETTERS = { none: 'n', optional: 'o', required: 'r', several: 's' } as const;

const SUBCOMMAND_RULES = { r: 'required', o: 'optional', n: 'never' } as const;

/** names, argument letter with 'p' for persistent and '!' for dangerous, argument name, description */
export type PackedOption = readonly [
  names: string[],
  flags: string,
  argumentName: string,
  description: string,
];

/** A spec as it lies in the file. Absent keys are empty. */
export interface PackedSpec {
  readonly n: readonly string[];
  readonly d?: string;
  readonly o?: readonly PackedOption[];
  readonly s?: readonly PackedSpec[];
  /** Whether a subcommand follows; 'never' where absent. */
  readonly t?: keyof typeof SUBCOMMAND_RULES;
  /** All of it could be read off the syntax. */
  readonly c?: 1;
  /** optionStyle 'whole' */
  readonly w?: 1;
  /** Another block of the file that holds options and subcommands, such as 'aws/s3'. */
  readonly l?: string;
}

/** Reads a block of the file; null where there is none. */
export type LoadBlock = (name: string) => PackedSpec | null;

interface Inherited {
  readonly options: readonly OptionSpec[];
  readonly source: KnowledgeSource;
  readonly style: CommandSpec['optionStyle'];
  readonly load: LoadBlock;
  /** Only then is what was read whole taken as all that there is. */
  readonly trusted: boolean;
  /** Blocks above this one: two specs may load each other (sudo, time). */
  readonly above: readonly string[];
}

function unpackOption([names, flags, argumentName, description]: PackedOption): OptionSpec {
  const argument = ARGUMENTS[flags[0] ?? 'n'] ?? 'none';
  return { names, argument, argumentName, description, ...(flags.includes('!') ? { dangerous: true } : {}) };
}

/**
 * Opens a packed spec; `trusted` where it lists all options. Subcommands are opened when they are read: those of cloud tools are ten thousand, in blocks of
 * their own. Options that the source calls persistent stand with each subcommand, as they may be written there.
 */
export function unpackSpec(
  packed: PackedSpec,
  source: KnowledgeSource,
  load: LoadBlock,
  trusted: boolean,
): CommandSpec {
  return unpack(packed, { options: [], source, style: 'clustered', load, trusted, above: [] });
}

function unpack(packed: PackedSpec, inherited: Inherited): CommandSpec {
  let body: Pick<
    CommandSpec,
    'options' | 'subcommands' | 'complete' | 'takesSubcommand' | 'optionStyle'
  > | null = null;
  const open = () => {
    body ??= unpackBody(packed, inherited);
    return body;
  };
  return {
    names: packed.n,
    description: packed.d ?? '',
    source: inherited.source,
    get options() {
      return open().options;
    },
    get subcommands() {
      return open().subcommands;
    },
    get takesSubcommand() {
      return open().takesSubcommand;
    },
    get complete() {
      return open().complete;
    },
    get optionStyle() {
      return open().optionStyle;
    },
  };
}

function unpackBody(packed: PackedSpec, inherited: Inherited) {
  const reachable = packed.l !== undefined && !inherited.above.includes(packed.l);
  const loaded = reachable ? inherited.load(packed.l) : null;
  const parts = loaded ? [packed, loaded] : [packed];
  const optionStyle: CommandSpec['optionStyle'] = parts.some((part) => part.w) ? 'whole' : inherited.style;
  const own = parts.flatMap((part) => part.o ?? []).map((option) => ({ option, spec: unpackOption(option) }));
  const persistent = own.filter(({ option }) => option[1].includes('p')).map(({ spec }) => spec);
  const taken = new Set(own.flatMap(({ spec }) => spec.names));
  const fromAbove = inherited.options.filter((option) => !option.names.some((name) => taken.has(name)));
  const below: Inherited = {
    ...inherited,
    options: [...persistent, ...fromAbove],
    style: optionStyle,
    above: packed.l === undefined ? inherited.above : [...inherited.above, packed.l],
  };
  const rule = parts.findLast((part) => part.t)?.t ?? 'n';
  return {
    options: [...own.map(({ spec }) => spec), ...fromAbove],
    subcommands: parts.flatMap((part) => part.s ?? []).map((one) => unpack(one, below)),
    takesSubcommand: SUBCOMMAND_RULES[rule],
    // Without any option the spec says nothing about options.
    complete: inherited.trusted && own.length > 0 && (packed.l === undefined ? packed.c : loaded?.c) === 1,
    optionStyle,
  };
}
