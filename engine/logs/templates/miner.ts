import { divideByChoice, type Member } from './choices';
import { mergeByVariable, type Part } from './merge';
import { isBare, joinTexts, splitTokens, UNIT, WILDCARD } from './tokens';

/** Share of equal words that puts a line into a group; see Drain (He et al., ICWS 2017). */
export const SIMILARITY = 0.5;

/** Groups in one leaf of the tree; past it a line joins the most similar one, so time stays bounded. */
const LEAF_LIMIT = 200;

/** Leaves among messages of one length; later ones share a leaf, as what leads to them are variables. */
const LEAVES_LIMIT = 500;

/** Id of the token that stands for different ones. */
const ANY = 0;

interface Group {
  /** Ids of tokens, ANY where messages differ. */
  readonly tokens: Uint32Array;
  /** Places in the order that messages were added. */
  readonly members: Member[];
}

/** What became of the messages. */
export interface Mined {
  /** Group of each message, in the order that they were added. */
  readonly groupOf: Uint32Array;
  /** Templates by group; no two are equal. */
  readonly templates: readonly string[];
}

/**
 * Puts masked messages into groups of one template. A fixed-depth tree (number of tokens, first word, keys)
 * leads to a few groups and the most similar one takes the message, as in Drain. Drain joins what differs
 * in one word of a choice, so at the end, when all messages are known, such groups are divided again.
 * Give it each distinct message once: equal messages always belong together.
 */
export class TemplateMiner {
  private readonly leaves = new Map<number, Map<string, Group[]>>();
  private readonly groups: Group[] = [];
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [WILDCARD];
  /** 1 where a token says nothing about which message this is: keys, which are equal anyway, values, numbers. */
  private readonly silent: number[] = [0];
  private messages = 0;

  /** Adds one masked message. */
  add(masked: string): void {
    const split = splitTokens(masked);
    const first = split[0]?.text ?? '';
    let path = first.includes(WILDCARD) ? WILDCARD : first;
    const tokens = new Uint32Array(split.length);
    split.forEach(({ text, isKey, isValue, opensMessage }, at) => {
      if (isKey || (opensMessage && !text.includes(WILDCARD))) path += `\n${at}${text}`;
      const isSilent = isKey || isValue || isBare(text, split[at - 1]?.text ?? '');
      tokens[at] = this.idOf(text, isSilent);
    });
    const member = { index: this.messages++, tokens };
    const leaf = this.leafOf(split.length, path);
    let best: Group | null = null;
    let bestScore = -1;
    for (const group of leaf) {
      const score = this.similarity(group.tokens, tokens);
      if (score > bestScore) {
        best = group;
        bestScore = score;
      }
    }
    if (best && (bestScore >= SIMILARITY || leaf.length >= LEAF_LIMIT)) {
      joinInto(best.tokens, tokens);
      best.members.push(member);
      return;
    }
    const group: Group = { tokens: tokens.slice(), members: [member] };
    this.groups.push(group);
    leaf.push(group);
  }

  /** Divides groups by choices, joins what differs in a variable, writes templates: a little a step, so that a caller can take breaks. */
  *finish(): Generator<void, Mined> {
    const parts: Part[] = [];
    for (const { members } of this.groups) {
      for (const part of divideByChoice(members, this.texts)) {
        const tokens = part[0]?.tokens.slice() ?? new Uint32Array();
        for (const member of part) joinInto(tokens, member.tokens);
        parts.push({ tokens, members: part });
      }
      yield;
    }
    const groupOf = new Uint32Array(this.messages);
    const templates = new Map<string, number>();
    for (const { members } of mergeByVariable(parts, (id) => id !== ANY && !this.silent[id])) {
      const text = this.template(members);
      const id = templates.get(text) ?? templates.size;
      templates.set(text, id);
      for (const { index } of members) groupOf[index] = id;
      yield;
    }
    return { groupOf, templates: [...templates.keys()] };
  }

  private template(members: readonly Member[]): string {
    const length = members[0]?.tokens.length ?? 0;
    let text = '';
    for (let at = 0; at < length; at++) {
      const ids = new Set<number>();
      for (const { tokens } of members) ids.add(tokens[at] ?? ANY);
      const texts = new Set([...ids].map((id) => this.texts[id] ?? ''));
      const joined = joinTexts(texts);
      // A number and a unit that changes with it are one variable.
      const isUnit = texts.size > 1 && text.endsWith(WILDCARD) && [...texts].every((each) => UNIT.test(each));
      text += isUnit ? joined.replace(` ${WILDCARD}`, '') : joined;
    }
    return text;
  }

  private idOf(text: string, isSilent: boolean): number {
    // One text may stand as a word here and as a value there.
    const name = isSilent ? `=${text}` : text;
    let id = this.ids.get(name);
    if (id === undefined) {
      id = this.texts.push(text) - 1;
      this.ids.set(name, id);
      this.silent.push(isSilent ? 1 : 0);
    }
    return id;
  }

  private leafOf(length: number, path: string): Group[] {
    let byPath = this.leaves.get(length);
    if (!byPath) {
      byPath = new Map();
      this.leaves.set(length, byPath);
    }
    const key = byPath.has(path) || byPath.size < LEAVES_LIMIT ? path : WILDCARD;
    const leaf = byPath.get(key) ?? [];
    byPath.set(key, leaf);
    return leaf;
  }

  /** Share of equal tokens among those that say something; messages that have none are equal. */
  private similarity(template: Uint32Array, tokens: Uint32Array): number {
    let equal = 0;
    let telling = 0;
    for (let at = 0; at < tokens.length; at++) {
      const id = tokens[at] as number;
      if (this.silent[id]) continue;
      telling++;
      if (template[at] === id) equal++;
    }
    return telling === 0 ? 1 : equal / telling;
  }
}

/** Makes a variable of each place where the tokens differ. */
function joinInto(template: Uint32Array, tokens: Uint32Array): void {
  for (let at = 0; at < tokens.length; at++) if (template[at] !== tokens[at]) template[at] = ANY;
}
