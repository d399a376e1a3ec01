import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidates, createSampler, type LogitSummary } from './sampler';

const logits = fc
  .array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 1, maxLength: 40 })
  .map((values) => Float32Array.from(values));

describe('candidates', () => {
  it('keeps at most top-k tokens, the smallest most likely set that reaches top-p, summing to 1', () => {
    fc.assert(
      fc.property(
        logits,
        fc.integer({ min: 0, max: 50 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (scores, topK, topP, temperature) => {
          const kept = candidates(scores, { temperature, topK, topP, minP: 0 });
          expect(kept.length).toBeGreaterThan(0);
          if (topK > 0) expect(kept.length).toBeLessThanOrEqual(topK);
          expect(kept.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
          // No token left out is more likely than one kept.
          const least = Math.min(...kept.map(({ id }) => scores[id] as number));
          const ids = new Set(kept.map(({ id }) => id));
          expect(scores.every((score, id) => ids.has(id) || score <= least)).toBe(true);
          // Without the least likely one kept, the set would not reach top-p.
          const pool = candidates(scores, { temperature, topK, topP: 1, minP: 0 });
          const mass = (count: number) =>
            pool.slice(0, count).reduce((sum, { probability }) => sum + probability, 0);
          expect(mass(kept.length - 1)).toBeLessThan(topP + 1e-9);
          if (kept.length < pool.length) expect(mass(kept.length)).toBeGreaterThanOrEqual(topP - 1e-9);
        },
      ),
    );
  });
});

describe('candidates with min-p', () => {
  it('keeps exactly the tokens at least that likely, measured against the most likely one', () => {
    fc.assert(
      fc.property(
        logits,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (scores, minP, temperature) => {
          const all = candidates(scores, { temperature, topK: 0, topP: 1, minP: 0 });
          const kept = candidates(scores, { temperature, topK: 0, topP: 1, minP });
          const likeliest = (all[0] as { probability: number }).probability;
          const ids = new Set(kept.map(({ id }) => id));
          for (const { id, probability } of all) {
            const share = probability / likeliest;
            // Within rounding of the border, either is right.
            if (Math.abs(share - minP) > 1e-9) expect(ids.has(id)).toBe(share > minP);
          }
          expect(kept.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it('leaves the most likely token at 1, and joins top-k and top-p', () => {
    const scores = Float32Array.from([0.5, 0.3, 0.15, 0.05], Math.log);
    const count = (options: { topK?: number; topP?: number; minP: number }) =>
      candidates(scores, { temperature: 1, topK: 0, topP: 1, ...options }).length;
    expect(count({ minP: 1 })).toBe(1);
    expect(count({ minP: 0.25 })).toBe(3);
    expect(count({ minP: 0.25, topK: 2 })).toBe(2);
    expect(count({ minP: 0.25, topP: 0.4 })).toBe(1);
    expect(count({ minP: 0.5, topP: 0.9 })).toBe(2);
  });
});

describe('createSampler', () => {
  it('picks the same tokens for the same seed', () => {
    fc.assert(
      fc.property(logits, fc.integer(), (scores, seed) => {
        const draw = () => {
          const sample = createSampler({ temperature: 1, seed });
          return Array.from({ length: 20 }, () => sample(scores, []).id);
        };
        expect(draw()).toEqual(draw());
      }),
    );
  });

  it('is greedy at temperature 0 and with top-k 1', () => {
    fc.assert(
      fc.property(logits, fc.integer(), (scores, seed) => {
        const best = scores.indexOf(Math.max(...scores));
        expect(createSampler({ seed })(scores, []).id).toBe(best);
        expect(createSampler({ seed, temperature: 2, topK: 1 })(scores, []).id).toBe(best);
      }),
    );
  });

  it('draws tokens as often as their probabilities say', () => {
    const sample = createSampler({ temperature: 1, seed: 3 });
    const scores = Float32Array.of(Math.log(0.7), Math.log(0.2), Math.log(0.1));
    const counts = [0, 0, 0];
    for (let i = 0; i < 10_000; i++) {
      const { id } = sample(scores, []);
      counts[id] = (counts[id] as number) + 1;
    }
    expect((counts[0] as number) / 10_000).toBeCloseTo(0.7, 1);
    expect((counts[1] as number) / 10_000).toBeCloseTo(0.2, 1);
  });

  it("reports the log of the model's probability, whatever the temperature", () => {
    const scores = Float32Array.of(Math.log(0.9), Math.log(0.1));
    expect(createSampler({ temperature: 3, topK: 1 })(scores, []).logProb).toBeCloseTo(Math.log(0.9), 5);
  });

  it('never picks a masked token and refuses a mask that forbids all', () => {
    const scores = Float32Array.of(Number.NEGATIVE_INFINITY, 1, Number.NEGATIVE_INFINITY);
    expect(createSampler({ temperature: 5, seed: 9 })(scores, []).id).toBe(1);
    expect(() => createSampler()(new Float32Array(3).fill(Number.NEGATIVE_INFINITY), [])).toThrow('forbids');
  });

  it('penalises tokens that were generated, of either sign', () => {
    const sample = createSampler({ repetitionPenalty: 2 });
    expect(sample(Float32Array.of(3, 2), [0]).id).toBe(1);
    expect(sample(Float32Array.of(-1, -1.5), [0]).id).toBe(1);
  });

  it('picks the same with a summary as without one, whatever the settings', () => {
    const settings = fc.record({
      temperature: fc.constantFrom(0, 0.3, 1, 2),
      topK: fc.integer({ min: 0, max: 5 }),
      topP: fc.constantFrom(0.5, 1),
      minP: fc.constantFrom(0, 0.1),
      repetitionPenalty: fc.constantFrom(1, 1.3),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(logits, settings, fc.array(fc.nat(39), { maxLength: 5 }), (scores, options, ids) => {
        const generated = ids.filter((id) => id < scores.length);
        const [plain, summarised] = [createSampler(options), createSampler(options)];
        for (let i = 0; i < 4; i++) {
          const expected = plain(scores, generated);
          const picked = summarised(scores, generated, summaryOf(scores));
          expect(picked.id).toBe(expected.id);
          expect(picked.logProb).toBeCloseTo(expected.logProb, 9);
        }
      }),
    );
  });
});

/** As the graph gives it: the lowest id among equals. */
function summaryOf(scores: Float32Array): LogitSummary {
  const largest = Math.max(...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - largest), 0);
  return { greedy: scores.indexOf(largest), total: largest + Math.log(sum) };
}
