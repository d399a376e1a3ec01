import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateMs, yearOf } from './civil';
import { dateOrderOf } from './date-order';
import type { TimeHints } from './forms';
import { TimeReader } from './line-time';

/** Slow and simple readers of lines, by regular expression and Date, to hold the fast one against. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

function timeOf(line: string, hints: TimeHints): number {
  const reader = new TimeReader(hints);
  // In the middle of other bytes, as lines of a chunk are.
  const bytes = Buffer.from(`99${line}99`);
  const end = bytes.length - 2;
  const place = reader.find(bytes, 2, end);
  return place === null ? Number.NaN : reader.read(place, bytes, 2, end);
}

const moment = fc
  .integer({ min: Date.UTC(2001, 8, 10) / 1000, max: Date.UTC(2038, 0, 1) / 1000 })
  .map((s) => s * 1000);
const fraction = fc.integer({ min: 0, max: 999_999_999 });
const hints: TimeHints = { newest: Date.UTC(2040, 0, 1), dateOrder: null };

/** Ways to write a moment with its year; each with what is lost of the moment by writing it so. */
const WRITERS: Readonly<Record<string, (d: Date, ns: number) => { text: string; ms: number }>> = {
  iso: (d) => ({ text: d.toISOString(), ms: 0 }),
  'iso with nanoseconds': (d, ns) => ({
    text: `${d.toISOString().slice(0, 19)}.${String(ns).padStart(9, '0')}Z`,
    ms: Math.floor(ns / 1e6),
  }),
  log4j: (d, ns) => ({
    text: `${d.toISOString().slice(0, 19).replace('T', ' ')},${String(Math.floor(ns / 1e6)).padStart(3, '0')}`,
    ms: Math.floor(ns / 1e6),
  }),
  slashes: (d) => ({ text: d.toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/'), ms: 0 }),
  compact: (d) => ({ text: `${d.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`, ms: 0 }),
  clf: (d) => ({
    text: `[${two(d.getUTCDate())}/${MONTHS[d.getUTCMonth()]}/${d.getUTCFullYear()}:${d.toISOString().slice(11, 19)} +0000]`,
    ms: 0,
  }),
  ctime: (d) => ({
    text: `${d.toUTCString().slice(0, 3)} ${MONTHS[d.getUTCMonth()]} ${String(d.getUTCDate()).padStart(2)} ${d.toISOString().slice(11, 19)} ${d.getUTCFullYear()}`,
    ms: 0,
  }),
  'rfc 2822': (d) => ({ text: d.toUTCString().replace('GMT', '+0000'), ms: 0 }),
  dots: (d) => ({
    text: `${two(d.getUTCDate())}.${two(d.getUTCMonth() + 1)}.${d.getUTCFullYear()} ${d.toISOString().slice(11, 19)}`,
    ms: 0,
  }),
  'US with AM and PM': (d) => {
    const hour = d.getUTCHours();
    const clock = `${hour % 12 || 12}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`;
    return { text: `${MONTHS[d.getUTCMonth()]} ${d.getUTCDate()}, ${d.getUTCFullYear()} ${clock}`, ms: 0 };
  },
  hdfs: (d) => ({
    text: `${d.toISOString().slice(2, 10).replaceAll('-', '')} ${d.toISOString().slice(11, 19).replaceAll(':', '')}`,
    ms: 0,
  }),
  'glog with a year': (d, ns) => ({
    text: `I${d.toISOString().slice(0, 10).replaceAll('-', '')} ${d.toISOString().slice(11, 19)}.${String(Math.floor(ns / 1000)).padStart(6, '0')}`,
    ms: Math.floor(ns / 1e6),
  }),
  'seconds since 1970': (d) => ({ text: String(d.getTime() / 1000), ms: 0 }),
  'ms since 1970': (d, ns) => ({
    text: String(d.getTime() + Math.floor(ns / 1e6)),
    ms: Math.floor(ns / 1e6),
  }),
  'us since 1970': (d, ns) => ({
    text: String(d.getTime() / 1000) + String(Math.floor(ns / 1000)).padStart(6, '0'),
    ms: Math.floor(ns / 1e6),
  }),
  'a JSON field': (d) => ({ text: `{"level":"info","time":"${d.toISOString()}","msg":"x"}`, ms: 0 }),
  'a logfmt field': (d) => ({ text: `level=info ts=${d.toISOString()} msg=x`, ms: 0 }),
};

describe('time of a line, against Date', () => {
  test.each(Object.keys(WRITERS))('written as %s', (name) => {
    fc.assert(
      fc.property(moment, fraction, (at, ns) => {
        const { text, ms } = (WRITERS[name] as (typeof WRITERS)[string])(new Date(at), ns);
        expect(timeOf(text, hints)).toBe(at + ms);
        expect(timeOf(`${text} and more`, hints)).toBe(at + ms);
      }),
    );
  });

  test('zones', () => {
    const zone = fc.record({
      sign: fc.constantFrom('+', '-'),
      hours: fc.integer({ min: 0, max: 14 }),
      minutes: fc.constantFrom(0, 30, 45),
    });
    fc.assert(
      fc.property(moment, zone, fc.constantFrom(':', ''), (at, { sign, hours, minutes }, colon) => {
        const offset = `${sign}${two(hours)}${colon}${two(minutes)}`;
        const text = `${new Date(at).toISOString().slice(0, 19)}${offset}`;
        expect(timeOf(text, hints)).toBe(
          Date.parse(text.replace(/(\d\d)(\d\d)$/, '$1:$2').replace('::', ':')),
        );
      }),
    );
  });

  test('syslog without a year: the last one that is not past the newest line, over New Year too', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 300 * 86_400 }), (newest, secondsBefore) => {
        const at = new Date(newest - secondsBefore * 1000);
        // 29 February is there in a year before, and only then.
        fc.pre(!(at.getUTCMonth() === 1 && at.getUTCDate() === 29));
        const text = `${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${at.toISOString().slice(11, 19)} host sshd[1]: x`;
        expect(timeOf(text, { newest, dateOrder: null })).toBe(at.getTime());
      }),
    );
  });

  test('what is no date is none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1970, max: 2099 }),
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 0, max: 99 }),
        (year, month, day, hour) => {
          const text = `${year}-${two(month)}-${two(day)}T${two(hour)}:00:00Z`;
          const date = new Date(text);
          // Date takes 30 February for 1 March, and 24:00 for the next day.
          const isDate = !Number.isNaN(date.getTime()) && date.getUTCDate() === day && hour < 24;
          expect(timeOf(text, hints)).toBe(isDate ? date.getTime() : Number.NaN);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('any bytes are read without an error, and the same at any place of a chunk', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc
        .string({ unit: fc.constantFrom(...'0123456789:-/., TZ[]"+JanMonts=<>'), maxLength: 60 })
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, bytes, (line, around) => {
        const alone = new TimeReader(hints);
        const place = alone.find(line, 0, line.length);
        const ms = place === null ? Number.NaN : alone.read(place, line, 0, line.length);
        if (place !== null) expect(Number.isFinite(ms)).toBe(true);
        const chunk = Buffer.concat([around, line, around]);
        const reader = new TimeReader(hints);
        const end = around.length + line.length;
        const there = reader.find(chunk, around.length, end);
        expect(there === null ? Number.NaN : reader.read(there, chunk, around.length, end)).toBe(ms);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('dates', () => {
  test('are those of Date', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2200 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const date = new Date(Date.UTC(year, month - 1, day));
          const expected = date.getUTCDate() === day ? date.getTime() : Number.NaN;
          expect(dateMs(year, month, day)).toBe(expected);
          if (!Number.isNaN(expected)) expect(yearOf(expected + 1)).toBe(year);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['17/06/09 20:10:40 INFO x\n17/06/09 20:10:41 INFO y', 'ymd'],
    ['06/14/2024 10:00:00 x\n07/01/2024 10:00:00 y', 'mdy'],
    ['14/06/2024 10:00:00 x\n01/07/2024 10:00:00 y', 'dmy'],
    // Only in one order does time run forward.
    ['03/04/2024 10:00:00 x\n04/04/2024 10:00:00 y\n01/05/2024 10:00:00 z', 'dmy'],
    ['03/04/2024 10:00:00 x\n03/04/2024 10:00:01 y', null],
    ['no date at all', null],
  ])('%s', (text, order) => {
    expect(dateOrderOf(Buffer.from(text), Date.UTC(2025, 0, 1))).toBe(order);
  });
});
