import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Histogram, LogSignals, PatternSummary } from '../../contract/log-views';
import type { LogDocument } from '../../contract/logs';
import { context, plain, requests, ViewsUnderTest } from './testing';
import { ViewStore } from './view-store';

let views: ViewsUnderTest;

beforeAll(async () => {
  views = await ViewsUnderTest.start();
});
afterEach(() => views.closeDocuments());
afterAll(() => views.stop());

const ISO = (index: number) => new Date(Date.UTC(2024, 4, 1) + index * 1000).toISOString();

describe('lists of lines', () => {
  test('the same question is answered by the same list; a list that is gone says so', async () => {
    const { id } = await views.openText(requests(200));
    const first = await views.search(id, { text: 'refused' });
    expect(first.rows).toBe(4);
    expect(await views.search(id, { text: 'refused' })).toEqual(first);
    const row = await views.calls.rowOfLine({ id, view: first.view, line: 51 }, plain);
    expect(row).toBe(2);
    await expect(views.calls.rows({ id, view: 'gone', from: 1, count: 1 }, plain)).rejects.toMatchObject({
      kind: 'not-found',
    });
    const { id: other } = await views.openText('x\n');
    await expect(
      views.calls.rows({ id: other, view: first.view, from: 1, count: 1 }, plain),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a page of a list has its rows with everything that a line has', async () => {
    const { id } = await views.openText(requests(500));
    const { view } = await views.filter(id, { severities: ['error'] });
    const [row] = await views.calls.rows({ id, view, from: 3, count: 1 }, plain);
    const [line] = await views.calls.lines({ id, from: 150, count: 1 }, plain);
    expect(row).toEqual({ ...line, row: 3 });
    expect(await views.calls.rows({ id, view, from: 11, count: 5 }, plain)).toEqual([]);
  });

  test('as many are kept as fit, the newest in any case', () => {
    const store = new ViewStore(100);
    const add = (question: string, lines: number) =>
      store.add({ document: 'd', lineCount: 100, question, lines: new Uint32Array(lines) }).id;
    const [a, b] = [add('a', 10), add('b', 10)];
    store.get('d', a, 100);
    const c = add('c', 10);
    expect(() => store.get('d', b, 100)).toThrow(/not kept/);
    expect(store.get('d', a, 100).question).toBe('a');
    const large = add('large', 500);
    expect(() => store.get('d', c, 100)).toThrow(/not kept/);
    expect(store.get('d', large, 100).lines).toHaveLength(500);
    expect(() => store.get('d', large, 99)).toThrow(/not kept/);
  });

  test('a wrong regular expression says what is wrong and where', async () => {
    const { id } = await views.openText('x\n');
    const wrong = (text: string) => views.search(id, { text, regex: true });
    await expect(wrong('ab(c')).rejects.toMatchObject({ kind: 'invalid-input', message: /missing \)/ });
    await expect(wrong('ab[z-a]')).rejects.toMatchObject({ message: /at character 4: z-a/ });
    await expect(wrong('(?=look)')).rejects.toMatchObject({ message: /at character 1: \(\?=/ });
    await expect(
      views.filter(id, { exclude: [{ text: '*', regex: true, matchCase: true }] }),
    ).rejects.toMatchObject({ kind: 'invalid-input' });
  });

  test('an expression that makes others hang is answered', async () => {
    const { id } = await views.openText(`${'a'.repeat(8000)}\n`.repeat(50));
    expect(await views.search(id, { text: '(a+)+$|(a|a)*b', regex: true })).toMatchObject({ rows: 50 });
    expect(await views.search(id, { text: '(.*){1,30}[bc]{20}x', regex: true })).toMatchObject({ rows: 0 });
  });
});

describe('a log that grows', () => {
  /** The document once it has so many lines. */
  const grownTo = async (id: string, lines: number): Promise<LogDocument> => {
    const stop = new AbortController();
    let grown: LogDocument | null = null;
    const emit = (document: LogDocument) => {
      if (document.lineCount < lines) return;
      grown = document;
      stop.abort();
    };
    await views.calls.watch({ id }, { signal: stop.signal, emit });
    return grown as unknown as LogDocument;
  };

  test('a list stays what it was; asked again it has the new lines too', async () => {
    const { id } = await views.openFile('grows.log', requests(100), true);
    const before = await views.search(id, { text: 'refused' });
    const filtered = await views.filter(id, { include: [{ text: 'took', regex: false, matchCase: true }] });
    expect([before.rows, filtered.rows]).toEqual([2, 98]);
    await appendFile(join(views.folder, 'grows.log'), requests(100));
    await grownTo(id, 200);
    expect(await views.numbers(id, before)).toEqual([50, 100]);
    const after = await views.search(id, { text: 'refused' });
    expect(await views.numbers(id, after)).toEqual([50, 100, 150, 200]);
    expect(
      await views.filter(id, { include: [{ text: 'took', regex: false, matchCase: true }] }),
    ).toMatchObject({ rows: 196 });
    const { buckets } = await views.calls.histogram({ id, buckets: 10 }, plain);
    expect(buckets.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0)).toBe(200);
    await expect(views.sql(id, 'SELECT 1')).rejects.toMatchObject({ kind: 'unavailable' });
    await views.calls.follow({ id, on: false }, plain);
    expect((await views.sql(id, 'SELECT count(*), max(line) FROM log')).rows).toEqual([[200, 200]]);
  });
});

