import type { CommandSpec, OptionArgument, OptionSpec } from '../command-spec';
import { firstSentence } from '../first-sentence';
import { readOptionTag, type TagOption } from './option-tag';
import { type ManPage, type PageItem, readPage } from './read-page';
import { plainText } from './roff-text';

/** Sections whose lists are about something else, even where an entry starts with a dash. */
const NO_OPTIONS =
  /^(?:EXAMPLES?|SEE ALSO|EXIT (?:STATUS|CODES?)|RETURN VALUES?|ENVIRONMENT.*|FILES|BUGS|HISTORY|AUTHORS?|COPYRIGHT|REPORTING BUGS|NAME|STANDARDS|DIAGNOSTICS|CONDITIONAL EXPRESSIONS|SHELL BUILTIN COMMANDS)$/i;
const COMMAND_SECTION = /\b(?:SUB)?COMMANDS?\b/i;
/** Shells also take the options of their `set`, which no page lists as its own. */
const SHELLS = new Set(['sh', 'bash', 'rbash', 'dash', 'zsh', 'ksh', 'mksh', 'ash']);
export const isShell = (program: string): boolean => SHELLS.has(program);
const LONGEST_DESCRIPTION = 200;

const sentenceOf = (body: string) => firstSentence(plainText(body), LONGEST_DESCRIPTION);

/** `expr1 -o expr2`: an operator between arguments, as find has them. */
const OPERATOR = /^\ue001?expr1?\ue002?\s+(-[a-z]+)\s/;

/** An option that is entered with a value and without one may be written both ways. */
function joinArguments(first: OptionArgument, second: OptionArgument): OptionArgument {
  if (first === second) return first;
  if (first === 'several' || second === 'several') return 'several';
  return 'optional';
}

const isLetter = (name: string) => /^-[^-]$/.test(name);

/** Two entries of one long option whose letters stand for different fixed values of it. */
const isShorthand = (first: TagOption, second: TagOption): boolean =>
  first.argument === 'required' &&
  second.argument === 'required' &&
  first.argumentName.toLowerCase() !== second.argumentName &&
  [first, second].every(
    ({ names, argumentName }) => !names.some(isLetter) || /^[a-z]+$/.test(argumentName),
  ) &&
  second.names.some((name) => name.startsWith('--') && first.names.includes(name)) &&
  second.names.some((name) => isLetter(name) && !first.names.includes(name));

