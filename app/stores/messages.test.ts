import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeConversation, createConversation, getConversation, listConversations } from './conversations';
import { type OpenedDatabase, openDatabase, type WriteDb } from './database';
import {
  deleteBranch,
  deleteConversation,
  deleteForGood,
  KEPT_DAYS,
  purgeDeleted,
  restoreBranch,
  restoreConversation,
} from './deletion';
import { chainTo } from './message-tree';
import {
  listMessages,
  modelInputOf,
  type Question,
  saveAnswer,
  showMessage,
  startAnotherAnswer,
  startExchange,
  treeOf,
} from './messages';
import { migrations } from './migrations';

const ask = (text: string): Question => ({ text, wish: 'ask', context: [], cwd: null });

let folder: string;
let path: string;
let opened: OpenedDatabase;
let db: WriteDb;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-messages-'));
  path = join(folder, 'sigma-ops.db');
  opened = openDatabase(path);
  db = opened.db;
});
afterEach(() => {
  opened.close();
  rmSync(folder, { recursive: true, force: true });
});

function exchange(id: number, text: string, answer = `answer to ${text}`, editOf?: number): number {
  const { question, answerId } = startExchange(
    db,
    id,
    ask(text),
    editOf === undefined ? undefined : { editOf },
  );
  saveAnswer(db, answerId, { content: answer, state: 'complete' });
  return question.id;
}
const texts = (id: number) => listMessages(db, id).map(({ content }) => content);

