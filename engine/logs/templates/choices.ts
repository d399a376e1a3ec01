import { isChoice } from './tokens';

/**
 * A place where a group's messages have at most this many different words, none of them a variable, holds a
 * choice ("started", "stopped"): the group is divided by it.
 */
export const CHOICE_LIMIT = 4;

/** A message of a group. */
export interface Member {
  readonly index: number;
  /** Ids of its tokens. */
  readonly tokens: Uint32Array;
}

/** Divides by the place with the fewest choices, and each part again, until no place holds a choice. */
export function divideByChoice(members: readonly Member[], texts: readonly string[]): (readonly Member[])[] {
  let fewest = CHOICE_LIMIT + 1;
  let place = -1;
  const length = members[0]?.tokens.length ?? 0;
  for (let at = 0; at < length; at++) {
    const choices = choicesAt(members, texts, at, fewest);
    if (choices > 1 && choices < fewest) {
      fewest = choices;
      place = at;
    }
  }
  if (place < 0) return [members];
  const parts = new Map<number, Member[]>();
  for (const member of members) {
    const word = member.tokens[place] ?? 0;
    const part = parts.get(word) ?? [];
    part.push(member);
    parts.set(word, part);
  }
  return [...parts.values()].flatMap((part) => divideByChoice(part, texts));
}

/** Number of different words at a place, counted up to `limit`; 0 where one of them is a variable. */
function choicesAt(members: readonly Member[], texts: readonly string[], at: number, limit: number): number {
  const choices = new Set<number>();
  for (const { tokens } of members) {
    choices.add(tokens[at] ?? 0);
    if (choices.size >= limit) return limit;
  }
  const before = texts[members[0]?.tokens[at - 1] ?? -1] ?? '';
  for (const id of choices) if (!isChoice({ text: texts[id] ?? '', before })) return 0;
  return choices.size;
}
