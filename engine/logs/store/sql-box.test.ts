import { existsSync } from 'node:fs';
import { appendFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../contract/errors';
import { LINE_VIEW_LIMIT, SQL_ROWS } from '../../contract/logs';
import { plain, requests, ViewsUnderTest } from '../views/testing';
import { LINE_ROWS } from './document-files';

let views: ViewsUnderTest;
let id: string;
let other: string;

beforeAll(async () => {
  views = await ViewsUnderTest.start();
  ({ id } = await views.openFile("it's a.log", requests(3000)));
  ({ id: other } = await views.openText('secret of another log\n'));
  await writeFile(join(views.folder, 'secret.csv'), 'a,b\n1,secret\n');
});
afterAll(() => views.stop());

const failure = (query: string): Promise<AppError> =>
  views.sql(id, query).then(
    (answer) => {
      throw new Error(`answered ${JSON.stringify(answer)}`);
    },
    (thrown: AppError) => thrown,
  );

describe('what may be asked', () => {
  test('every line stands beside its own text, however the log came in parts', async () => {
    const linesOf = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => `2024-01-01T00:00:00Z INFO request ${from + at} done\n`).join(
        '',
      );
    // One commit that ends a few lines into one of DuckDB's vectors, and more behind it.
    const first = LINE_ROWS + 2048 * 3 + 7;
    const { id: grown } = await views.openFile('grown.log', linesOf(1, first), true);
    await appendFile(join(views.folder, 'grown.log'), linesOf(first + 1, 130_000));
    const documentOf = async () =>
      (await views.calls.list({}, plain)).find((document) => document.id === grown);
    await vi.waitFor(async () => expect((await documentOf())?.lineCount).toBe(first + 130_000), 60_000);
    await views.calls.follow({ id: grown, on: false }, plain);
    const { rows } = await views.sql(grown, "SELECT count(*) FROM log WHERE text LIKE '% ' || line || ' %'");
    expect(rows).toEqual([[first + 130_000]]);
  }, 120_000);

  test('every line stands beside its own text, time, severity and pattern', async () => {
    const { columns, rows, cut } = await views.sql(
      id,
      'SELECT * FROM log ORDER BY line LIMIT 900 OFFSET 1500',
    );
    expect(columns).toEqual([
      { name: 'line', type: 'number' },
      { name: 'time', type: 'time' },
      { name: 'severity', type: 'text' },
      { name: 'pattern', type: 'number' },
      { name: 'text', type: 'text' },
      { name: 'source', type: 'text' },
      { name: 'continues', type: 'boolean' },
    ]);
    expect(cut).toBe(false);
    const lines = await views.calls.lines({ id, from: 1501, count: 900 }, plain);
    expect(rows).toEqual(
      lines.map(({ number, time, severity, pattern, text, continues }) => [
        number,
        time,
        severity,
        pattern,
        text,
        "it's a.log",
        continues,
      ]),
    );
  });

  test('so it is in a log in which each line is a shape of its own', async () => {
    const words = Array.from(
      { length: 3000 },
      (_, index) => `${index.toString(26).replace(/\d/g, 'x')} wörd ${index}\r`,
    );
    const { id: odd } = await views.openText(words.join('\n'));
    const { rows } = await views.sql(
      odd,
      'SELECT line, text, pattern FROM log ORDER BY line LIMIT 1000 OFFSET 1990',
    );
    const lines = await views.calls.lines({ id: odd, from: 1991, count: 1000 }, plain);
    expect(rows).toEqual(lines.map(({ number, text, pattern }) => [number, text, pattern]));
  });

  test('counts, patterns, joins, in any form of a single SELECT', async () => {
    const ask = async (query: string) => (await views.sql(id, query)).rows;
    expect(
      await ask('SELECT severity, count(*) FROM log GROUP BY ALL ORDER BY severity; -- by severity'),
    ).toEqual([
      ['error', 60],
      ['info', 2940],
    ]);
    expect(
      await ask(
        "/* first */ WITH e AS (SELECT * FROM log WHERE severity = 'error') SELECT p.count, count(*) FROM e JOIN patterns p USING (pattern) GROUP BY ALL",
      ),
    ).toEqual([[60, 60]]);
    expect(await ask('FROM log SELECT max(line)')).toEqual([[3000]]);
    expect((await ask('DESCRIBE log')).map(([name]) => name)).toContain('text');
    expect(await ask("SELECT date '2024-05-01', 1e999, 0.5::DECIMAL(3,2), [1], NULL, true")).toEqual([
      [Date.UTC(2024, 4, 1), null, 0.5, '[1]', null, true],
    ]);
  });

  test('long answers are cut, by rows and by text', async () => {
    const many = await views.sql(id, 'SELECT line FROM log ORDER BY line DESC');
    expect(many).toMatchObject({ cut: true });
    expect(many.rows).toHaveLength(SQL_ROWS);
    expect(many.rows[0]).toEqual([3000]);
    const [[text] = []] = (await views.sql(id, "SELECT repeat('x', 100000)")).rows;
    expect(String(text)).toHaveLength(LINE_VIEW_LIMIT);
  });
});

