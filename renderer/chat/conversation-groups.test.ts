import { expect, it } from 'vitest';
import type { Conversation } from '../../app/contract/window-api';
import { folderNames, groupConversations } from './conversation-groups';

const one = (id: number, change: Partial<Conversation> = {}): Conversation => ({
  id,
  title: String(id),
  updatedAt: '2026-01-01T00:00:00.000Z',
  pinned: false,
  folder: null,
  deletedAt: null,
  ...change,
});

it('puts pinned ones first, then folders, then the rest, without deleted ones', () => {
  const all = [
    one(1),
    one(2, { folder: 'shop' }),
    one(3, { pinned: true, folder: 'shop' }),
    one(4, { folder: 'db1' }),
    one(5, { deletedAt: '2026-01-01T00:00:00.000Z', folder: 'gone' }),
  ];
  const groups = groupConversations(all).map(({ title, conversations }) => [
    title,
    conversations.map(({ id }) => id),
  ]);
  expect(groups).toEqual([
    ['Pinned', [3]],
    ['db1', [4]],
    ['shop', [2]],
    [null, [1]],
  ]);
  expect(folderNames(all)).toEqual(['db1', 'shop']);
});