/** Options of a page, in its order; an entry without text of its own has that of the next one. */
function readOptions(page: ManPage): { options: OptionSpec[]; unread: number } {
  const options: OptionSpec[] = [];
  const places = new Map<string, number>();
  const listOf = (item: PageItem) => `${item.section}\n${item.subsection}`;
  const lists: string[] = [];
  const isNew = (name: string, list: string) => {
    const place = places.get(name);
    return place === undefined || lists[place] === list;
  };
  let unread = 0;
  const waiting: number[] = [];
  for (const item of page.items) {
    const { tag, section, body } = item;
    const operator = OPERATOR.exec(tag)?.[1];
    const startsWithDash = /^[\s\ue001[({"'`]*-/.test(tag);
    if (NO_OPTIONS.test(section) || !(operator || startsWithDash)) {
      waiting.length = 0;
      continue;
    }
    let read = readOptionTag(operator ?? tag);
    if (!read) {
      if (/^[\s\ue001]*--?[A-Za-z[]/.test(tag)) unread += 1;
      continue;
    }
    // In another list a known option is only talked about, as `-name` with a certain value.
    const names = read.names.filter((name) => isNew(name, listOf(item)));
    if (names.length === 0) continue;
    read = { ...read, names };
    const description = sentenceOf(body);
    const known = read.names.map((name) => places.get(name)).find((place) => place !== undefined);
    const before = known === undefined ? undefined : options[known];
    if (known !== undefined && before && isShorthand(before, read)) {
      // '-c, --order=cpu' beside '-m, --order=memory': each letter stands for one value, and takes none.
      const letters = [before, read].flatMap(({ names }, at) =>
        names.filter(isLetter).map((name) => ({ name, description: at ? description : before.description })),
      );
      options[known] = { ...before, names: before.names.filter((name) => !isLetter(name)) };
      for (const { name, description: means } of letters) {
        places.set(name, options.length);
        options.push({ names: [name], argument: 'none', argumentName: '', description: means });
        lists.push(listOf(item));
      }
      continue;
    }
    if (known !== undefined && before) {
      const added = read.names.filter((name) => !places.has(name));
      options[known] = {
        ...before,
        names: [...before.names, ...added],
        argument: joinArguments(before.argument, read.argument),
        argumentName: before.argumentName || read.argumentName,
      };
      for (const name of added) places.set(name, known);
      continue;
    }
    for (const name of read.names) places.set(name, options.length);
    options.push({ ...read, description });
    lists.push(listOf(item));
    if (description === '') waiting.push(options.length - 1);
    else {
      for (const place of waiting.splice(0)) {
        const option = options[place];
        if (option) options[place] = { ...option, description };
      }
    }
  }
  return { options, unread };
}

/** Switches that stand in the synopsis alone: '[-V]', '[--all]', '[-46A]'. */
function withSynopsis(page: ManPage, options: OptionSpec[]): OptionSpec[] {
  const names = new Set(options.flatMap((option) => option.names));
  const isWhole = optionStyle(options) === 'whole';
  const added: OptionSpec[] = [];
  for (const [, word = ''] of plainText(page.synopsis).matchAll(/\[\s*(--[a-z][\w-]*|-[\w?]+)\s*\]/g)) {
    const spelled =
      word.startsWith('--') || isWhole ? [word] : [...word.slice(1)].map((letter) => `-${letter}`);
    for (const name of spelled) {
      if (names.has(name)) continue;
      names.add(name);
      added.push({ names: [name], argument: 'none', argumentName: '', description: '' });
    }
  }
  return [...options, ...added];
}

/** Options that a piece of text names, dashes included. */
function mentioned(text: string): Set<string> {
  const found = plainText(text).matchAll(/(?<![\w/.-])(--[a-z][\w-]*[\w]|-[A-Za-z0-9]\w*)/g);
  return new Set([...found].map(([, name = '']) => name));
}

/** All options of the synopsis, and nearly all long ones of the text, stand in the list. */
function isWhole(page: ManPage, options: readonly OptionSpec[], unread: number): boolean {
  if (options.length === 0 || unread > 0) return false;
  // A signal's name is written as an option; git's log family takes what rev-list does.
  if (/-sig(?:nal)?\b/i.test(plainText(page.synopsis)) || /\brev-list\b/.test(page.text)) return false;
  const names = new Set(options.flatMap((option) => option.names));
  if (page.items.some((item) => /^-sig/i.test(plainText(item.tag)))) return false;
  const isKnown = (word: string) =>
    names.has(word.replace(/^--no-/, '--')) ||
    names.has(word) ||
    (!word.startsWith('--') &&
      [...word.slice(1)].every((letter) => names.has(`-${letter}`) || /\d/.test(letter))) ||
    (!word.startsWith('--') && names.has(word.slice(0, 2)));
  if (![...mentioned(page.synopsis)].every(isKnown)) return false;
  const long = [...mentioned(page.text)].filter((word) => word.startsWith('--'));
  // Pages also name options of other programs, and prefixes such as --no-.
  return long.filter((word) => !isKnown(word)).length <= Math.max(1, long.length * 0.08);
}

function optionStyle(options: readonly OptionSpec[]): CommandSpec['optionStyle'] {
  const dash = options
    .flatMap((option) => option.names)
    .filter((name) => /^-[^-]/.test(name) && name !== '-NUM');
  const words = dash.filter((name) => name.length > 2);
  return words.length >= 3 && words.length >= dash.length * 0.3 ? 'whole' : 'clustered';
}

/** The page's options may stand behind its verbs too. */
type Common = Pick<CommandSpec, 'source' | 'options' | 'complete' | 'optionStyle'>;

/** Verbs of tools like systemctl, from a section COMMANDS; shells and editors have such sections without taking any. */
function readSubcommands(page: ManPage, program: string, common: Common): CommandSpec[] {
  if (
    !/\b(?:sub)?commands?\b|\bverb\b|\bobject\b/i.test(plainText(page.synopsis).replace(/\[--[^\]]*\]/g, ''))
  )
    return [];
  const found = new Map<string, CommandSpec>();
  const take = (item: PageItem) => {
    const plain = plainText(item.tag)
      .replace(/\(\d\w*\)/g, '')
      .trim();
    const own =
      plain.startsWith(`${program}-`) || plain.startsWith(`${program} `)
        ? plain.slice(program.length + 1)
        : plain;
    const names = own
      .split(/\s*,\s*(?=[a-z][\w-]*(?:\s|,|$))/)
      .map((word) => /^[a-z][a-z0-9_-]*(?=$|[\s[<(])/.exec(word)?.[0]);
    const [name] = names;
    if (item.tag.startsWith('\ue001') && !plain.startsWith(`${program}-`)) return;
    if (name === undefined || found.has(name)) return;
    found.set(name, {
      ...common,
      names: names.filter((one) => one !== undefined),
      description: sentenceOf(item.body),
      subcommands: [],
      takesSubcommand: 'never',
    });
  };
  const items = page.items.filter(
    ({ section }) => COMMAND_SECTION.test(section) && !/BUILTIN|INTERACTIVE/i.test(section),
  );
  // Where the commands are options (gpg, dpkg), words among them are letters of a status or of a dialogue.
  const dashed = items.filter(({ tag }) => /^[\s\ue001]*-/.test(tag)).length;
  if (dashed * 2 > items.length) return [];
  for (const item of items) take(item);
  return [...found.values()];
}

/** What a manual page says of `program`; null where the source is no page with a NAME section. */
export function readManSpec(source: string, program: string, section: string): CommandSpec | null {
  const page = readPage(source);
  const [, names = '', description = ''] =
    /^(.*?)\s+(?:-{1,2}|—|–)\s+(.*)$/s.exec(plainText(page.name)) ?? [];
  if (!names) return null;
  const { options: listed, unread } = readOptions(page);
  const options = listed.length === 0 ? [] : withSynopsis(page, listed);
  const common: Common = {
    source: { kind: 'man', name: `man ${program}(${section})` },
    options,
    complete: !SHELLS.has(program) && isWhole(page, options, unread),
    optionStyle: optionStyle(options),
  };
  const subcommands = readSubcommands(page, program, common);
  return {
    ...common,
    names: [program],
    description: firstSentence(description, LONGEST_DESCRIPTION),
    subcommands,
    takesSubcommand: subcommands.length === 0 ? 'never' : 'optional',
  };
}
