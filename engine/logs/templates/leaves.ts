import { type Token, WILDCARD } from './tokens';

/** Share of equal words that puts a message into a group; see Drain (He et al., ICWS 2017). */
export const SIMILARITY = 0.5;

/** Groups in one leaf; past it a message joins the most similar one, so time stays bounded. */
export const LEAF_LIMIT = 200;

/** Leaves among messages of one length; later ones share a leaf, as what leads to them are variables. */
const LEAVES_LIMIT = 500;

/**
 * The fixed-depth tree of Drain: the number of tokens, then the words that decide (the first one, keys, the first
 * word of a sentence behind a key), lead to the few groups that a message may belong to.
 */
export class Leaves<Group> {
  private readonly byLength = new Map<number, Map<string, Group[]>>();

  /** The groups that a message of these tokens may belong to; the list may be added to. */
  leafOf(tokens: readonly Token[]): Group[] {
    let byPath = this.byLength.get(tokens.length);
    if (!byPath) {
      byPath = new Map();
      this.byLength.set(tokens.length, byPath);
    }
    const path = pathOf(tokens);
    const key = byPath.has(path) || byPath.size < LEAVES_LIMIT ? path : WILDCARD;
    let leaf = byPath.get(key);
    if (!leaf) {
      leaf = [];
      byPath.set(key, leaf);
    }
    return leaf;
  }
}

function pathOf(tokens: readonly Token[]): string {
  const first = tokens[0]?.text ?? '';
  let path = first.includes(WILDCARD) ? WILDCARD : first;
  tokens.forEach(({ text, isKey, opensMessage }, at) => {
    if (isKey || (opensMessage && !text.includes(WILDCARD))) path += `\n${at}${text}`;
  });
  return path;
}

/**
 * Share of equal tokens among those that tell something; messages that have none are equal. `silent` is 1 where the
 * message's token tells nothing.
 */
export function similarity<T>(template: ArrayLike<T>, tokens: ArrayLike<T>, silent: Uint8Array): number {
  let equal = 0;
  let telling = 0;
  for (let at = 0; at < tokens.length; at++) {
    if (silent[at]) continue;
    telling++;
    if (template[at] === tokens[at]) equal++;
  }
  return telling === 0 ? 1 : equal / telling;
}
