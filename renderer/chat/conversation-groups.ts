import type { Conversation } from '../../app/contract/window-api';

export interface ConversationGroup {
  /** Null: those in no folder. */
  readonly title: string | null;
  readonly conversations: readonly Conversation[];
}

/** Pinned ones first, then folders by name, then the rest; each in the order given. Deleted ones are left out. */
export function groupConversations(all: readonly Conversation[]): ConversationGroup[] {
  const kept = all.filter(({ deletedAt }) => deletedAt === null);
  const pinned = kept.filter((one) => one.pinned);
  const others = kept.filter((one) => !one.pinned);
  const folders = folderNames(others).map((name) => ({
    title: name,
    conversations: others.filter(({ folder }) => folder === name),
  }));
  const groups = [
    { title: 'Pinned', conversations: pinned },
    ...folders,
    { title: null, conversations: others.filter(({ folder }) => folder === null) },
  ];
  return groups.filter(({ conversations }) => conversations.length > 0);
}

export function folderNames(all: readonly Conversation[]): string[] {
  const names = all.flatMap(({ folder, deletedAt }) =>
    folder !== null && deletedAt === null ? [folder] : [],
  );
  return [...new Set(names)].sort((a, b) => a.localeCompare(b, 'en'));
}
