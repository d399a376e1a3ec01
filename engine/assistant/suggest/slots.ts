import { allUses } from '../../commands/main-use';
import type { ShellText } from '../../commands/parse/syntax';
import { findPlaceholders } from '../../commands/placeholders';
import type { CommandKnowledge } from '../../knowledge/command-spec';
import type { ValueKind } from '../../knowledge/request-values';
import { type ReadRequest, termOf, wordsAround } from './request';

/** A place in an example's command where another request has another value. */
export interface Slot {
  /** All stretches that are replaced together, [start, end). */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
  /** As it stands now: POD_NAME, 42, nginx. */
  readonly text: string;
  /**
   * placeholder: an UPPER_CASE word. told: a value that the example's own request names. set: a value that only its
   * command has, such as the 20 of `head -n 20`; it may stay.
   */
  readonly origin: 'placeholder' | 'told' | 'set';
  readonly kinds: ReadonlySet<ValueKind | 'word'>;
  /** Folded words that name it: pod, namespace, port. */
  readonly nouns: ReadonlySet<string>;
  /** Folded words around it in the example's request: 'to', 'on' count too. */
  readonly before: string;
  readonly behind: string;
  readonly unit: string;
}

const kinds = (text: string) => new Set(text.split(' ') as (ValueKind | 'word')[]);
const NAMES = kinds('name word quoted file host path glob address');
const FILES = kinds('path file quoted glob name');
const HOSTS = kinds('host address name word');
const NUMBERS = kinds('number');
const KINDS_BY_NAME: readonly (readonly [form: RegExp, kinds: ReadonlySet<ValueKind | 'word'>])[] = [
  [/URL|LINK|ENDPOINT|REGISTRY/, kinds('url host address path')],
  [/MINUTES|SECONDS|HOURS|DAYS|SINCE|DURATION|INTERVAL|TIMEOUT|WALLTIME|AGE/, kinds('duration number')],
  [/SIZE|MEMORY|BYTES|LIMIT|MEGA|GIGA/, kinds('size number')],
  [
    /PORT|COUNT|NUM|^N$|PID|INDEX|LINES?$|WATTS?|MHZ|CLOCK|REPLICAS|REVISION|LEVEL|PERCENT|RANKS|TASKS|MODE$/,
    kinds('number name'),
  ],
  [/^(?:GPU|GPU_ID|GPU_INDEX|DEVICE_ID|JOB_?ID|GROUP_?ID|ID|CARD)$/, kinds('number name')],
  [/IP|ADDRESS|SUBNET|CIDR|GATEWAY/, kinds('address host name')],
  [/HOST|SERVER|NODE|MACHINE|REMOTE|DOMAIN|PEER/, HOSTS],
  [/FILE|ARCHIVE|SCRIPT|MANIFEST|PLAYBOOK|CHART|VALUES|CERT|KEY|IMAGE_TAR|BINARY|EXECUTABLE/, FILES],
  [/DIR|FOLDER|PATH|SOURCE|TARGET|DEST|MOUNT|POINT|OUTPUT|INPUT|PREFIX/, FILES],
  [
    /PATTERN|TEXT|WORD|STRING|REGEX|MESSAGE|QUERY|EXPR|TERM|OLD|NEW/,
    kinds('quoted word name path address host number file'),
  ],
];

function placeholderKinds(name: string): ReadonlySet<ValueKind | 'word'> {
  return KINDS_BY_NAME.find(([form]) => form.test(name))?.[1] ?? NAMES;
}

const SAME_KIND: Readonly<Partial<Record<ValueKind, ReadonlySet<ValueKind | 'word'>>>> = {
  number: NUMBERS,
  size: kinds('size'),
  duration: kinds('duration'),
  path: FILES,
  file: FILES,
  glob: kinds('glob file'),
  host: HOSTS,
  address: HOSTS,
  url: kinds('url host'),
  quoted: kinds('quoted word name'),
  name: kinds('name word number file host'),
};

/** Numbers that a request often sets: how many lines, how deep, how long ago. */
const SET_NUMBER =
  /(?<=(?:^|\s)(?:-n|-c|-d|-l|--lines|--tail|--max-depth|--limit|-mtime|-mmin|--count|-w|--watch|--interval)[= ]?[+-]?)\d+\b|(?<=\bhead -|\btail -)\d+\b/g;

