import type { ShellParser } from '../../commands/parse/syntax';
import type { CommandKnowledge } from '../../knowledge/command-spec';
import { contentTerms } from '../../knowledge/request-terms';
import { fillSlots } from './fill-slots';
import { FITS, type Filler, scorePair } from './pair-score';
import { type ReadRequest, readRequest } from './request';
import { findSlots, type Slot } from './slots';

export interface Adapted {
  readonly command: string;
  /** Values of the request that stand in the command. */
  readonly used: readonly Filler[];
  /** Values of the request that do not. */
  readonly unused: readonly Filler[];
  /** Placeholders that are left. */
  readonly open: number;
  /** Values of the example's own request that are left though this request does not name them. */
  readonly stale: number;
  /** Words of the request that are values, and words of the example's request whose place was taken, as terms. */
  readonly requestTerms: ReadonlySet<string>;
  readonly exampleTerms: ReadonlySet<string>;
}

export interface AdaptTools {
  readonly parser: ShellParser;
  readonly knowledge: CommandKnowledge;
  /** A word of the trade, which many examples have: it is no name unless it stands right behind a noun. */
  readonly isCommon: (term: string) => boolean;
}

interface ExampleText {
  readonly request: string;
  readonly command: string;
  readonly why: string;
}

/** The example's command with the values of another request in its slots. */
export function adaptExample(
  example: ExampleText,
  request: ReadRequest,
  { parser, knowledge, isCommon }: AdaptTools,
): Adapted {
  const { command } = example;
  const told = readRequest(example.request);
  const slots = findSlots(command, parser.parse(command), told, request, knowledge);
  const filled = assign(slots, fillersOf(request, example, isCommon), request);
  const text = fillSlots(command, filled);
  const given = new Set(filled.values());
  // A short number stands in many a command by chance.
  const stands = (value: Filler) =>
    given.has(value) || ((value.kind !== 'number' || value.text.length > 2) && isIn(value.text, text));
  const left = slots.filter((slot) => ![...filled.keys()].some((one) => overlap(one, slot)));
  return {
    command: text,
    used: request.values.filter(stands),
    unused: request.values.filter((value) => !stands(value)),
    open: left.filter(({ origin }) => origin === 'placeholder').length,
    stale: left.filter((slot) => slot.origin === 'told' && !isAsked(slot, request)).length,
    requestTerms: termsOf([...given].filter(({ kind }) => kind === 'word').map((one) => one.text)),
    exampleTerms: termsOf(
      [...filled.keys()].filter(({ origin }) => origin === 'told').map((one) => one.text),
    ),
  };
}

/** The request has the same value, of the same unit. */
const isAsked = ({ text, unit }: Slot, request: ReadRequest) =>
  unit === ''
    ? isIn(text, request.text)
    : request.values.some((value) => value.text === text && value.unit === unit);

const termsOf = (words: readonly string[]) => new Set(words.flatMap(contentTerms));

/** As a word by itself. */
const isIn = (text: string, inside: string) => {
  const at = inside.indexOf(text);
  return at >= 0 && !/\w/.test(inside[at - 1] ?? '') && !/\w/.test(inside[at + text.length] ?? '');
};

const HERE = /\b(?:this|the current|current|my current) (?:folder|directory|dir)\b|\bhere\b/i;

function fillersOf(
  request: ReadRequest,
  { request: told, command, why }: ExampleText,
  isCommon: AdaptTools['isCommon'],
): Filler[] {
  const explained = new Set(contentTerms(`${told} ${command} ${why}`));
  const words = request.words
    .filter(({ term }) => term !== '' && !explained.has(term))
    .map(
      ({ text, term, start, end }): Filler => ({
        kind: 'word',
        text,
        unit: '',
        isCommon: isCommon(term),
        start,
        end,
      }),
    );
  const here = HERE.exec(request.text);
  const folder: Filler[] = here
    ? [{ kind: 'path', text: '.', unit: '', start: here.index, end: here.index + here[0].length }]
    : [];
  return [...request.values, ...folder, ...words];
}

/**
 * Gives each slot at most one filler and each filler to at most one slot, the best pairs first. Between equals the
 * order decides: what is named first stands first.
 */
function assign(slots: readonly Slot[], fillers: readonly Filler[], request: ReadRequest): Map<Slot, Filler> {
  const inOrder = <T>(list: readonly T[], at: (one: T) => number) => [...list].sort((a, b) => at(a) - at(b));
  const ordered = inOrder(slots, ({ spans }) => spans[0]?.start ?? 0);
  const named = inOrder(fillers, ({ start }) => start);
  const pairs = ordered.flatMap((slot, i) =>
    named.map((filler, j) => ({ slot, filler, score: scorePair(slot, filler, request) - 0.01 * (i + j) })),
  );
  const filled = new Map<Slot, Filler>();
  const given = new Set<Filler>();
  for (const { slot, filler, score } of pairs.sort((a, b) => b.score - a.score)) {
    if (score < FITS - 0.2 || given.has(filler)) continue;
    if ([...filled.keys()].some((one) => overlap(one, slot))) continue;
    filled.set(slot, filler);
    given.add(filler);
  }
  return filled;
}

const overlap = (a: Slot, b: Slot) =>
  a.spans.some((one) => b.spans.some(({ start, end }) => one.start < end && one.end > start));
