import type { ContextItem } from '../../engine/contract/assistant';

export type ContextKind = ContextItem['kind'];
export const KINDS = [
  'system',
  'folder',
  'last-command',
  'selection',
  'log',
] as const satisfies readonly ContextKind[];

/** What the person chose in one conversation. */
export interface Choices {
  /** Taken away; they stay away here. */
  readonly removed: readonly ContextKind[];
  /** Put beside the next question, as they were at that moment. */
  readonly attached: readonly ContextItem[];
}
export const NO_CHOICES: Choices = { removed: [], attached: [] };

export interface Chip {
  readonly item: ContextItem;
  /** 'suggest': these two say where a command is to run; in talk they only distract a small model. */
  readonly goesWith: 'suggest' | 'both';
}

/** Chips in a fixed order. `standing` are those that are on by themselves. */
export function chipsOf(choices: Choices, standing: readonly ContextItem[]): Chip[] {
  const on = standing.filter(({ kind }) => !choices.removed.includes(kind));
  return [
    ...on.map((item): Chip => ({ item, goesWith: 'suggest' })),
    ...choices.attached.map((item): Chip => ({ item, goesWith: 'both' })),
  ].sort((a, b) => KINDS.indexOf(a.item.kind) - KINDS.indexOf(b.item.kind));
}

export function removeChip(choices: Choices, kind: ContextKind): Choices {
  const standing = kind === 'system' || kind === 'folder';
  return {
    removed: standing ? [...new Set([...choices.removed, kind])] : choices.removed,
    attached: choices.attached.filter((item) => item.kind !== kind),
  };
}

/** Brings a removed one back, or puts one beside the question. */
export function addChip(choices: Choices, item: ContextItem): Choices {
  const { kind } = item;
  if (kind === 'system' || kind === 'folder')
    return { ...choices, removed: choices.removed.filter((other) => other !== kind) };
  return {
    ...choices,
    attached: [...choices.attached.filter((other) => other.kind !== kind), item],
  };
}

/** All that goes with a question, and nothing that no chip shows. */
export function itemsFor(chips: readonly Chip[], wish: 'ask' | 'suggest'): ContextItem[] {
  return chips.filter(({ goesWith }) => goesWith === 'both' || wish === 'suggest').map(({ item }) => item);
}
