import type { RequestValue } from '../../knowledge/request-values';
import { type ReadRequest, type RequestWord, wordsAround } from './request';
import { FILES } from './slot-kinds';
import type { Slot } from './slots';

/** What of a request can be put into a slot: a value by its look, or a plain word that the example does not explain. */
export type Filler = Omit<RequestValue, 'kind'> & {
  readonly kind: RequestValue['kind'] | 'word';
  readonly isCommon?: boolean;
};

/** How well a filler must fit; below this it is left out. */
export const FITS = 1;

/** Behind these stands what the command is about: 'the pid of nginx'. */
const PLACES = /^(?:of|for|to|from|on|in|by|called|named)$/;
/** Verbs and adverbs; a name is seldom one. */
const NO_NAME =
  /(?:ing|ed|ly)$|^(?:again|only|once|even|too|instead|please|when|while|until|unless|after|before|than|more|less|between|against|through|over|under|across|because|since|during|except)$/i;

/**
 * How well a filler fits a slot. Nouns that stand beside the value decide ('container web' fits CONTAINER), then kinds,
 * then the words around it in the example's own request.
 */
export function scorePair(slot: Slot, filler: Filler, request: ReadRequest): number {
  const { before, behind } = wordsAround(request, filler);
  const named = nounScore(slot, before, behind);
  if (slot.origin === 'pair' && !filler.text.slice(1, -1).includes(slot.text)) return 0;
  if (filler.kind === 'word') {
    const inPlace = slot.before !== '' && before[0]?.text.toLowerCase() === slot.before;
    const isPlaced = named >= 3 ? slot.origin === 'placeholder' : inPlace && PLACES.test(slot.before);
    if (filler.isCommon && !isPlaced) return 0;
    if (NO_NAME.test(filler.text) || !slot.kinds.has('word') || (named < 2 && !inPlace)) return 0;
    return 0.1 + named + (inPlace ? 1.6 : 0);
  }
  if (slot.origin === 'set' && filler.kind === 'name')
    return shape(slot.text) === shape(filler.text) ? 1.3 + named : 0;
  if (!slot.kinds.has(filler.kind)) return named >= 2 && isLoose(slot, filler) ? named - 1 : 0;
  let score = 1.2 + named;
  if (slot.before !== '' && before[0]?.text.toLowerCase() === slot.before) score += 1.6;
  if (slot.behind !== '' && behind[0]?.text.toLowerCase() === slot.behind) score += 0.8;
  if (slot.unit !== '' && !slot.isJoined) score += slot.unit === filler.unit ? 1 : -1.5;
  if (slot.origin === 'placeholder') score += 0.2;
  if (slot.origin === 'pair') score += 0.6;
  if (slot.origin === 'set')
    score -= filler.kind === 'number' && named === 0 && !countsSomething(before, behind) ? 1 : 0.1;
  return score;
}

/** us-east-1 and eu-central-2 are alike; a name that a command sets gives way to one of its kind only. */
const shape = (text: string) => text.replace(/[a-zA-Z]+/g, 'a').replace(/\d+/g, '0');

/** A noun beside a value speaks for it even where its look is unusual: 'container 8f3a', 'job 48112'. */
const isLoose = (slot: Slot, filler: Filler) =>
  slot.origin === 'placeholder' &&
  filler.kind !== 'duration' &&
  filler.kind !== 'size' &&
  slot.kinds !== FILES;

function nounScore({ nouns }: Slot, before: readonly RequestWord[], behind: readonly RequestWord[]): number {
  if (nouns.has(before[0]?.term ?? '')) return 3;
  // 'container called web', 'namespace is shop', 'GPU index 3'
  const joins = /^(?:called|named|is|id|index|number|with|to)$/i.test(before[0]?.text ?? '');
  if (joins && nouns.has(before[1]?.term ?? '')) return 2.5;
  if (nouns.has(behind[0]?.term ?? '')) return 2.2;
  return nouns.has(before[1]?.term ?? '') ? 1 : 0;
}

const COUNTS_BEFORE =
  /^(?:top|last|first|newest|latest|every|past|least|most|the|than|limit|show|print|of)$/i;
const COUNTS_BEHIND =
  /^(?:lines?|largest|biggest|entries|times|files?|levels?|samples|processes|newest|oldest|most|commits?|events|packets|characters|bytes)$/i;

/** 'top 10', 'last 50 lines', 'five largest', '3 days'. */
const countsSomething = (before: readonly RequestWord[], behind: readonly RequestWord[]) =>
  COUNTS_BEFORE.test(before[0]?.text ?? 'the') || COUNTS_BEHIND.test(behind[0]?.text ?? '');
