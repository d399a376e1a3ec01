import { create } from 'zustand';
import type { ContextItem } from '../../engine/contract/assistant';
import { readStored, writeStored } from '../ui/stored';
import {
  addChip,
  type Choices,
  type ContextKind,
  chipsOf,
  itemsFor,
  KINDS,
  NO_CHOICES,
  removeChip,
} from './chips';
import { useSurroundings } from './surroundings';

/** Choices by conversation; what was removed survives a restart. */
export const useContext = create<{ readonly byConversation: Readonly<Record<number, Choices>> }>(() => ({
  byConversation: {},
}));

const storedName = (conversation: number) => `context.removed.${conversation}`;
/** The conversation that has no place in the store yet. */
const NEW = 0;

export function choicesOf(
  { byConversation }: { readonly byConversation: Readonly<Record<number, Choices>> },
  conversation: number,
): Choices {
  return byConversation[conversation] ?? storedChoices(conversation);
}

const fromStore = new Map<number, Choices>();

/** The same object each time, so that readers see no change where there is none. */
function storedChoices(conversation: number): Choices {
  if (conversation === NEW) return NO_CHOICES;
  let choices = fromStore.get(conversation);
  if (!choices) {
    const words = (readStored(storedName(conversation)) ?? '').split(' ');
    const removed = KINDS.filter((kind) => words.includes(kind));
    choices = removed.length > 0 ? { removed, attached: [] } : NO_CHOICES;
    fromStore.set(conversation, choices);
  }
  return choices;
}

function change(conversation: number, edit: (choices: Choices) => Choices): void {
  useContext.setState((state) => {
    const choices = edit(choicesOf(state, conversation));
    if (conversation !== NEW) writeStored(storedName(conversation), choices.removed.join(' '));
    return { byConversation: { ...state.byConversation, [conversation]: choices } };
  });
}

export function removeContext(conversation: number, kind: ContextKind): void {
  change(conversation, (choices) => removeChip(choices, kind));
}

export function addContext(conversation: number, item: ContextItem): void {
  change(conversation, (choices) => addChip(choices, item));
}

/** A new conversation got its place: its choices come along, and the next new one starts afresh. */
export function adoptContext(conversation: number): void {
  const choices = choicesOf(useContext.getState(), NEW);
  change(conversation, () => choices);
  change(NEW, () => NO_CHOICES);
}

/** What was put beside one question is not put beside the next. */
export function dropAttached(conversation: number, sent: readonly ContextItem[]): void {
  change(conversation, (choices) => ({
    ...choices,
    attached: choices.attached.filter((item) => !sent.includes(item)),
  }));
}

/** What goes with a question that is asked now: exactly what its chips show. */
export function contextFor(
  conversation: number,
  wish: 'ask' | 'suggest',
): { items: ContextItem[]; cwd: string | null } {
  const { system, folder } = useSurroundings.getState();
  const standing = [...(system ? [system] : []), ...(folder ? [folder.item] : [])];
  const items = itemsFor(chipsOf(choicesOf(useContext.getState(), conversation), standing), wish);
  const cwd = items.some(({ kind }) => kind === 'folder') ? (folder?.cwd ?? null) : null;
  return { items, cwd };
}