/** The slots of an example; `told` is its own request. */
export function findSlots(
  command: string,
  parsed: ShellText,
  told: ReadRequest,
  request: ReadRequest,
  knowledge: CommandKnowledge,
): Slot[] {
  if (!parsed.parsed) return [];
  const slots: Slot[] = [];
  const taken = (start: number, end: number) =>
    slots.some(({ spans }) => spans.some((span) => start < span.end && end > span.start));
  const fixed = fixedSpans(parsed, knowledge);
  const isFixed = (start: number) => fixed.some((span) => start >= span.start && start < span.end);

  const placeholders = findPlaceholders(parsed.script);
  for (const name of new Set(placeholders.map((one) => one.name))) {
    const spans = placeholders.filter((one) => one.name === name);
    const nouns = new Set(
      name
        .split(/[_-]/)
        .map((part) => termOf(part.replace(/\d+$/, '')))
        .filter(isNoun),
    );
    slots.push({
      spans,
      text: name,
      origin: 'placeholder',
      kinds: placeholderKinds(name),
      nouns,
      before: '',
      behind: '',
      unit: '',
    });
  }
  const stretches = [
    ...told.values.map(({ kind, text, unit, start, end }) => ({
      text,
      unit,
      start,
      end,
      kinds: SAME_KIND[kind] ?? NAMES,
    })),
    ...told.words
      .filter(({ term, text }) => term !== '' && !request.terms.has(term) && !/^[A-Z]+$/.test(text))
      .map(({ text, start, end }) => ({ text, unit: '', start, end, kinds: NAMES })),
  ];
  for (const stretch of stretches) {
    const spans = stretchesOf(command, stretch.text).filter(
      ({ start, end }) => !isFixed(start) && !taken(start, end),
    );
    if (spans.length === 0) continue;
    const { before, behind } = wordsAround(told, stretch);
    const nouns = new Set([before[0]?.term, before[1]?.term, behind[0]?.term].filter(isNoun));
    slots.push({
      spans,
      text: stretch.text,
      origin: 'told',
      kinds: stretch.kinds,
      nouns,
      before: near(before[0]),
      behind: near(behind[0]),
      unit: stretch.unit,
    });
  }
  for (const { start, end, text, kinds: accepted } of setValues(command, parsed, isFixed)) {
    if (!taken(start, end))
      slots.push({
        spans: [{ start, end }],
        text,
        origin: 'set',
        kinds: accepted,
        nouns: new Set(),
        before: '',
        behind: '',
        unit: '',
      });
  }
  return slots;
}

const near = (word: { text: string } | undefined) => word?.text.toLowerCase() ?? '';
const isNoun = (term: string | undefined): term is string =>
  term !== undefined && term !== '' && !/^(?:name|id|number|value)$/.test(term);

/** Programs, subcommands and option names: no request gives them another value. */
function fixedSpans(parsed: ShellText, knowledge: CommandKnowledge): { start: number; end: number }[] {
  return allUses(parsed, knowledge).flatMap(({ use, parts }) => [
    use.program,
    ...parts.filter(({ role }) => role === 'subcommand').map(({ arg }) => arg),
    ...use.args
      .filter(({ text }) => text.startsWith('-'))
      .map(({ start, end, text }) => ({ start, end: text.includes('=') ? start + text.indexOf('=') : end })),
  ]);
}

/** Where a text stands in a command as a word of its own, or as a part of one that is not letters. */
function stretchesOf(command: string, text: string): { start: number; end: number }[] {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return [...command.matchAll(new RegExp(`(?<![\\w$])${escaped}(?![\\w])`, 'g'))].map(({ index }) => ({
    start: index,
    end: index + text.length,
  }));
}

function* setValues(
  command: string,
  parsed: ShellText,
  isFixed: (start: number) => boolean,
): Generator<{ start: number; end: number; text: string; kinds: ReadonlySet<ValueKind | 'word'> }> {
  for (const { 0: text, index } of command.matchAll(SET_NUMBER)) {
    yield { start: index, end: index + text.length, text, kinds: kinds('number duration') };
  }
  if (!parsed.parsed) return;
  for (const { 0: text, index } of command.matchAll(
    /(?<=\s)(?:\.\/?|~?\/[\w.@/-]*[\w/]|\.\/[\w./-]+)(?=\s|$)/g,
  )) {
    const isDevice = /^\/(?:dev|proc|sys)\//.test(text);
    if (!isDevice && !isFixed(index)) yield { start: index, end: index + text.length, text, kinds: FILES };
  }
}
