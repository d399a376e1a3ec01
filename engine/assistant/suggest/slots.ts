import { allUses } from '../../commands/main-use';
import type { ShellText } from '../../commands/parse/syntax';
import { findPlaceholders } from '../../commands/placeholders';
import type { CommandKnowledge, OptionSpec } from '../../knowledge/command-spec';
import { contentTerms } from '../../knowledge/request-terms';
import { type ReadRequest, termOf, wordsAround } from './request';
import { kinds, NAMES, placeholderKinds, SAME_KIND, type SlotKinds } from './slot-kinds';
import { fixedStretches, optionStretches, type Stretch, setValues, standsAt } from './stretches';

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
  /** The unit's letter is written behind the number: `--since 10m`. */
  readonly isJoined: boolean;
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
    const { text, unit, isJoined, kinds: accepted } = stretch;
    add(spans, {
      origin: 'told',
      text,
      unit,
      isJoined,
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

const BARE = { nouns: new Set<string>(), before: '', behind: '', unit: '', isJoined: false } as const;
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

/** '10m' for ten minutes. */
export const joinUnit = ({ text, unit }: { readonly text: string; readonly unit: string }) =>
  `${text}${unit.slice(0, 1)}`;

/** Values of the example's request, and its words that this request does not have. */
function toldStretches(
  told: ReadRequest,
  request: ReadRequest,
): (Stretch & {
  readonly text: string;
  readonly unit: string;
  readonly isJoined: boolean;
  readonly kinds: SlotKinds;
})[] {
  const words = told.words.filter(
    ({ term, text }) => term !== '' && !request.terms.has(term) && !/^[A-Z]+$/.test(text),
  );
  const values = told.values.map((value) => ({
    ...value,
    isJoined: false,
    kinds: SAME_KIND[value.kind] ?? NAMES,
  }));
  const times = values.filter(({ kind }) => kind === 'duration');
  return [
    ...times.map((value) => ({ ...value, text: joinUnit(value), isJoined: true })),
    ...values,
    ...words.map((word) => ({ ...word, unit: '', isJoined: false, kinds: NAMES })),
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
