import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeConversation, createConversation } from './conversations';
import { type OpenedDatabase, openDatabase, type WriteDb } from './database';
import { deleteBranch, deleteConversation, deleteForGood, restoreBranch } from './deletion';
import { saveAnswer, startExchange } from './messages';
import { forgetFindings, saveFindings, searchAll } from './search';
import { hitPieces } from './search-query';

let folder: string;
let opened: OpenedDatabase;
let db: WriteDb;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigma-search-'));
  opened = openDatabase(join(folder, 'sigma-ops.db'));
  db = opened.db;
});
afterAll(() => {
  opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const source = { kind: 'model' as const };
const card = (command: string) => ({
  command,
  commandSource: source,
  why: 'lists what listens',
  whySource: source,
  check: null,
  explanation: [],
  values: {},
});
function exchange(text: string, answer: string, commands: string[] = []) {
  const { id } = createConversation(db);
  const { question, answerId } = startExchange(db, id, { text, wish: 'ask', context: [], cwd: null });
  saveAnswer(db, answerId, { content: answer, state: 'streaming' });
  expect(searchAll(db, `"${answer}"`).chats.filter(({ message }) => message === answerId)).toEqual([]);
  saveAnswer(db, answerId, { content: answer, state: 'complete', commands: commands.map(card) });
  return { id, question: question.id, answerId };
}
const shown = (typed: string) =>
  searchAll(db, typed).chats.map(({ excerpt }) =>
    excerpt.map(({ text, hit }) => (hit ? `[${text}]` : text)).join(''),
  );

describe('search', () => {
  it('finds beginnings of words in any order, without accents and case, and marks them', () => {
    const { answerId } = exchange(
      'Wo liegt die Größe fest?',
      'Im Café, bei kube-apiserver in /var/log/nginx.',
    );
    expect(shown('cafe')).toEqual(['Im [Café], bei kube-apiserver in /var/log/nginx.']);
    expect(shown('API kube')[0]).toContain('[kube]-[apiserver]');
    expect(shown('/var/log/ng')[0]).toContain('[var/log/nginx]');
    expect(shown('GROS')).toEqual([]);
    expect(shown('groß').length).toBeGreaterThan(0);
    expect(searchAll(db, 'nginx caf').chats[0]?.message).toBe(answerId);
    expect(shown('"kube apis"')).toEqual([]);
    expect(shown('"kube apiserver"')).toHaveLength(1);
  });

  it('tells commands, titles and findings from messages', () => {
    const { id, answerId } = exchange('who listens there', 'see below', ['ss -tulpn', 'lsof -i :8080']);
    expect(searchAll(db, 'tulpn').commands).toMatchObject([{ message: answerId, conversation: id }]);
    expect(searchAll(db, 'tulpn').chats).toEqual([]);
    changeConversation(db, id, { title: 'Quokka port' });
    expect(searchAll(db, 'quokk').chats).toMatchObject([{ message: null, conversation: id }]);
    const citations = [{ file: 'app.log', line: 7, text: 'connect ECONNREFUSED 10.0.0.7' }];
    const finding = {
      piece: 1,
      subject: null,
      claim: 'The marmot refused',
      source,
      confidence: 'high' as const,
    };
    saveFindings(
      db,
      { id: 'doc-1', name: 'app.log' },
      { cause: null, findings: [{ ...finding, citations, failure: null }] },
    );
    expect(searchAll(db, 'marmot').findings).toMatchObject([{ document: 'doc-1', name: 'app.log', line: 7 }]);
    expect(searchAll(db, 'econnref').findings).toHaveLength(1);
    forgetFindings(db, 'doc-1');
    expect(searchAll(db, 'marmot').findings).toEqual([]);
  });

  it('does not find what was deleted, and finds it again when that is undone', () => {
    const { id, question } = exchange('wombat in the rack', 'yes');
    const deletion = deleteBranch(db, question);
    expect(searchAll(db, 'wombat').chats.filter(({ message }) => message !== null)).toEqual([]);
    restoreBranch(db, id, deletion);
    expect(searchAll(db, 'wombat').chats.length).toBeGreaterThan(0);
    deleteConversation(db, id);
    expect(searchAll(db, 'wombat')).toEqual({ chats: [], commands: [], findings: [] });
  });

  it('keeps no word of what was deleted for good, in no file', () => {
    const { id } = exchange('xylophonist zzverwahrt', 'xylophonist', ['echo xylophonist']);
    deleteForGood(db, id);
    const files = readdirSync(folder).filter((name) =>
      readFileSync(join(folder, name)).toString('latin1').toLowerCase().includes('xylophon'),
    );
    expect(files).toEqual([]);
    expect(db.get("SELECT count(*) AS n FROM search_index WHERE search_index MATCH 'xylo*'")).toMatchObject({
      n: 0,
    });
  });

  it('leaves a file that passes the check at the next start', () => {
    expect(db.get('PRAGMA quick_check(1)')).toMatchObject({ quick_check: 'ok' });
    opened.close();
    opened = openDatabase(join(folder, 'sigma-ops.db'));
    db = opened.db;
    expect(opened.notice).toBeNull();
  });

  it('takes any text without an error', () => {
    const hostile = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '"',
            "'",
            '*',
            '(',
            ')',
            ':',
            '^',
            '-',
            '+',
            '{',
            '}',
            'AND',
            'OR',
            'NOT',
            'NEAR(',
            'text:',
            '\0',
            ' ',
          ),
          fc.string({ unit: 'binary' }),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, (typed) => {
        for (const group of Object.values(searchAll(db, typed))) expect(Array.isArray(group)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('takes excerpts apart whatever is in them', () => {
    expect(hitPieces('a \u0002b\u0003 c\u0002d\u0003')).toEqual([
      { text: 'a ', hit: false },
      { text: 'b', hit: true },
      { text: ' c', hit: false },
      { text: 'd', hit: true },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\u0002', '\u0003') }), (text) => {
        expect(hitPieces(text).every((piece) => piece.text !== '')).toBe(true);
      }),
    );
  });
});
