import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LogQuery, type LogRow, Severity } from '../../contract/log-views';
import type { LogDocument } from '../../contract/logs';
import { plain, ViewsUnderTest } from './testing';

let views: ViewsUnderTest;

beforeAll(async () => {
  views = await ViewsUnderTest.start();
});
afterEach(() => views.closeDocuments());
afterAll(() => views.stop());

const allRows = async ({ id, lineCount }: LogDocument): Promise<LogRow[]> =>
  views.calls.lines({ id, from: 1, count: lineCount }, plain);
const numbersOf = async (id: string, found: { view: string; rows: number }): Promise<number[]> => {
  const numbers = await views.numbers(id, found);
  expect(numbers).toHaveLength(Math.min(found.rows, 2000));
  return numbers;
};

const pad = (value: number) => String(value).padStart(2, '0');
const word = fc.constantFrom(
  'ERROR',
  'error',
  'Ärger',
  'ärger',
  'ΣΑΣ',
  'σας',
  'a.b',
  "it's",
  '\\d',
  '(x)',
  '%_',
);
const message = fc.oneof(
  fc.array(word, { maxLength: 4 }).map((words) => words.join(' ')),
  fc.constantFrom('', 'WARN low 12', 'DEBUG x\t', 'x'.repeat(9000), 'tail\r'),
);
/** A line with or without a time; times need not be in order. */
const line = fc
  .tuple(fc.option(fc.integer({ min: 0, max: 86_399 })), message)
  .map(([time, text]) =>
    time === null
      ? text
      : `2024-05-01T${pad(Math.floor(time / 3600))}:${pad(Math.floor(time / 60) % 60)}:${pad(time % 60)}Z ${text}`,
  );
const log = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 60 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => lines.join(end) + end)
  .filter((text) => text.trim() !== '');

/** When each line counts as written, said simply; none of these logs has a time far from the others. */
function moments(rows: readonly LogRow[]): (number | null)[] {
  const first = rows.find(({ time }) => time !== null)?.time ?? null;
  let now = first;
  return rows.map(({ time }) => {
    now = time ?? now;
    return now;
  });
}

/** Case folding of the letters that these logs have. */
const fold = (text: string) => text.toLowerCase().replaceAll('ς', 'σ');

function matches({ text, regex, matchCase }: LogQuery, whole: string): boolean {
  if (regex) return new RegExp(text, matchCase ? 'u' : 'iu').test(whole);
  return matchCase ? whole.includes(text) : fold(whole).includes(fold(text));
}

const someQuery: fc.Arbitrary<LogQuery> = fc.oneof(
  fc.record({
    text: fc.oneof(word, fc.constantFrom('o', ' ', 'a', '2024', 'σ', '\n', '\r', 'x x')),
    regex: fc.constant(false),
    matchCase: fc.boolean(),
  }),
  fc.record({
    text: fc.constantFrom(
      '^',
      '$',
      '^$',
      'r$',
      '^WARN',
      '[0-9]+$',
      'error|σας',
      '\\bx\\b',
      '\\s',
      '[^ -~]',
      'E.*r',
      '.{9}',
      '\\t$',
    ),
    regex: fc.constant(true),
    matchCase: fc.boolean(),
  }),
);

/** Texts in full: rows are cut for views, and queries see more than that. */
function textsOf(text: string): string[] {
  const lines = text
    .split('\n')
    .map((each, index, all) => (index < all.length - 1 ? each.replace(/\r$/, '') : each));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

describe('against a slow reading of the same lines', () => {
  test('searches find exactly the lines that match', async () => {
    await fc.assert(
      fc.asyncProperty(log, fc.array(someQuery, { minLength: 1, maxLength: 4 }), async (text, queries) => {
        const document = await views.openText(text);
        const rows = await allRows(document);
        const texts = textsOf(text);
        for (const each of queries) {
          const expected = rows.filter((row) => matches(each, texts[row.number - 1] ?? ''));
          const found = await views.search(document.id, each);
          expect(found.rows).toBe(expected.length);
          expect(await numbersOf(document.id, found)).toEqual(expected.map(({ number }) => number));
        }
      }),
      { numRuns: 30 },
    );
  });

  test('filters let exactly the right lines through, and searches stay within them', async () => {
    const parts = fc.record(
      {
        severities: fc.subarray([...Severity.options]),
        include: fc.array(someQuery, { maxLength: 2 }),
        exclude: fc.array(someQuery, { maxLength: 2 }),
        onlyPatterns: fc.array(fc.nat(5), { maxLength: 3 }),
        hidePatterns: fc.array(fc.nat(5), { maxLength: 3 }),
        time: fc.record({
          from: fc.option(fc.integer({ min: 0, max: 24 }).map((hour) => Date.UTC(2024, 4, 1, hour))),
          to: fc.option(fc.integer({ min: 0, max: 24 }).map((hour) => Date.UTC(2024, 4, 1, hour))),
        }),
        lines: fc.record({ from: fc.integer({ min: 1, max: 70 }), to: fc.integer({ min: 1, max: 70 }) }),
        onlyBookmarked: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        log,
        fc.array(parts, { minLength: 1, maxLength: 4 }),
        someQuery,
        async (text, filters, within) => {
          const document = await views.openText(text);
          const rows = await allRows(document);
          const texts = textsOf(text);
          const times = moments(rows);
          const marked = rows.filter(({ number }) => number % 3 === 1).map(({ number }) => number);
          for (const number of marked) {
            await views.calls.setBookmark({ id: document.id, line: number, note: 'x' }, plain);
          }
          for (const each of filters) {
            const {
              severities,
              include = [],
              exclude = [],
              onlyPatterns,
              hidePatterns = [],
              time,
              lines,
            } = each;
            const expected = rows.filter((row, index) => {
              const whole = texts[index] ?? '';
              const moment = times[index] ?? null;
              return (
                (severities?.includes(row.severity) ?? true) &&
                (include.length === 0 || include.some((one) => matches(one, whole))) &&
                !exclude.some((one) => matches(one, whole)) &&
                (onlyPatterns?.includes(row.pattern) ?? true) &&
                !hidePatterns.includes(row.pattern) &&
                (!time ||
                  (time.from === null && time.to === null) ||
                  (moment !== null &&
                    moment >= (time.from ?? -Infinity) &&
                    moment < (time.to ?? Infinity))) &&
                (!lines || (row.number >= lines.from && row.number <= lines.to)) &&
                (!each.onlyBookmarked || marked.includes(row.number))
              );
            });
            const made = await views.filter(document.id, each);
            expect(await numbersOf(document.id, made)).toEqual(expected.map(({ number }) => number));
            const inside = await views.search(document.id, within, made.view);
            expect(await numbersOf(document.id, inside)).toEqual(
              expected
                .filter((row) => matches(within, texts[row.number - 1] ?? ''))
                .map(({ number }) => number),
            );
            const counted = await views.calls.histogram(
              { id: document.id, view: made.view, buckets: 50 },
              plain,
            );
            const cells = counted.buckets.map(() => Array.from({ length: 6 }, () => 0));
            for (const row of expected) {
              const place = counted.axis === 'time' ? (times[row.number - 1] ?? 0) : row.number;
              const index = Math.floor((place - (counted.buckets[0]?.start ?? 0)) / counted.step);
              const cell = cells[index] as number[];
              const severity = Severity.options.indexOf(row.severity);
              cell[severity] = (cell[severity] ?? 0) + 1;
            }
            expect(counted.buckets.map(({ counts }) => counts)).toEqual(cells);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