describe('what may not', () => {
  test.each([
    "SELECT * FROM read_csv('FOLDER/secret.csv')",
    "SELECT * FROM 'FOLDER/secret.csv'",
    "SELECT * FROM sniff_csv('FOLDER/secret.csv')",
    "SELECT * FROM read_text('FOLDER/secret.csv')",
    "SELECT * FROM read_blob('/etc/hostname')",
    "SELECT * FROM glob('FOLDER/*')",
    "SELECT * FROM read_duckdb('FOLDER/cache/OTHER.duckdb')",
    'SELECT * FROM log_OTHERNAME.lines',
    'FROM duckdb_secrets()',
    "SELECT * FROM query('COPY (SELECT 1) TO ''FOLDER/out''')",
    "COPY log TO 'FOLDER/out'",
    "COPY (SELECT 1) TO 'FOLDER/out'",
    "EXPORT DATABASE 'FOLDER/out'",
    "ATTACH 'FOLDER/cache/OTHER.duckdb'",
    "ATTACH 'FOLDER/out'",
    'DETACH document',
    'INSTALL httpfs',
    'LOAD httpfs',
    "LOAD 'FOLDER/x.duckdb_extension'",
    "PRAGMA memory_limit='9GB'",
    'PRAGMA database_list',
    'CALL pragma_version()',
    "SET memory_limit='9GB'",
    'SET enable_external_access=true',
    'RESET lock_configuration',
    'USE document',
    'CREATE TABLE t (a INT)',
    "CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')",
    'CREATE OR REPLACE VIEW log AS SELECT 1',
    'DROP VIEW log',
    'DELETE FROM document.lines',
    'UPDATE document.lines SET shape = 1',
    'INSERT INTO document.lines SELECT * FROM document.lines',
    'BEGIN',
    'CHECKPOINT',
    'VACUUM',
    'EXPLAIN ANALYZE SELECT 1',
    'PREPARE q AS SELECT 1',
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP VIEW log',
    'SELECT $1',
    '',
    ' ; -- nothing',
  ])('%s', async (template) => {
    const query = template
      .replaceAll('FOLDER', views.folder)
      .replaceAll('OTHERNAME', other.replaceAll('-', '_'))
      .replaceAll('OTHER', other);
    const error = await failure(query);
    expect(error).toBeInstanceOf(AppError);
    expect(error.kind).toBe('invalid-input');
    expect(existsSync(join(views.folder, 'out'))).toBe(false);
    // The log is whole and the next question is answered.
    expect((await views.sql(id, 'SELECT count(*) FROM log')).rows).toEqual([[3000]]);
  });

  test('a question that takes long is stopped when it is cancelled', async () => {
    const stop = new AbortController();
    const query = "SELECT count(*) FROM log a, log b, log c WHERE a.text || b.text || c.text LIKE '%x%y%z%'";
    const answer = views.calls.sql({ id, query }, { signal: stop.signal, emit: () => undefined } as never);
    await views.calls.lines({ id, from: 1, count: 1 }, plain);
    stop.abort();
    await expect(answer).rejects.toMatchObject({ kind: 'cancelled' });
  });

  test('nothing is left on the disk', async () => {
    const spill = join(views.folder, 'cache', 'spill');
    expect(existsSync(spill) ? await readdir(spill) : []).toEqual([]);
  });
});

describe('errors say what is wrong and where', () => {
  test.each([
    ['selec 1', /syntax error.*At line 1, character 1\./],
    ['SELECT\n  lien\nFROM log', /"lien".*"line".*At line 2, character 3\./s],
    [`SELECT ${'1 + '.repeat(60)} lien FROM log`, /At line 1, character 249\./],
    [
      'SELECT * FROM logs',
      /logs does not exist\. The tables are log and patterns\. At line 1, character 15\./,
    ],
    ['SELECT text::INT FROM log', /Could not convert string '2024-05-01/],
    ["SELECT * FROM log WHERE text ~ '('", /missing \)/],
  ])('%s', async (query, message) => {
    expect((await failure(query)).message).toMatch(message);
  });
});
