import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { context, plain, ViewsUnderTest } from './testing';

const LINES = 1_000_000;
/** Lines with this number, and each so many after it, are errors. */
const ERROR_EVERY = 1000;

let views: ViewsUnderTest;
let path: string;
let id: string;

beforeAll(async () => {
  views = await ViewsUnderTest.start();
  path = join(views.folder, 'large.log');
  const parts: string[] = [];
  for (let line = 1; line <= LINES; line++) {
    const time = new Date(Date.UTC(2024, 4, 1) + line * 10).toISOString();
    parts.push(
      line % ERROR_EVERY === 0
        ? `${time} ERROR [db] statement ${line} failed: deadlock detected\n`
        : `${time} INFO [web] request ${line} from 10.0.${line % 7}.${line % 251} took ${(line * 7) % 90} ms\n`,
    );
  }
  await writeFile(path, parts.join(''));
  const opened = await views.calls.open(
    { kind: 'file', paths: [path], follow: false, rotated: false },
    context,
  );
  id = opened.id;
}, 120_000);
afterAll(() => views.stop());

/** Milliseconds of the fastest of some runs. */
async function fastest(work: () => Promise<unknown> | unknown, runs = 3): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Lines that have a text, found by reading the file: the work that no search can leave out, on one core. */
async function countInFile(text: string): Promise<number> {
  let found = 0;
  const needle = Buffer.from(text);
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = piece as Buffer;
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) found++;
  }
  return found;
}

describe('a log of a million lines', () => {
  test('a search takes about as long as reading the file', async () => {
    let run = 0;
    const reading = await fastest(() => countInFile('deadlock'));
    const plainText = await fastest(async () => {
      // Each time another text: the same one is not looked for again.
      expect((await views.search(id, { text: `deadlock detected`.slice(0, 17 - run++) })).rows).toBe(1000);
    });
    expect(plainText / reading).toBeLessThan(8);
    const anyCase = await fastest(async () => {
      expect(
        (await views.search(id, { text: 'DEADLOCK detected'.slice(0, 17 - run++), matchCase: false })).rows,
      ).toBe(1000);
    });
    expect(anyCase / reading).toBeLessThan(16);
    const every = await fastest(async () => {
      expect((await views.search(id, { text: 'request '.slice(0, 12 - run++) })).rows).toBe(LINES - 1000);
    });
    expect(every / reading).toBeLessThan(24);
  });

  test('rows at the end of a list come as fast as at its start', async () => {
    const { view, rows } = await views.search(id, { text: 'INFO' });
    const page = (from: number) => fastest(() => views.calls.rows({ id, view, from, count: 100 }, plain), 8);
    await page(rows / 2);
    const [start, end] = [await page(1), await page(rows - 100)];
    expect(end / start).toBeLessThan(5);
    const last = await views.calls.rows({ id, view, from: rows, count: 5 }, plain);
    expect(last.map(({ number }) => number)).toEqual([LINES - 1]);
  });

  test('lines are answered while searches run, which report and can be stopped', async () => {
    const stop = new AbortController();
    const reports: { count: number; done: number }[] = [];
    const query = {
      text: '(request|statement) [0-9]*(1|22|333)[0-9]*(x|y|from|failed)',
      regex: true,
      matchCase: false,
    };
    let searching = true;
    const searches = Promise.all([
      views.calls.search({ id, query }, { signal: context.signal, emit: (found) => reports.push(found) }),
      // Three at once: as many as Node has threads for them besides the one of the lines.
      views.calls.search({ id, query: { ...query, text: `${query.text}.` } }, context),
      views.calls.search({ id, query: { ...query, text: `${query.text}..` } }, context),
    ]).finally(() => {
      searching = false;
    });
    const stopped = expect(
      views.calls.search(
        { id, query: { ...query, text: `${query.text}.*` } },
        { signal: stop.signal, emit: () => undefined },
      ),
    ).rejects.toMatchObject({ kind: 'cancelled' });
    let answered = 0;
    while (searching) {
      const lines = await views.calls.lines({ id, from: 1 + ((answered * 7919) % LINES), count: 50 }, plain);
      expect(lines.length).toBeGreaterThan(0);
      answered++;
      if (answered === 3) stop.abort();
    }
    await stopped;
    const [{ rows }] = await searches;
    expect(answered).toBeGreaterThan(5);
    expect(reports.length).toBeGreaterThan(1);
    expect(reports[0]?.done).toBeLessThan(1);
    expect(reports.at(-1)).toEqual({ count: rows, done: 1 });
    expect(reports.map(({ count }) => count)).toEqual(
      reports.map(({ count }) => count).sort((a, b) => a - b),
    );
  });

  test('filters, counts and SQL are exact', async () => {
    const errors = await views.filter(id, { severities: ['error'] });
    expect(errors.rows).toBe(1000);
    expect((await views.numbers(id, errors)).slice(-2)).toEqual([999_000, 1_000_000]);
    const from = Date.UTC(2024, 4, 1, 1);
    const hour = await views.filter(id, {
      time: { from, to: from + 1000 },
      exclude: [{ text: 'web', regex: false, matchCase: true }],
    });
    expect(await views.numbers(id, hour)).toEqual([360_000]);
    const { buckets } = await views.calls.histogram({ id, buckets: 200 }, plain);
    expect(buckets.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0)).toBe(LINES);
    const { rows } = await views.sql(
      id,
      "SELECT count(*), min(line), max(line), count(*) FILTER (text LIKE '% ' || line || ' %') FROM log",
    );
    expect(rows).toEqual([[LINES, 1, LINES, LINES]]);
  });
});
