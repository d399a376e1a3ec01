import { divideByChoice, type Member } from './choices';
import { LEAF_LIMIT, Leaves, SIMILARITY, similarity } from './leaves';
import { mergeVariants, type Part } from './merge';
import { joinTexts, splitTokens, type Token, UNIT, WILDCARD } from './tokens';

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
  private readonly leaves = new Leaves<Group>();
  private readonly groups: Group[] = [];
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [WILDCARD];
  /** By id; see `Token.isSilent`. */
  private readonly silent: number[] = [0];
  private messages = 0;

  /** Adds one masked message. */
  add(masked: string): void {
    const split = splitTokens(masked);
    const tokens = Uint32Array.from(split, (token) => this.idOf(token));
    const silent = Uint8Array.from(tokens, (id) => this.silent[id] ?? 0);
    const member = { index: this.messages++, tokens };
    const leaf = this.leaves.leafOf(split);
    let best: Group | null = null;
    let bestScore = -1;
    for (const group of leaf) {
      const score = similarity(group.tokens, tokens, silent);
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

  /** Divides groups by choices, joins what differs in a variable, writes templates: a little a step, for breaks. */
  *finish(): Generator<void, Mined> {
    const groupOf = new Uint32Array(this.messages);
    const templates = new Map<string, number>();
    for (const members of yield* this.parts()) {
      const text = this.tokensOf(members, true).join('');
      const id = templates.get(text) ?? templates.size;
      templates.set(text, id);
      for (const { index } of members) groupOf[index] = id;
      yield;
    }
    return { groupOf, templates: [...templates.keys()] };
  }

  /** Templates of what was added, as tokens: one for each token of their messages. */
  templateTokens(): string[][] {
    const dividing = this.parts();
    let step = dividing.next();
    while (!step.done) step = dividing.next();
    return step.value.map((members) => this.tokensOf(members, false));
  }

  /** Messages by template. */
  private *parts(): Generator<void, (readonly Member[])[]> {
    const parts: Part[] = [];
    for (const { members } of this.groups) {
      for (const part of divideByChoice(members, this.texts)) {
        const tokens = part[0]?.tokens.slice() ?? new Uint32Array();
        for (const member of part) joinInto(tokens, member.tokens);
        parts.push({ tokens, members: part });
      }
      yield;
    }
    return mergeVariants(parts, (id) => id !== ANY && !this.silent[id]).map(({ members }) => members);
  }

  /** @param joinUnits a number and a unit that changes with it are one variable */
  private tokensOf(members: readonly Member[], joinUnits: boolean): string[] {
    const template: string[] = [];
    const length = members[0]?.tokens.length ?? 0;
    for (let at = 0; at < length; at++) {
      const ids = new Set<number>();
      for (const { tokens } of members) ids.add(tokens[at] ?? ANY);
      const texts = new Set([...ids].map((id) => this.texts[id] ?? ''));
      const joined = joinTexts(texts);
      const isUnit =
        joinUnits &&
        texts.size > 1 &&
        template.at(-1)?.endsWith(WILDCARD) &&
        [...texts].every((each) => UNIT.test(each));
      template.push(isUnit ? joined.replace(` ${WILDCARD}`, '') : joined);
    }
    return template;
  }

  private idOf({ text, isSilent }: Token): number {
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
}

/** Makes a variable of each place where the tokens differ. */
function joinInto(template: Uint32Array, tokens: Uint32Array): void {
  for (let at = 0; at < tokens.length; at++) if (template[at] !== tokens[at]) template[at] = ANY;
}
