import { firstSentence } from '../first-sentence';
import { ARGUMENT_LETTERS, type PackedOption, type PackedSpec } from './packed-spec';
import {
  asList,
  isObject,
  PARTIAL,
  StaticFunction,
  type StaticObject,
  UNKNOWN,
  type Value,
} from './static-types';

/** Longest description that is kept, in characters: a sentence; cloud tools have paragraphs. */
const LONGEST = { program: 160, option: 110 };

const strings = (value: Value): string[] =>
  asList(value).filter((one): one is string => typeof one === 'string' && one.trim() !== '');

const textOf = (value: Value, longest: number) =>
  typeof value === 'string' ? firstSentence(value, longest) : '';

/** True where a part could not be read, so that the list may lack entries. */
const hasGaps = (list: readonly Value[]) =>
  list.some((one) => one === UNKNOWN || one instanceof StaticFunction);

function readArgument(value: Value): { letter: string; name: string } {
  if (value === undefined || value === null || value === false)
    return { letter: ARGUMENT_LETTERS.none, name: '' };
  const list = asList(value).filter((one) => isObject(one) || one === UNKNOWN);
  const first = list.find(isObject);
  if (list.length === 0) return { letter: ARGUMENT_LETTERS.none, name: '' };
  const name = list
    .map((one) => (isObject(one) && typeof one.name === 'string' ? one.name : ''))
    .join(' ')
    .trim();
  const optional = first?.isOptional === true;
  if (list.length > 1 || first?.isVariadic === true) return { letter: ARGUMENT_LETTERS.several, name };
  return { letter: optional ? ARGUMENT_LETTERS.optional : ARGUMENT_LETTERS.required, name };
}

function readOption(value: Value): PackedOption | null {
  if (!isObject(value)) return null;
  // Some specs write '--color=' or '-o <file>' into the name.
  const names = strings(value.name).map((name) => name.trim().replace(/(?<=.)[=\s].*$/, ''));
  if (names.length === 0) return null;
  const { letter, name } = readArgument(value.args);
  const flags = `${letter}${value.isPersistent === true ? 'p' : ''}${value.isDangerous === true ? '!' : ''}`;
  return [[...new Set(names)], flags, name, textOf(value.description, LONGEST.option)];
}

function subcommandRule(spec: StaticObject, count: number): PackedSpec['t'] {
  if (count === 0) return undefined;
  if (spec.requiresSubcommand === true) return 'r';
  if (spec.requiresSubcommand === false) return 'o';
  // The source's own default: with subcommands and no arguments, one must follow.
  const takesArguments = Array.isArray(spec.args)
    ? spec.args.length > 0
    : isObject(spec.args) || spec.args === UNKNOWN;
  return takesArguments ? 'o' : 'r';
}

const isWhole = (directives: Value) => isObject(directives) && directives.flagsArePosixNoncompliant === true;

const listOf = (value: Value): Value[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [UNKNOWN];

/** Turns the value of a completion spec into what is kept of it; null where not even a name can be read. */
export function readSpec(value: Value, fallbackName = ''): PackedSpec | null {
  if (!isObject(value)) return null;
  const names = strings(value.name);
  if (names.length === 0 && fallbackName) names.push(fallbackName);
  if (names.length === 0) return null;

  const inline = isObject(value.loadSpec) ? value.loadSpec : {};
  const optionValues = [...listOf(value.options), ...listOf(inline.options)];
  const subcommandValues = [...listOf(value.subcommands), ...listOf(inline.subcommands)];
  const options = optionValues.map(readOption).filter((one) => one !== null);
  const subcommands = subcommandValues.map((one) => readSpec(one)).filter((one) => one !== null);
  const isRead =
    !hasGaps(optionValues) &&
    !hasGaps(subcommandValues) &&
    options.length === optionValues.length &&
    subcommands.length === subcommandValues.length &&
    value[PARTIAL] === undefined &&
    value.generateSpec === undefined &&
    (value.loadSpec === undefined || typeof value.loadSpec === 'string' || isObject(value.loadSpec));

  const rule = subcommandRule(value, subcommands.length);
  const description = textOf(value.description, LONGEST.program);
  return {
    n: [...new Set(names)],
    ...(description ? { d: description } : {}),
    ...(options.length > 0 ? { o: options } : {}),
    ...(subcommands.length > 0 ? { s: subcommands } : {}),
    ...(rule ? { t: rule } : {}),
    // Nothing documented is not the same as nothing accepted.
    ...(isRead && (options.length > 0 || subcommands.length > 0) ? { c: 1 as const } : {}),
    ...(isWhole(value.parserDirectives) ? { w: 1 as const } : {}),
    ...(typeof value.loadSpec === 'string' ? { l: value.loadSpec } : {}),
  };
}