describe('versions of messages', () => {
  it('keep an edited question, its answers and what followed them', () => {
    const { id } = createConversation(db);
    const first = exchange(id, 'one');
    exchange(id, 'two');
    const edited = exchange(id, 'one, said better', 'another', first);
    expect(texts(id)).toEqual(['one, said better', 'another']);
    expect(listMessages(db, id)[0]).toMatchObject({ id: edited, versions: [first, edited] });
    showMessage(db, first);
    expect(texts(id)).toEqual(['one', 'answer to one', 'two', 'answer to two']);
    exchange(id, 'three');
    showMessage(db, edited);
    expect(texts(id)).toEqual(['one, said better', 'another']);
  });

  it('hold every answer to a question, which goes again with what went along at first', () => {
    const { id } = createConversation(db);
    const context = [{ kind: 'log' as const, label: 'app.log', text: 'line' }];
    const asked = { text: 'free space', wish: 'suggest' as const, context, cwd: '/srv' };
    const { question, answerId, attempt } = startExchange(db, id, asked);
    expect(attempt).toBe(0);
    saveAnswer(db, answerId, { content: 'first', state: 'complete' });
    const again = startAnotherAnswer(db, id, question.id);
    expect(again).toMatchObject({ asked, attempt: 1, earlier: [] });
    saveAnswer(db, again.answerId, { content: 'second', state: 'complete' });
    const [shown, answer] = listMessages(db, id);
    expect(shown).toMatchObject({ wish: 'suggest', context: [{ kind: 'log', label: 'app.log' }] });
    expect(answer).toMatchObject({ content: 'second', versions: [answerId, again.answerId] });
  });

  it('are not found across conversations, and answers are no questions', () => {
    const { id } = createConversation(db);
    const { id: other } = createConversation(db);
    const question = exchange(id, 'one');
    expect(() => exchange(other, 'x', 'y', question)).toThrow(/deleted/);
    expect(() => startAnotherAnswer(db, id, question + 1)).toThrow(/deleted/);
  });

  it('carry figures and what the model was given', () => {
    const { id } = createConversation(db);
    const { answerId } = startExchange(db, id, ask('one'));
    const stats = {
      promptTokens: 90,
      reusedTokens: 0,
      generatedTokens: 12,
      prefillMs: 100,
      decodeMs: 200,
      stop: 'end' as const,
      contextLength: 8192,
      firstTokenMs: 120.5,
      turnsLeftOut: 0,
    };
    const modelInput = {
      prompts: [{ parts: [{ text: '<|im_start|>', special: true }], tokens: 90 }],
      leftOut: ['much'],
    };
    saveAnswer(db, answerId, { content: 'x', state: 'complete', stats, modelInput });
    expect(listMessages(db, id)[1]).toMatchObject({ stats, hasModelInput: true });
    expect(modelInputOf(db, answerId)).toEqual(modelInput);
  });

  type Step = readonly ['ask' | 'edit' | 'again' | 'show' | 'delete' | 'undo', number];
  const step: fc.Arbitrary<Step> = fc.tuple(
    fc.constantFrom('ask', 'ask', 'edit', 'again', 'show', 'delete', 'undo'),
    fc.nat(1000),
  );

  it('stay reachable through any edits, and what is shown is one chain from a first to a last message', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { id } = createConversation(db);
        const deletions: number[] = [];
        let made = 0;
        const roleOf = (message: number) =>
          (db.get('SELECT role FROM message WHERE id = ?', message) as { role: string }).role;
        for (const [action, number] of steps) {
          const before = treeOf(db, id).map((node) => node.id);
          const any = before[number % Math.max(1, before.length)];
          const question = before.filter((one) => roleOf(one) === 'user')[
            number % Math.max(1, before.length)
          ];
          if (action === 'ask') exchange(id, `q${made++}`);
          else if (action === 'edit' && question) exchange(id, `e${made++}`, 'a', question);
          else if (action === 'again' && question) startAnotherAnswer(db, id, question);
          else if (action === 'show' && any) {
            showMessage(db, any);
            expect(listMessages(db, id).map((message) => message.id)).toContain(any);
          } else if (action === 'delete' && any) {
            deletions.push(deleteBranch(db, any));
          } else if (action === 'undo') restoreBranch(db, id, deletions.pop() ?? null);

          const nodes = treeOf(db, id);
          const shown = listMessages(db, id);
          if (action !== 'delete') expect(nodes.length).toBeGreaterThanOrEqual(before.length);
          // One chain: each follows the one before it, and nothing follows the last.
          shown.forEach((message, at) => {
            const parent = nodes.find((node) => node.id === message.id)?.parent;
            expect(parent).toBe(shown[at - 1]?.id ?? null);
            expect(message.role).toBe(at % 2 === 0 ? 'user' : 'assistant');
            expect(message.versions).toContain(message.id);
          });
          expect(nodes.some(({ parent }) => parent === (shown.at(-1)?.id ?? null))).toBe(false);
          // Every message is on a chain that begins with a first one.
          for (const node of nodes) {
            const [root] = chainTo(nodes, node.id);
            expect(nodes.find((one) => one.id === root)?.parent).toBeNull();
          }
        }
        // Undone from the last to the first, nothing is lost.
        const { all } = db.get('SELECT count(*) AS "all" FROM message WHERE conversation_id = ?', id) as {
          all: number;
        };
        for (const deletion of deletions.reverse()) restoreBranch(db, id, deletion);
        expect(treeOf(db, id)).toHaveLength(all);
        expect(db.get('PRAGMA quick_check(1)')).toMatchObject({ quick_check: 'ok' });
      }),
      { numRuns: 40 },
    );
  });
});

