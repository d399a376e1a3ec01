import { expect, it } from 'vitest';
import type { Conversation, Message } from '../../contract/window-api';
import { exportedText, exportName } from './export-conversation';

const conversation: Conversation = {
  id: 1,
  title: 'Disk full',
  updatedAt: '2026-01-01T00:00:00.000Z',
  pinned: false,
  folder: 'shop',
  deletedAt: null,
};
const message = (role: Message['role'], content: string, change: Partial<Message> = {}): Message => ({
  id: 1,
  role,
  content,
  state: 'complete',
  error: null,
  commands: [],
  wish: 'ask',
  context: [],
  stats: null,
  hasModelInput: false,
  versions: [1],
  createdAt: '2026-01-01T00:00:00.000Z',
  ...change,
});
const source = { kind: 'model' as const };
const card = {
  command: 'echo "a```b" | mysql --password=hunter2secret',
  commandSource: source,
  why: 'asks the database',
  whySource: source,
  check: null,
  explanation: [],
  values: {},
};
const messages = [
  message('user', 'why is it full? export DB_PASSWORD=hunter2secret'),
  message('assistant', 'Look at /var.', { commands: [card], state: 'partial' }),
];

it('writes Markdown with cards, and masks secrets', () => {
  const { text, masked } = exportedText(conversation, messages, 'markdown');
  expect(text).toMatch(/^# Disk full\n\n## You, 2026-01-01T00:00:00.000Z\n\nwhy is it full\?/u);
  expect(text).toContain('````bash\necho "a```b"');
  expect(text).toContain('_Not complete._');
  expect(text).not.toContain('hunter2secret');
  expect(masked).toBe(2);
});

it('writes JSON of a named form, masked too', () => {
  const { text } = exportedText(conversation, messages, 'json');
  expect(text).not.toContain('hunter2secret');
  expect(JSON.parse(text)).toMatchObject({
    format: 'sigma-ops-conversation',
    title: 'Disk full',
    messages: [{ role: 'user' }, { role: 'assistant', content: 'Look at /var.', state: 'partial' }],
  });
});

it('names files so that every system takes them', () => {
  expect(exportName('a/b: "what?"…', 'markdown')).toBe('a b what.md');
  expect(exportName('../..', 'json')).toBe('conversation.json');
});
