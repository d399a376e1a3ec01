import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/**
 * Property-based and mutation-based fuzzing. A target has a small number of cases in every run of the tests;
 * SIGMA_OPS_FUZZ multiplies it (`npm run test:long` does), and SIGMA_OPS_FUZZ_RESULTS names the folder for what came
 * out. A failed case is shrunk and printed with the seed that repeats it; what was found becomes a test of its own.
 */
const FACTOR = Number(process.env.SIGMA_OPS_FUZZ ?? 1);
const RESULTS = process.env.SIGMA_OPS_FUZZ_RESULTS;

/** What a target gave, as written into the results. */
export interface FuzzResult {
  readonly target: string;
  readonly cases: number;
  readonly seconds: number;
}

/** A test may take as long as its cases need, in milliseconds. */
export const FUZZ_TIMEOUT_MS = 60_000 * Math.max(1, FACTOR);

/** Checks `cases` (times the factor) inputs of a target. */
export async function fuzz<T>(
  target: string,
  cases: number,
  inputs: fc.Arbitrary<T>,
  check: (input: T) => void | Promise<void>,
): Promise<void> {
  const numRuns = cases * FACTOR;
  const started = performance.now();
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      await check(input);
    }),
    { numRuns },
  );
  if (!RESULTS) return;
  const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
  mkdirSync(RESULTS, { recursive: true });
  const result: FuzzResult = { target, cases: numRuns, seconds };
  writeFileSync(join(RESULTS, `${target.replaceAll(/\W+/g, '-')}.json`), JSON.stringify(result));
}

/** Characters that parsers stumble over: controls, separators, brackets, bidi, surrogates. */
const PIECES = [
  '\0', '\x1b', '\x07', '\r', '\n', '\r\n', '\t', ' ', '\u00a0', '\u202e', '\u200b', '\ufeff', '\ud800', '\udfff',
  '"', "'", '`', '\\', '$(', '${', '<<', '<(', '((', '{', '}', '[', ']', ';', '|', '&&', '#', '=', ':', ',', '%', '-',
  '-1', '0', '999999999999999999999', '1e309', 'NaN', 'null', '__proto__', '😀', 'é', 'ﬃ', 'İ', '<script>', '](http://',
  '\x1b]633;', '\x1b]7;file://', '\x1b[?1049h', '\x9c', '<|im_start|>', '<|endoftext|>',
] as const; // biome-ignore format: a table

/** Texts like the seeds: parts cut out, doubled, swapped between seeds, and pieces put in. */
export function mutated(seeds: readonly string[]): fc.Arbitrary<string> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const edit = fc.oneof(
    fc.record({ kind: fc.constant('insert' as const), at: place, text: fc.constantFrom(...PIECES) }),
    fc.record({
      kind: fc.constant('insert' as const),
      at: place,
      text: fc.string({ maxLength: 12, unit: 'binary' }),
    }),
    fc.record({ kind: fc.constant('cut' as const), at: place, length: fc.nat(40) }),
    fc.record({
      kind: fc.constant('double' as const),
      at: place,
      length: fc.nat(40),
      times: fc.integer({ min: 2, max: 30 }),
    }),
    fc.record({
      kind: fc.constant('splice' as const),
      at: place,
      other: fc.constantFrom(...seeds),
      from: place,
    }),
  );
  return fc.tuple(fc.constantFrom(...seeds), fc.array(edit, { maxLength: 6 })).map(([seed, edits]) => {
    let text = seed;
    for (const each of edits) {
      const at = Math.floor(each.at * text.length);
      const [before, after] = [text.slice(0, at), text.slice(at)];
      if (each.kind === 'insert') text = before + each.text + after;
      else if (each.kind === 'cut') text = before + after.slice(each.length);
      else if (each.kind === 'double') text = before + after.slice(0, each.length).repeat(each.times) + after;
      else text = before + each.other.slice(Math.floor(each.from * each.other.length));
    }
    return text.slice(0, 20_000);
  });
}

/** Bytes like the seeds: the same edits, and single bytes changed. */
export function mutatedBytes(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const texts = seeds.map((seed) => Buffer.from(seed).toString('latin1'));
  const changes = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
    maxLength: 8,
  });
  return fc.tuple(mutated(texts), changes).map(([text, bytes]) => {
    const result = Buffer.from(text, 'latin1');
    for (const [at, value] of bytes) {
      if (result.length > 0) result[Math.floor(at * (result.length - 1))] = value;
    }
    return result;
  });
}

/** Cuts a text or bytes into pieces at random places. */
export function pieces<T extends string | Uint8Array>(whole: T, cuts: readonly number[]): T[] {
  const places = [...new Set(cuts.map((cut) => Math.floor(cut * whole.length)))].sort((a, b) => a - b);
  return [...places, whole.length].map(
    (end, index) => whole.slice(index === 0 ? 0 : places[index - 1], end) as T,
  );
}
export const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
