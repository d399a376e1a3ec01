import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { allSignatures, signaturesOf } from '../../knowledge/signatures';
import {
  type DiagnosisItem,
  isReserved,
  logFile,
  namesCause,
  readDiagnosisItems,
  readReserved,
} from './item';
import { generateItems } from './make/generate';

const here = import.meta.dirname;
const items = readDiagnosisItems(here);
const reserved = readReserved(here);
const failing = items.flatMap((item) => (item.cause === null ? [] : [{ ...item, cause: item.cause }]));
const healthy = items.filter(({ cause }) => cause === null);
const known = new Map(allSignatures().map((signature) => [signature.id, signature]));

/** As the product counts them: a line end closes a line, and what is behind the last one is a line if it holds text. */
const linesOf = (item: DiagnosisItem): string[] => {
  const lines = readFileSync(logFile(here, item), 'utf8').split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};
const numbers = (ranges: readonly (readonly [number, number])[]) =>
  ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at));

describe('the set', () => {
  it('is as large and as mixed as it says', () => {
    const count = (origin: string, list: readonly DiagnosisItem[]) =>
      list.filter((item) => item.origin === origin).length;
    expect(items.length).toBeGreaterThanOrEqual(220);
    expect(count('generated', failing)).toBeGreaterThanOrEqual(100);
    expect(count('real', failing)).toBeGreaterThanOrEqual(60);
    expect(healthy.length).toBeGreaterThanOrEqual(45);
    expect(count('real', healthy)).toBeGreaterThanOrEqual(15);
  });

  it('holds back failures and formats for at least half of the failing items', () => {
    expect(reserved.signatures.length).toBeGreaterThanOrEqual(60);
    expect(reserved.signatures.filter((id) => !known.has(id))).toEqual([]);
    const used = new Set(items.map(({ format }) => format));
    expect(reserved.formats.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
    expect(failing.filter((item) => isReserved(item, reserved)).length * 2).toBeGreaterThanOrEqual(
      failing.length,
    );
    expect(failing.filter((item) => !isReserved(item, reserved)).length).toBeGreaterThanOrEqual(50);
  });

  it('has ids of its own, one log each and no others, below 3 MB', () => {
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    const files = (['generated', 'real'] as const).flatMap((origin) =>
      readdirSync(join(here, 'logs', origin)).map((name) => join(here, 'logs', origin, name)),
    );
    expect(files.sort()).toEqual(items.map((item) => logFile(here, item)).sort());
    expect(files.reduce((bytes, file) => bytes + statSync(file).size, 0)).toBeLessThan(3_000_000);
  });

  it('comes out of the scenarios again, byte for byte', () => {
    const made = generateItems(here);
    expect(made.map(({ item }) => item)).toEqual(items.filter(({ origin }) => origin === 'generated'));
    for (const { log, item } of made) expect(readFileSync(logFile(here, item), 'utf8'), item.id).toBe(log);
  });

  it('tells causes apart: the words of one cause do not fit the known failures of others', () => {
    let wrong = 0;
    let pairs = 0;
    for (const { cause } of failing)
      for (const signature of known.values()) {
        if (cause.signatures.includes(signature.id)) continue;
        pairs++;
        if (namesCause(`${signature.title}. ${signature.cause}`, cause)) wrong++;
      }
    expect(wrong / pairs).toBeLessThan(0.05);
  });
});

test.each(items.map((item): [string, DiagnosisItem] => [item.id, item]))('%s', (_, item) => {
  const lines = linesOf(item);
  expect(lines.length).toBeGreaterThanOrEqual(30);
  expect(lines.length).toBeLessThanOrEqual(400);
  for (const never of ['/work/', '/root/', '\0', '\x1b'])
    expect(lines.join('\n').includes(never)).toBe(false);
  const { cause, effects, herrings } = item;
  const marked = [...numbers(cause?.lines ?? []), ...numbers(effects), ...numbers(herrings)];
  expect(new Set(marked).size).toBe(marked.length);
  expect(Math.max(0, ...marked)).toBeLessThanOrEqual(lines.length);
  if (cause === null) {
    const overcome = new Set(numbers(herrings));
    const failures = lines.flatMap((line, at) => (overcome.has(at + 1) ? [] : signaturesOf(line)));
    expect(failures.map(({ id }) => id)).toEqual([]);
    return;
  }
  expect(cause.signatures.filter((id) => !known.has(id))).toEqual([]);
  if (cause.signatures.length === 0) return;
  // The truth, said as the known failures say it, is accepted.
  const said = cause.signatures.flatMap((id) => known.get(id) ?? []);
  expect(said.some(({ title, cause: text }) => namesCause(`${title}. ${text}`, cause))).toBe(true);
});
