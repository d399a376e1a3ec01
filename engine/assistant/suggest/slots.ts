import { allUses, type MainUse } from '../../commands/main-use';
import type { ShellText } from '../../commands/parse/syntax';
import { findPlaceholders } from '../../commands/placeholders';
import type { CommandKnowledge, OptionSpec } from '../../knowledge/command-spec';
import { contentTerms } from '../../knowledge/request-terms';
import { type ReadRequest, termOf, wordsAround } from './request';
import { FILES, kinds, NAMES, placeholderKinds, SAME_KIND, type SlotKinds } from './slot-kinds';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A place in an example's command where another request has another value. */
export interface Slot {
  /** All stretches that are replaced together, [start, end). */
  readonly spans: readonly Stretch[];
  /** As it stands now: POD_NAME, 42, nginx. */
  readonly text: string;
  /**
   * placeholder: an UPPER_CASE word. pair: two of them with a sign between, IMAGE:TAG. told: a value that the example's
   * own request names. set: a value that only its command has, such as the 20 of `head -n 20`; it may stay.
   */
  readonly origin: 'placeholder' | 'pair' | 'told' | 'set';
  readonly kinds: SlotKinds;
  /** Folded words that name it: pod, namespace, port. */
  readonly nouns: ReadonlySet<string>;
  /** Words right around it in the example's request: 'to', 'on' count too. */
  readonly before: string;
  readonly behind: string;
  readonly unit: string;
  /** The option whose value it is. */
  readonly option: OptionSpec | null;
}

/** The slots of an example's command; `told` is the example's own request. */
export function findSlots(
  command: string,
  parsed: ShellText,
  told: ReadRequest,
  request: ReadRequest,
  knowledge: CommandKnowledge,
): Slot[] {
  if (!parsed.parsed) return [];
  const uses = allUses(parsed, knowledge);
  const fixed = fixedStretches(uses);
  const options = optionStretches(uses);
  const slots: Slot[] = [];
  const isFree = ({ start, end }: Stretch) =>
    !fixed.some((span) => start >= span.start && start < span.end) &&
    !slots.some(({ spans }) => spans.some((span) => start < span.end && end > span.start));
  const add = (spans: readonly Stretch[], slot: Omit<Slot, 'spans' | 'option'>) => {
    const [first] = spans;
    if (!first) return;
    const option = options.find(({ start, end }) => first.start >= start && first.end <= end)?.option ?? null;
    slots.push({ ...slot, spans, option, nouns: new Set([...slot.nouns, ...nounsOf(option)]) });
  };

  const placeholders = findPlaceholders(parsed.script);
  for (const name of new Set(placeholders.map((one) => one.name))) {
    const spans = placeholders.filter((one) => one.name === name);
    const nouns = new Set(
      name
        .split(/[_-]/)
        .map((part) => termOf(part.replace(/\d+$/, '')))
        .filter(isNoun),
    );
    add(spans, { ...BARE, text: name, origin: 'placeholder', kinds: placeholderKinds(name), nouns });
  }
  for (const stretch of toldStretches(told, request)) {
    const spans = standsAt(command, stretch.text).filter(isFree);
    const { before, behind } = wordsAround(told, stretch);
    const nouns = new Set([before[0]?.term, before[1]?.term, behind[0]?.term].filter(isNoun));
    const { text, unit, kinds: accepted } = stretch;
    add(spans, {
      origin: 'told',
      text,
      unit,
      kinds: accepted,
      nouns,
      before: near(before[0]),
      behind: near(behind[0]),
    });
  }
  for (const { kinds: accepted, text, ...span } of setValues(command, options)) {
    if (isFree(span)) add([span], { ...BARE, text, origin: 'set', kinds: accepted });
  }
  return [...slots, ...pairs(command, slots)];
}

const BARE = { nouns: new Set<string>(), before: '', behind: '', unit: '' } as const;
const near = (word: { text: string } | undefined) => word?.text.toLowerCase() ?? '';
const isNoun = (term: string | undefined): term is string =>
  term !== undefined && term !== '' && !/^(?:name|id|number|value|path)$/.test(term);

/** 'gpu' for `-i, --id=ID Choose GPUs by …`: an option is named by its long name and the first words on it. */
function nounsOf(option: OptionSpec | null): string[] {
  if (!option) return [];
  const long = option.names.filter((name) => name.startsWith('--'));
  return contentTerms(`${long.join(' ')} ${option.argumentName} ${option.description.slice(0, 40)}`).filter(
    isNoun,
  );
}

