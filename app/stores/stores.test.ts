import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../contract/settings';
import { createConversation, listConversations, NEW_TITLE, titleOf } from './conversations';
import { openDatabase } from './database';
import { deleteConversation, deleteForGood } from './deletion';
import { listMessages, type Question, saveAnswer, settleInterrupted, startExchange } from './messages';
import { migrations } from './migrations';
import { openSettings } from './settings';

const ask = (text: string): Question => ({ text, wish: 'ask', context: [], cwd: null });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-stores-'));
  path = join(folder, 'sigma-ops.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const card = {
  command: 'df -h',
  commandSource: { kind: 'model' as const },
  why: 'shows free space',
  whySource: { kind: 'data' as const, name: 'tldr' },
  check: {
    parsed: true,
    level: 'read-only' as const,
    needsRoot: false,
    runsUnseenCode: false,
    reasons: [],
    findings: [],
    placeholders: [{ name: 'FOLDER', start: 6, end: 12 }],
    preview: null,
  },
  explanation: [
    { start: 0, end: 2, text: 'df', role: 'program' as const, meaning: 'disk space', source: 'man df(1)' },
  ],
  values: { FOLDER: ['/var'] },
};

describe('the database', () => {
  it('is made from nothing with every migration, for its owner only', () => {
    const { db, notice, close } = openDatabase(path);
    expect(notice).toBeNull();
    expect(db.get('PRAGMA user_version')).toMatchObject({ user_version: migrations.length });
    expect(db.get('PRAGMA foreign_keys')).toMatchObject({ foreign_keys: 1 });
    expect(db.get('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' });
    if (process.platform !== 'win32') {
      for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    close();
    openDatabase(path).close();
  });

  it('undoes a transaction that fails', () => {
    const { db, close } = openDatabase(path);
    expect(() =>
      db.transaction(() => {
        createConversation(db);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(listConversations(db)).toEqual([]);
    close();
  });

  it.each([
    ['is no database', (content: Buffer) => Buffer.from('x'.repeat(content.length))],
    ['is cut in the middle', (content: Buffer) => content.subarray(0, 5000)],
    [
      'has a page overwritten',
      (content: Buffer) =>
        Buffer.concat([content.subarray(0, 4096), Buffer.alloc(4096, 7), content.subarray(8192)]),
    ],
  ])('keeps a file that %s and starts anew', (_, spoil) => {
    const first = openDatabase(path);
    startExchange(first.db, createConversation(first.db).id, ask('hello'));
    first.close();
    writeFileSync(path, spoil(readFileSync(path)));
    const spoiled = readFileSync(path);
    const second = openDatabase(path);
    expect(second.notice).toMatch(/kept as .*\.broken-/);
    expect(listConversations(second.db)).toEqual([]);
    createConversation(second.db);
    second.close();
    const kept = /kept as (.*?), and/.exec(second.notice ?? '')?.[1] ?? '';
    expect(readFileSync(kept).equals(spoiled)).toBe(true);
  });

  it('leaves the file of a newer version alone', () => {
    const first = openDatabase(path);
    first.db.exec('PRAGMA user_version = 999');
    first.close();
    expect(() => openDatabase(path)).toThrow(/newer version/);
    expect(readdirSync(folder).some((name) => name.includes('broken'))).toBe(false);
  });
});

describe('conversations', () => {
  it('come back after a restart, last used first', async () => {
    const first = openDatabase(path);
    const older = createConversation(first.db);
    const newer = createConversation(first.db);
    expect(older.title).toBe(NEW_TITLE);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { answerId } = startExchange(first.db, older.id, ask('disk is full, what now?'));
    saveAnswer(first.db, answerId, { content: 'Look at /var.', state: 'complete', commands: [card] });
    first.close();

    const second = openDatabase(path);
    expect(listConversations(second.db).map(({ id, title }) => [id, title])).toEqual([
      [older.id, 'disk is full, what now?'],
      [newer.id, NEW_TITLE],
    ]);
    expect(listMessages(second.db, older.id)).toMatchObject([
      { role: 'user', content: 'disk is full, what now?', state: 'complete' },
      { role: 'assistant', content: 'Look at /var.', state: 'complete', commands: [card], error: null },
    ]);
    second.close();
  });

  it('keep what had been saved of an answer when the app is killed', async () => {
    // A process of its own, killed without warning while it writes.
    const script = `
      const Libsql = require('libsql');
      const db = new Libsql(process.argv[1]);
      db.exec("INSERT INTO conversation (id, title, updated_at) VALUES (1, 'x', '2026-01-01T00:00:00.000Z')");
      db.exec("INSERT INTO message (id, conversation_id, role, content, state, created_at) " +
        "VALUES (1, 1, 'assistant', '', 'streaming', '2026-01-01T00:00:00.000Z')");
      for (let n = 0; ; n++) {
        db.prepare("UPDATE message SET content = content || ' word' WHERE id = 1").run();
        if (n === 50) console.log('enough');
      }`;
    openDatabase(path).close();
    const child = spawn(process.execPath, ['-e', script, path], { cwd: import.meta.dirname });
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', () => reject(new Error('the writer ended early')));
    });
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;

    const { db, notice, close } = openDatabase(path);
    expect(notice).toBeNull();
    settleInterrupted(db);
    const [message] = listMessages(db, 1);
    expect(message?.state).toBe('partial');
    expect(message?.content).toMatch(/^( word){50,}$/);
    close();
  });

  it('delete their messages with them, and drop an answer that was still coming', () => {
    const { db, close } = openDatabase(path);
    const { id } = createConversation(db);
    const { answerId } = startExchange(db, id, ask('hello'));
    deleteConversation(db, id);
    expect(() => listMessages(db, id)).toThrow(/deleted/);
    deleteForGood(db, id);
    saveAnswer(db, answerId, { content: 'late', state: 'complete' });
    expect(db.all('SELECT id FROM message')).toEqual([]);
    expect(() => listMessages(db, id)).toThrow(/deleted/);
    expect(() => startExchange(db, id, ask('again'))).toThrow(/deleted/);
    close();
  });

  it('of versions before checks still show their cards', () => {
    const { db, close } = openDatabase(path);
    const { id } = createConversation(db);
    startExchange(db, id, ask('hello'));
    const { check: _check, explanation: _explanation, values: _values, ...old } = card;
    db.run('UPDATE message SET commands = ?', JSON.stringify([old]));
    expect(listMessages(db, id)[1]?.commands).toEqual([{ ...old, check: null, explanation: [], values: {} }]);
    close();
  });

  it('show a message whose cards cannot be read, without the cards', () => {
    const { db, close } = openDatabase(path);
    const { id } = createConversation(db);
    startExchange(db, id, ask('hello'));
    db.run('UPDATE message SET commands = \'[{"nonsense":1}]\'');
    expect(listMessages(db, id).map(({ content, commands }) => [content, commands])).toEqual([
      ['hello', []],
      ['', []],
    ]);
    close();
  });

  it('are named after the first line of the first question', () => {
    expect(titleOf('  why\tis it slow?\nmore')).toBe('why is it slow?');
    const long = titleOf('the service on the third machine does not answer any more since the update');
    expect(long).toBe('the service on the third machine does not answer any more…');
    expect([...titleOf('x'.repeat(100))]).toHaveLength(60);
  });
});

describe('settings', () => {
  const file = () => join(folder, 'settings.json');

  it('are the defaults, and what was set since', () => {
    const first = openSettings(file());
    expect(first.get()).toEqual(DEFAULT_SETTINGS);
    expect(first.change({ theme: 'dark', zoom: undefined })).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    expect(openSettings(file()).get()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('tell of a change, until nobody listens', () => {
    const store = openSettings(file());
    const seen: string[] = [];
    const abort = new AbortController();
    store.watch((now, before) => seen.push(`${before.theme} ${now.theme}`), abort.signal);
    store.change({ theme: 'light' });
    abort.abort();
    store.change({ theme: 'contrast' });
    expect(seen).toEqual(['system light']);
  });

  it('keep what another version has written', () => {
    writeFileSync(file(), '{"theme":"light","ofTomorrow":[1]}');
    openSettings(file()).change({ zoom: 1.5 });
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({
      theme: 'light',
      zoom: 1.5,
      ofTomorrow: [1],
    });
  });

  it.each(['', '{', '[]', 'null'])('keep a broken file (%j) aside', (content) => {
    writeFileSync(file(), content);
    const { get, notice } = openSettings(file());
    expect(get()).toEqual(DEFAULT_SETTINGS);
    expect(notice).toMatch(/kept as .*settings\.json\.broken/);
    expect(readFileSync(`${file()}.broken`, 'utf8')).toBe(content);
  });

  it('name a value that cannot be used, and keep all others', () => {
    const content = '{"theme":"pink","zoom":1.25,"keys":{"app.palette":["Ctrl+Ctrl+A"]}}';
    writeFileSync(file(), content);
    const { get, notice } = openSettings(file());
    expect(get()).toEqual({ ...DEFAULT_SETTINGS, zoom: 1.25 });
    expect(notice).toMatch(/theme, keys have a value that cannot be used.*settings\.json\.broken/);
    expect(readFileSync(`${file()}.broken`, 'utf8')).toBe(content);
  });
});