describe('counts', () => {
  test('a histogram has empty buckets, and one line of 1970 does not ruin it', async () => {
    const lines = requests(600).split('\n');
    const { id } = await views.openText(
      [...lines.slice(0, 300), '1970-01-01T00:00:00.000Z WARN clock', ...lines.slice(420)].join('\n'),
    );
    const histogram = await views.calls.histogram({ id, buckets: 100 }, plain);
    expect(Histogram.parse(histogram)).toEqual(histogram);
    expect(histogram).toMatchObject({ axis: 'time', step: 10_000 });
    expect(histogram.buckets).toHaveLength(60);
    expect(histogram.buckets[35]?.counts).toEqual([0, 0, 0, 0, 0, 0]);
    expect(histogram.buckets[29]).toMatchObject({ firstLine: 291, counts: [0, 1, 1, 9, 0, 0] });
  });

  test('a log without times is counted by line', async () => {
    const { id } = await views.openText('WARN x\n'.repeat(95));
    const { axis, step, buckets } = await views.calls.histogram({ id, buckets: 10 }, plain);
    expect({ axis, step, lines: buckets.map(({ counts }) => counts[2]) }).toEqual({
      axis: 'line',
      step: 10,
      lines: [9, 10, 10, 10, 10, 10, 10, 10, 10, 6],
    });
  });

  test('patterns add up, of the log and of a list, with sparks', async () => {
    const { id } = await views.openText(requests(2000));
    const { view } = await views.filter(id, { lines: { from: 1, to: 500 } });
    for (const [asked, lines] of [
      [{ id }, 2000],
      [{ id, view }, 500],
    ] as const) {
      const patterns = await views.calls.patterns(asked, plain);
      for (const pattern of patterns) {
        expect(PatternSummary.parse(pattern)).toEqual(pattern);
        expect(pattern.spark.reduce((sum, count) => sum + count, 0)).toBe(pattern.count);
      }
      expect(patterns.reduce((sum, { count }) => sum + count, 0)).toBe(lines);
      expect(patterns.map(({ count }) => count)).toEqual(
        patterns.map(({ count }) => count).sort((a, b) => b - a),
      );
    }
  });
});