/** Values of the example's request, and its words that this request does not have. */
function toldStretches(
  told: ReadRequest,
  request: ReadRequest,
): (Stretch & { readonly text: string; readonly unit: string; readonly kinds: SlotKinds })[] {
  const words = told.words.filter(
    ({ term, text }) => term !== '' && !request.terms.has(term) && !/^[A-Z]+$/.test(text),
  );
  return [
    ...told.values.map((value) => ({ ...value, kinds: SAME_KIND[value.kind] ?? NAMES })),
    ...words.map((word) => ({ ...word, unit: '', kinds: NAMES })),
  ];
}

/** IMAGE:TAG, USER_NAME@HOST: a value with the sign in it takes the place of both. */
function pairs(command: string, slots: readonly Slot[]): Slot[] {
  const open = slots.filter(({ origin }) => origin === 'placeholder');
  return open.flatMap((left) =>
    left.spans.flatMap(({ start, end }): Slot[] => {
      const right = open.find(({ spans }) => spans.some((span) => span.start === end + 1));
      const span = right?.spans.find((one) => one.start === end + 1);
      const sign = command[end] ?? '';
      if (!right || !span || !/[:@]/.test(sign)) return [];
      return [
        {
          ...left,
          spans: [{ start, end: span.end }],
          text: sign,
          origin: 'pair',
          kinds: kinds('name path host file'),
        },
      ];
    }),
  );
}

/** Programs, subcommands and option names: no request gives them another value. */
function fixedStretches(uses: readonly MainUse[]): Stretch[] {
  return uses.flatMap(({ use, parts }) => [
    use.program,
    ...parts.filter(({ role }) => role === 'subcommand').map(({ arg }) => arg),
    ...use.args
      .filter(({ text }) => text.startsWith('-'))
      .map(({ start, end, text }) => ({
        start,
        end: text.includes('=') ? start + text.indexOf('=') + 1 : end,
      })),
  ]);
}

/** Where options have their values: the next word, or behind `=`. */
function optionStretches(uses: readonly MainUse[]): (Stretch & { readonly option: OptionSpec })[] {
  return uses.flatMap(({ parts }) =>
    parts.flatMap(({ arg, role, option }) => {
      if (!option) return [];
      if (role === 'value') return [{ start: arg.start, end: arg.end, option }];
      const at = arg.text.indexOf('=');
      return role === 'option' && at > 0 ? [{ start: arg.start + at + 1, end: arg.end, option }] : [];
    }),
  );
}

/** Where a text stands in a command by itself; not as the end of a path or of a file's name. */
function standsAt(command: string, text: string): Stretch[] {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const whole = /[./]/.test(text) ? '(?![\\w])' : '(?![\\w]|\\.\\w)';
  return [...command.matchAll(new RegExp(`(?<![\\w$.])${escaped}${whole}`, 'g'))].map(({ index }) => ({
    start: index,
    end: index + text.length,
  }));
}

/** Numbers that a request often sets where the program is not described: how many lines, how long ago. */
const SET_NUMBER =
  /(?<=\s(?:-n|-c|-d|-mtime|-mmin|-maxdepth|--lines|--tail)[= ]?[+-]?)\d+\b|(?<=\b(?:head|tail) -)\d+\b/g;
const SET_PATH = /(?<=\s|:)(?:\.\/?|~?\/[\w.@/-]*[\w/]|\.\/[\w./-]+)(?=\s|$)/g;

function* setValues(
  command: string,
  options: readonly (Stretch & { readonly option: OptionSpec })[],
): Generator<Stretch & { readonly text: string; readonly kinds: SlotKinds }> {
  for (const { start, end } of options) {
    const text = command.slice(start, end);
    const size = /^\d+[kKmMgG]$/.test(text);
    if (/^[+-]?\d+$/.test(text) || size) {
      const sign = /^[+-]/.test(text) ? 1 : 0;
      yield {
        start: start + sign,
        end,
        text: text.slice(sign),
        kinds: size ? kinds('size') : kinds('number duration'),
      };
    }
  }
  for (const { 0: text, index } of command.matchAll(SET_NUMBER)) {
    yield { start: index, end: index + text.length, text, kinds: kinds('number duration') };
  }
  for (const { 0: text, index } of command.matchAll(SET_PATH)) {
    const isDevice = /^\/(?:dev|proc|sys)\//.test(text);
    if (!isDevice) yield { start: index, end: index + text.length, text, kinds: FILES };
  }
}
