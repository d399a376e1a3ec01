import type { CommandSpec, OptionSpec } from './command-spec';

/** Options of `more` beside those of `first`; a spelling that both have keeps the meaning of the first. */
export function mergeOptions(first: readonly OptionSpec[], more: CommandSpec): OptionSpec[] {
  const merged = [...first];
  const places = new Map(
    first.flatMap((option, at) => option.names.map((name): [string, number] => [name, at])),
  );
  for (const option of more.options) {
    const unknown = option.names.filter((name) => !places.has(name));
    if (unknown.length > 0) {
      for (const name of unknown) places.set(name, merged.length);
      merged.push({ ...option, names: unknown, source: option.source ?? more.source });
      continue;
    }
    // The longest spelling tells the meaning: one letter means different things in variants of a program.
    const longest = option.names.reduce((best, name) => (name.length > best.length ? name : best), '');
    const at = places.get(longest);
    const known = at === undefined ? undefined : merged[at];
    if (at === undefined || !known) continue;
    const fills = known.description === '' && option.description !== '';
    merged[at] = {
      ...known,
      ...(fills ? { description: option.description, source: option.source ?? more.source } : {}),
      ...(option.dangerous ? { dangerous: true } : {}),
      ...(option.values && !known.values ? { values: option.values } : {}),
    };
  }
  return merged;
}

/** `spec`, with descriptions of long options taken from another variant of the program where it has none. */
export function describeFrom(spec: CommandSpec, variant: CommandSpec): CommandSpec {
  const words = new Map(
    variant.options.flatMap((option) => option.names.map((name) => [name, option.description])),
  );
  const options = spec.options.map((option) => {
    if (option.description !== '') return option;
    const long = option.names.find((name) => name.startsWith('--') && words.get(name));
    const description = long === undefined ? undefined : words.get(long);
    return description ? { ...option, description, source: variant.source } : option;
  });
  return { ...spec, options };
}

/**
 * A page, with flags of written data that it was taken to give a value: where it was not read whole, or where the value
 * is but the option's name again.
 */
export function flagsFrom(page: CommandSpec, written: CommandSpec): CommandSpec {
  const flags = new Set(
    written.options.filter(({ argument }) => argument === 'none').flatMap(({ names }) => names),
  );
  const isDoubtful = ({ names, argumentName }: OptionSpec) =>
    !page.complete || names.some((name) => name.replace(/^-+/, '') === argumentName);
  const options = page.options.map((option): OptionSpec => {
    const isFlag = option.argument === 'required' && option.names.every((name) => flags.has(name));
    return isFlag && isDoubtful(option) ? { ...option, argument: 'none', argumentName: '' } : option;
  });
  return { ...page, options };
}

function mergeSubcommands(parts: readonly CommandSpec[]): CommandSpec[] {
  const groups: CommandSpec[][] = [];
  const places = new Map<string, CommandSpec[]>();
  for (const part of parts) {
    for (const subcommand of part.subcommands) {
      let group = subcommand.names.map((name) => places.get(name)).find((one) => one !== undefined);
      if (group) group.push(subcommand);
      else {
        group = [subcommand];
        groups.push(group);
      }
      for (const name of subcommand.names) places.set(name, group);
    }
  }
  return groups.map(mergeSpecs);
}

/** The subcommand with options of the programs above it, on all levels below. */
function inherit(spec: CommandSpec, above: CommandSpec): CommandSpec {
  let options: readonly OptionSpec[] | undefined;
  let subcommands: readonly CommandSpec[] | undefined;
  return {
    names: spec.names,
    source: spec.source,
    get description() {
      return spec.description;
    },
    get options() {
      options ??= mergeOptions(spec.options, above);
      return options;
    },
    get subcommands() {
      subcommands ??= spec.subcommands.map((one) => inherit(one, above));
      return subcommands;
    },
    get takesSubcommand() {
      return spec.takesSubcommand;
    },
    get complete() {
      return spec.complete;
    },
    get optionStyle() {
      return spec.optionStyle;
    },
  };
}

/** Whether the first part's options are all, as far as the best source knows. A completion spec never outvotes a page. */
function isComplete(parts: readonly CommandSpec[]): boolean {
  const documented = parts.filter((part) => part.source.kind !== 'fig' && part.options.length > 0);
  return (documented.length > 0 ? documented : parts).some((part) => part.complete);
}

/**
 * One description of a command from several, best first. Options and subcommands are joined when they are read: those
 * of git or aws are many, and most questions are about one.
 */
export function mergeSpecs(parts: readonly CommandSpec[]): CommandSpec {
  const [first] = parts;
  if (!first) throw new Error('There is nothing to merge.');
  if (parts.length === 1) return first;
  let options: readonly OptionSpec[] | undefined;
  let subcommands: readonly CommandSpec[] | undefined;
  const giver = parts.find((part) => part.persistentOptions !== undefined);
  const persistent = giver ? { ...giver, options: giver.persistentOptions ?? [] } : null;
  return {
    names: [...new Set(parts.flatMap((part) => part.names))],
    description: parts.find((part) => part.description !== '')?.description ?? '',
    source: first.source,
    get options() {
      options ??= parts.slice(1).reduce<readonly OptionSpec[]>(mergeOptions, first.options);
      return options;
    },
    get subcommands() {
      subcommands ??= persistent
        ? mergeSubcommands(parts).map((one) => inherit(one, persistent))
        : mergeSubcommands(parts);
      return subcommands;
    },
    get takesSubcommand() {
      // A page's list of verbs does not say whether one must follow; data made for that does.
      const told = parts.filter((part) => part.takesSubcommand !== 'never');
      return (told.find((part) => part.source.kind !== 'man') ?? told[0])?.takesSubcommand ?? 'never';
    },
    get complete() {
      return isComplete(parts);
    },
    get optionStyle() {
      return (parts.find((part) => part.options.length > 0) ?? first).optionStyle;
    },
  };
}