describe('signals', () => {
  test('of an incident: the silence, the slow request, the first errors and what stood before them', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => {
      const at = index < 1500 ? index : index + 900;
      if (index === 1490) return `${ISO(at)} WARN [pool] connections exhausted, waiting for a free one`;
      if (index === 1495) return `${ISO(at)} ERROR [pool] gave up on the database`;
      if (index === 900) return `${ISO(at)} INFO [web] request ${index} took 48000 ms`;
      if (index > 2600 && index % 20 === 0) return `${ISO(at)} ERROR [web] upstream ${index} is away`;
      return `${ISO(at)} INFO [web] request ${index} took ${40 + ((index * 7) % 60)} ms`;
    });
    const { id } = await views.openText(`${lines.join('\n')}\n`);
    const signals = await views.calls.signals({ id }, plain);
    expect(LogSignals.parse(signals)).toEqual(signals);
    expect(signals.gaps).toEqual([{ line: 1501, from: Date.parse(ISO(1499)), to: Date.parse(ISO(2400)) }]);
    expect(signals.outliers).toMatchObject([{ unit: 'ms', line: 901, value: 48_000 }]);
    expect(signals.firstErrors.map(({ line }) => line)).toEqual([1496, 2621]);
    expect(signals.firstErrors[0]?.before.map(({ number }) => number)).toEqual([1491]);
    expect(signals.patterns.map(({ firstLine, signs }) => [firstLine, signs])).toEqual([
      [2621, ['first-error', 'new']],
      [1496, ['first-error', 'rare']],
      [1491, ['rare']],
    ]);
  });

  test('a steady log has none', async () => {
    const { id } = await views.openText(
      requests(3000).replaceAll('ERROR', 'INFO').replaceAll('failed', 'ok'),
    );
    expect(await views.calls.signals({ id }, plain)).toEqual({
      gaps: [],
      patterns: [],
      outliers: [],
      firstErrors: [],
    });
  });
});

test('lines of one request are found by its id, and by that as a whole only', async () => {
  const uuid = '38101a0b-2096-447d-96ea-a692162415ae';
  const { id } = await views.openText(
    [
      `GET /a [req-${uuid}] order=8001234 begin`,
      'GET /b other',
      `select for [req-${uuid}]`,
      `order=80012345 [req-${uuid.replace('3', '4')}]`,
      `done [req-${uuid}] [x-${uuid}f]`,
      'order 8001234 paid',
    ].join('\n'),
  );
  const related = await views.calls.related({ id, line: 1 }, plain);
  expect(related.map(({ value, rows }) => [value, rows])).toEqual([
    ['8001234', 2],
    [`req-${uuid}`, 3],
  ]);
  expect(await views.numbers(id, related[1] as (typeof related)[number])).toEqual([1, 3, 5]);
  expect(await views.calls.related({ id, line: 2 }, plain)).toEqual([]);
});

test('two logs are compared by pattern, and so are two ranges of one', async () => {
  const { id: before } = await views.openText(requests(3000));
  const { id: after } = await views.openText(
    requests(3000).replaceAll('failed: connection refused', 'failed: certificate has expired'),
  );
  const changes = await views.calls.compare({ before: { id: before }, after: { id: after } }, plain);
  expect(changes.map(({ change, severity }) => [change, severity])).toEqual([
    ['new', 'error'],
    ['gone', 'error'],
  ]);
  expect(changes[0]).toMatchObject({ before: 0, after: 60, shareAfter: 0.02, line: 50 });
  const half = async (from: number, to: number) => (await views.filter(before, { lines: { from, to } })).view;
  const sides = {
    before: { id: before, view: await half(1, 1500) },
    after: { id: before, view: await half(1501, 3000) },
  };
  expect(await views.calls.compare(sides, plain)).toEqual([]);
});

describe('bookmarks', () => {
  test('survive a restart and go with the document', async () => {
    const { id } = await views.openText(requests(100));
    const set = (line: number, note: string | null) => views.calls.setBookmark({ id, line, note }, plain);
    await Promise.all([set(70, 'here'), set(3, ''), set(9, 'x')]);
    expect(await set(9, null)).toEqual([
      { line: 3, note: '' },
      { line: 70, note: 'here' },
    ]);
    await expect(set(101, 'x')).rejects.toMatchObject({ kind: 'invalid-input' });
    await views.restart();
    expect(await views.calls.bookmarks({ id }, plain)).toHaveLength(2);
    const marked = await views.filter(id, { onlyBookmarked: true });
    expect(await views.numbers(id, marked)).toEqual([3, 70]);
    await set(70, 'there');
    expect((await views.calls.bookmarks({ id }, plain))[1]).toEqual({ line: 70, note: 'there' });
    await views.calls.close({ id }, context as never);
    const left = await readdir(join(views.folder, 'cache'));
    expect(left.filter((file) => file.includes(id))).toEqual([]);
    await expect(views.calls.bookmarks({ id }, plain)).rejects.toMatchObject({ kind: 'not-found' });
  });
});
