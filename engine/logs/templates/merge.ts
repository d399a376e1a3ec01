import type { Member } from './choices';

/**
 * This many messages that differ in one word only, the same for all, are one message with a variable there:
 * no program chooses from so many words.
 */
export const VARIABLE_LIMIT = 12;
/** Other words that such messages need in common. */
const COMMON_WORDS = 2;

/** Messages of one template. */
export interface Part {
  /** Token ids, `any` where messages differ. */
  readonly tokens: Uint32Array;
  readonly members: readonly Member[];
}

/**
 * Joins parts that differ in one word only, where there are many of them, and what such a template covers. The tree
 * can't: a first word leads to a leaf of its own, so each "ann logged in", "bob logged in" is alone. `tells(id)`: the
 * token is a word.
 */
export function mergeVariants(parts: readonly Part[], tells: (id: number) => boolean): Part[] {
  return absorb(mergeByVariable(parts, tells), tells);
}

function mergeByVariable(parts: readonly Part[], tells: (id: number) => boolean): Part[] {
  const buckets = new Map<number, number[]>();
  const bucketsOf = (part: Part, visit: (key: number, at: number) => void) => {
    const { tokens } = part;
    let sum = tokens.length;
    let words = 0;
    for (let at = 0; at < tokens.length; at++) {
      sum += weight(tokens[at] ?? 0, at);
      if (tells(tokens[at] ?? 0)) words++;
    }
    for (let at = 0; at < tokens.length; at++) {
      const word = tells(tokens[at] ?? 0);
      // An earlier join may have made the place a variable already.
      if ((word || tokens[at] === 0) && words - (word ? 1 : 0) >= COMMON_WORDS)
        visit(sum - weight(tokens[at] ?? 0, at) + at, at);
    }
  };
  parts.forEach((part, index) => {
    bucketsOf(part, (key) => {
      const bucket = buckets.get(key);
      if (bucket) bucket.push(index);
      else buckets.set(key, [index]);
    });
  });
  const taken = new Set<number>();
  const merged: Part[] = [];
  parts.forEach((part, index) => {
    if (taken.has(index)) return;
    let found = false;
    bucketsOf(part, (key, at) => {
      const bucket = buckets.get(key) ?? [];
      if (found || bucket.length < VARIABLE_LIMIT) return;
      const alike = bucket.filter(
        (other) => !taken.has(other) && differOnlyAt(part, parts[other] ?? part, at),
      );
      if (alike.length < VARIABLE_LIMIT) return;
      found = true;
      for (const other of alike) taken.add(other);
      const tokens = part.tokens.slice();
      tokens[at] = 0;
      merged.push({ tokens, members: alike.flatMap((other) => parts[other]?.members ?? []) });
    });
    if (!found) merged.push(part);
  });
  return merged;
}

/** Gives a part to a template that starts with a variable and covers it: its first word is one more value. */
function absorb(parts: readonly Part[], tells: (id: number) => boolean): Part[] {
  const general = new Map<number, { tokens: Uint32Array; members: Member[] }[]>();
  const special: Part[] = [];
  for (const part of parts) {
    const common = part.tokens.filter(tells).length;
    if (part.tokens[0] !== 0 || part.members.length < VARIABLE_LIMIT || common < COMMON_WORDS) {
      special.push(part);
      continue;
    }
    const ofLength = general.get(part.tokens.length) ?? [];
    ofLength.push({ tokens: part.tokens, members: [...part.members] });
    general.set(part.tokens.length, ofLength);
  }
  const left = special.filter(({ tokens, members }) => {
    if (!tells(tokens[0] ?? 0)) return true;
    const covering = general
      .get(tokens.length)
      ?.find((each) => each.tokens.every((id, at) => id === 0 || id === tokens[at]));
    for (const member of members) covering?.members.push(member);
    return !covering;
  });
  return [...left, ...[...general.values()].flat()];
}

/** A sum of these tells token rows apart; equal sums are compared in full. Exact in a double. */
function weight(id: number, at: number): number {
  return Math.imul(id + 1, 0x9e3779b1 ^ Math.imul(at + 1, 0x85ebca6b)) >>> 0;
}

function differOnlyAt(a: Part, b: Part, place: number): boolean {
  return (
    a.tokens.length === b.tokens.length && a.tokens.every((id, at) => at === place || id === b.tokens[at])
  );
}
