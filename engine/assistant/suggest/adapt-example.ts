import type { ShellParser } from '../../commands/parse/syntax';
import type { CommandKnowledge } from '../../knowledge/command-spec';
import { contentTerms } from '../../knowledge/request-terms';
import type { RequestValue } from '../../knowledge/request-values';
import { quoteFor } from './quote';
import { type ReadRequest, readRequest, wordsAround } from './request';
import { findSlots, type Slot } from './slots';

/** What of a request can be put into a slot: a value by its look, or a plain word that the example does not explain. */
export type Filler = Omit<RequestValue, 'kind'> & { readonly kind: RequestValue['kind'] | 'word' };

export interface Adapted {
  readonly command: string;
  /** Values of the request that stand in the command. */
  readonly used: readonly Filler[];
  /** Values by their look that do not. */
  readonly unused: readonly Filler[];
  /** Placeholders that are left. */
  readonly open: number;
  /** Values of the example's own request that are left though this request does not name them. */
  readonly stale: number;
}

export interface AdaptTools {
  readonly parser: ShellParser;
  readonly knowledge: CommandKnowledge;
}

/** How well a filler fits; below this it is left out. */
const FITS = 1;

/** The example's command with the values of another request in its slots. */
export function adaptExample(
  example: { readonly request: string; readonly command: string; readonly why: string },
  request: ReadRequest,
  { parser, knowledge }: AdaptTools,
): Adapted {
  const { command } = example;
  const parsed = parser.parse(command);
  const told = readRequest(example.request);
  const slots = findSlots(command, parsed, told, request, knowledge);
  const fillers = fillersOf(request, example);
  const filled = assign(slots, fillers, request);
  const text = fill(command, filled);
  const inText = (value: Filler) => stands(value.text, text);
  const isPart = (value: Filler) => [...filled.values()].includes(value);
  const values = fillers.filter(({ kind }) => kind !== 'word');
  return {
    command: text,
    used: fillers.filter((value) => isPart(value) || (value.kind !== 'word' && inText(value))),
    unused: values.filter((value) => !isPart(value) && !inText(value)),
    open: slots.filter((slot) => slot.origin === 'placeholder' && !filled.has(slot)).length,
    stale: slots.filter(
      (slot) => slot.origin === 'told' && !filled.has(slot) && !stands(slot.text, request.text),
    ).length,
  };
}

const stands = (text: string, inside: string) => {
  const at = inside.indexOf(text);
  return at >= 0 && !/\w/.test(inside[at - 1] ?? '') && !/\w/.test(inside[at + text.length] ?? '');
};

function fillersOf(
  request: ReadRequest,
  {
    request: told,
    command,
    why,
  }: { readonly request: string; readonly command: string; readonly why: string },
): Filler[] {
  const explained = new Set(contentTerms(`${told} ${command} ${why}`));
  const words = request.words
    .filter(({ term }) => term !== '' && !explained.has(term))
    .map(({ text, start, end }): Filler => ({ kind: 'word', text, unit: '', start, end }));
  return [...request.values, ...words];
}

/** Gives each slot at most one filler and each filler to at most one slot, the best pairs first. */
function assign(slots: readonly Slot[], fillers: readonly Filler[], request: ReadRequest): Map<Slot, Filler> {
  const pairs = slots.flatMap((slot) =>
    fillers.map((filler) => ({ slot, filler, score: scorePair(slot, filler, request) })),
  );
  const filled = new Map<Slot, Filler>();
  const given = new Set<Filler>();
  for (const { slot, filler, score } of pairs.sort((a, b) => b.score - a.score)) {
    if (score < FITS || filled.has(slot) || given.has(filler)) continue;
    filled.set(slot, filler);
    given.add(filler);
  }
  return filled;
}

/** Nouns that stand beside a value, and kinds of values, decide; the order in which they come breaks ties. */
function scorePair(slot: Slot, filler: Filler, request: ReadRequest): number {
  const { before, behind } = wordsAround(request, filler);
  const named = nounScore(slot, before, behind);
  if (!slot.kinds.has(filler.kind)) return named >= 2 && isLoose(slot, filler) ? named - 1 : 0;
  let score = filler.kind === 'word' ? -0.9 : 1.2;
  score += named;
  if (slot.before !== '' && before[0]?.text.toLowerCase() === slot.before) score += 1.6;
  if (slot.behind !== '' && behind[0]?.text.toLowerCase() === slot.behind) score += 0.8;
  if (slot.unit !== '') score += slot.unit === filler.unit ? 1 : -1.5;
  if (slot.origin === 'placeholder') score += 0.2;
  if (slot.origin === 'set') score -= filler.kind === 'number' && !countsSomething(before, behind) ? 1 : 0.1;
  // Source before target, file before folder: as in the request.
  return score - 0.0001 * Math.abs((slot.spans[0]?.start ?? 0) - filler.start);
}

/** A noun beside a value speaks for it even where its look is unusual: 'container 8f3a', 'job 48112'. */
const isLoose = (slot: Slot, filler: Filler) =>
  slot.origin === 'placeholder' && filler.kind !== 'duration' && filler.kind !== 'size';

function nounScore(
  { nouns }: Slot,
  before: readonly { term: string; text: string }[],
  behind: readonly { term: string }[],
): number {
  if (nouns.has(before[0]?.term ?? '')) return 3;
  if (nouns.has(behind[0]?.term ?? '')) return 2.2;
  // 'container called web', 'namespace is shop', 'GPU index 3'
  if (
    nouns.has(before[1]?.term ?? '') &&
    /^(?:called|named|is|id|index|number|with|to|=)$/i.test(before[0]?.text ?? '')
  )
    return 2.5;
  return nouns.has(before[1]?.term ?? '') ? 1 : 0;
}

/** 'top 10', 'last 50 lines', 'five largest', '3 days'. */
const countsSomething = (before: readonly { text: string }[], behind: readonly { text: string }[]) =>
  /^(?:top|last|first|newest|latest|every|past|least|most|the|than|limit|show|print|of)$/i.test(
    before[0]?.text ?? 'the',
  ) ||
  /^(?:lines?|largest|biggest|entries|times|files?|levels?|samples|processes|newest|oldest|most|commits?|events|packets|characters|bytes)$/i.test(
    behind[0]?.text ?? '',
  );

function fill(command: string, filled: ReadonlyMap<Slot, Filler>): string {
  const edits = [...filled].flatMap(([slot, { text }]) => slot.spans.map((span) => ({ ...span, text })));
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce(
      (result, { start, end, text }) =>
        result.slice(0, start) + quoteFor(result, start, text) + result.slice(end),
      command,
    );
}
