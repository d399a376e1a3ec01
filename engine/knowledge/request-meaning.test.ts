import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadExamples } from './examples';
import { ExampleMeanings, keptRows, VECTOR_WIDTH, VECTORS_FILE, vectorRow } from './request-meaning';
import { shippedEncoder } from './shipped-file';

const unit = (values: number[]) => {
  const length = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / length);
};
const vector = fc
  .array(fc.integer({ min: -100, max: 100 }), { minLength: VECTOR_WIDTH, maxLength: VECTOR_WIDTH })
  .filter((values) => values.some((value) => value !== 0))
  .map(unit);

describe('meanings of the examples', () => {
  it('every example has its vector: after a change run `npm run train-data -- vectors`', () => {
    const file = readFileSync(join(shippedEncoder() as string, VECTORS_FILE));
    const requests = loadExamples().map(({ request }) => request);
    expect(new ExampleMeanings(requests, file).missing).toBe(0);
    expect(file.length).toBe(requests.length * (8 + VECTOR_WIDTH));
  });

  it('gives the cosine but for rounding, and the nearest first', () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 8 }), vector, (vectors, asked) => {
        const requests = vectors.map((_, at) => `request ${at}`);
        const rows = vectors.map((own, at) => vectorRow(requests[at] as string, own));
        const meaning = new ExampleMeanings(requests, Buffer.concat(rows)).of(asked);
        const exact = vectors.map((own) =>
          own.reduce((sum, value, at) => sum + value * (asked[at] as number), 0),
        );
        for (const [at, value] of exact.entries())
          expect(Math.abs((meaning.cosine(requests[at] as string) as number) - value)).toBeLessThan(0.02);
        const nearest = meaning.nearest(requests.length).map((at) => exact[at] as number);
        for (const [at, value] of nearest.slice(1).entries())
          expect(value).toBeLessThan((nearest[at] as number) + 0.04);
      }),
      { numRuns: 100 },
    );
  });

  it('knows nothing of a request that was changed, and keeps rows of those that were not', () => {
    const row = vectorRow('list files', unit([1, ...new Array(VECTOR_WIDTH - 1).fill(0)]));
    const meaning = new ExampleMeanings(['list files!'], row).of(new Float32Array(VECTOR_WIDTH));
    expect(meaning.cosine('list files!')).toBeNull();
    expect(meaning.cosine('anything')).toBeNull();
    const kept = keptRows(row);
    expect(kept('list files')).toEqual(row);
    expect(kept('list files!')).toBeNull();
  });
});