describe('deleted', () => {
  it('conversations come back whole, or go for good after their time', () => {
    const { id } = createConversation(db);
    exchange(id, 'one');
    deleteConversation(db, id);
    expect(listConversations(db)[0]?.deletedAt).not.toBeNull();
    expect(() => listMessages(db, id)).toThrow(/deleted/);
    restoreConversation(db, id);
    expect(texts(id)).toHaveLength(2);
    deleteConversation(db, id);
    purgeDeleted(db);
    expect(listConversations(db)).toHaveLength(1);
    purgeDeleted(db, Date.now() + (KEPT_DAYS + 1) * 86_400_000);
    expect(listConversations(db)).toEqual([]);
  });

  it('branches of thousands of messages go and come back', () => {
    const { id } = createConversation(db);
    const first = exchange(id, 'one');
    db.transaction(() => {
      let parent = first + 1;
      for (let n = 0; n < 2500; n++)
        parent = db.run(
          `INSERT INTO message (conversation_id, parent_id, role, content, state, created_at)
           VALUES (?, ?, ?, 'x', 'complete', '2026-01-01T00:00:00.000Z')`,
          id,
          parent,
          n % 2 === 0 ? 'user' : 'assistant',
        );
    });
    const deletion = deleteBranch(db, first);
    expect(listMessages(db, id)).toEqual([]);
    restoreBranch(db, id, deletion);
    expect(listMessages(db, id)).toHaveLength(2502);
    deleteBranch(db, first);
    purgeDeleted(db, Date.now() + (KEPT_DAYS + 1) * 86_400_000);
    expect(db.all('SELECT id FROM message')).toEqual([]);
    exchange(id, 'two');
    deleteForGood(db, id);
    expect(listConversations(db)).toEqual([]);
  });

  it('for good leave no byte in the files', () => {
    const secret = 'zyxwv-geheimnis-9137';
    const { id } = createConversation(db);
    const { id: other } = createConversation(db);
    exchange(other, 'what stays');
    const question = exchange(
      id,
      `${secret} in a question`,
      `${secret} in an answer ${'long '.repeat(4000)}`,
    );
    changeConversation(db, id, { title: `${secret} as a title`, folder: secret });
    const { answerId } = startExchange(db, id, {
      ...ask('x'),
      context: [{ kind: 'log', label: secret, text: secret }],
    });
    const modelInput = {
      prompts: [{ parts: [{ text: secret, special: false }], tokens: 1 }],
      leftOut: [secret],
    };
    for (const part of ['', ' more', ' and more'])
      saveAnswer(db, answerId, { content: secret + part, state: 'streaming', modelInput });
    exchange(id, `${secret} edited`, secret, question);
    // As after an update of the app: a copy stands beside the file.
    db.run('VACUUM INTO ?', `${path}.before-migration-of-1`);
    expect(filesWith(secret).length).toBeGreaterThan(0);
    deleteConversation(db, id);
    deleteForGood(db, id);
    expect(filesWith(secret)).toEqual([]);
    expect(texts(other)[0]).toBe('what stays');
    opened.close();
    expect(filesWith(secret)).toEqual([]);
    opened = openDatabase(path);
  });
});

function filesWith(text: string): string[] {
  return readdirSync(folder).filter((name) => {
    const content = readFileSync(join(folder, name));
    return content.includes(text) || content.includes(Buffer.from(text, 'utf16le'));
  });
}

describe('migrations', () => {
  it('turn a list of messages into a chain, after a copy of the file was made', () => {
    const old = join(folder, 'old.db');
    const connection = new Libsql(old);
    connection.exec(migrations[0]?.sql ?? '');
    connection.exec(`PRAGMA user_version = 1;
      INSERT INTO conversation (id, title, updated_at) VALUES (1, 'a', '2026-01-01T00:00:00.000Z'), (2, 'b', '2026-01-01T00:00:00.000Z');
      INSERT INTO message (conversation_id, role, content, state, created_at) VALUES
        (1, 'user', 'q1', 'complete', '2026-01-01T00:00:00.000Z'),
        (2, 'user', 'other', 'complete', '2026-01-01T00:00:00.000Z'),
        (1, 'assistant', 'a1', 'complete', '2026-01-01T00:00:00.000Z'),
        (1, 'user', 'q2', 'complete', '2026-01-01T00:00:00.000Z'),
        (1, 'assistant', 'a2', 'partial', '2026-01-01T00:00:00.000Z');`);
    connection.close();
    const migrated = openDatabase(old);
    expect(listMessages(migrated.db, 1).map(({ content }) => content)).toEqual(['q1', 'a1', 'q2', 'a2']);
    expect(getConversation(migrated.db, 2)).toMatchObject({ title: 'b', pinned: false, folder: null });
    migrated.close();
    const copy = `${old}.before-migration-of-1`;
    expect(existsSync(copy)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(copy).mode & 0o777).toBe(0o600);
    const kept = new Libsql(copy);
    expect(kept.prepare('SELECT count(*) AS n FROM message').get()).toMatchObject({ n: 5 });
    expect(kept.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 1 });
    kept.close();
  });

  it('make no copy of a file that is new or up to date', () => {
    opened.close();
    opened = openDatabase(path);
    db = opened.db;
    expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([]);
  });
});
