import { describe, expect, it } from 'vitest';
import { agreement, loss, perplexity, predictions } from '../../runtime/predictions';
import { isWithinLimit, type QualityReport, type QualityRow, qualityTable } from './quality-report';
import { REFERENCE } from './variants';

/** A model of three tokens that always gives these logits, two rows a step. */
const LOGITS = [Math.log(0.5), Math.log(0.3), Math.log(0.2)];
const engine = {
  async evaluate(ids: readonly number[], onLogits: (from: number, logits: Float32Array) => void) {
    for (let from = 0; from < ids.length; from += 2) {
      const rows = Math.min(2, ids.length - from);
      onLogits(
        from,
        Float32Array.from({ length: 3 * rows }, (_, i) => (LOGITS[i % 3] as number) + 7),
      );
    }
  },
};

describe('predictions', () => {
  it('are of every token but the first, whatever the steps', async () => {
    const { logProbs, top } = await predictions(engine, 3, [2, 1, 0, 1, 2]);
    [0.3, 0.5, 0.3, 0.2].forEach((probability, i) => {
      expect(logProbs[i]).toBeCloseTo(Math.log(probability), 5);
    });
    expect([...top]).toEqual([0, 0, 0, 0]);
    expect((await predictions(engine, 3, [1])).top).toHaveLength(0);
  });

  it('give one perplexity over all texts, and how often two models agree', async () => {
    const a = [await predictions(engine, 3, [0, 0, 0]), await predictions(engine, 3, [0, 2])];
    expect(perplexity(a)).toBeCloseTo((0.5 * 0.5 * 0.2) ** (-1 / 3), 5);
    const b = [{ logProbs: new Float64Array(2), top: Int32Array.of(0, 1) }, a[1] as (typeof a)[1]];
    expect(loss(a, b).percent).toBeCloseTo(100 * (perplexity(a) / perplexity(b) - 1), 9);
    expect(loss(a, a)).toEqual({ percent: 0, error: 0 });
    expect(agreement(a, b)).toBeCloseTo(200 / 3, 9);
  });
});

const row = (change: Partial<QualityRow>): QualityRow => ({
  ...REFERENCE,
  cacheBytesPerToken: 46_080,
  perplexity: 16.4,
  lossPercent: 0,
  lossErrorPercent: 0.1,
  agreementPercent: 100,
  lossPercentByText: {},
  ...change,
});
const report = (shippedLoss: number): QualityReport => ({
  model: 'a model',
  date: '2026-01-02T03:04:05.000Z',
  tokens: { one: 10, two: 20 },
  limitPercent: 0.5,
  rows: [
    row({}),
    row({ lossPercent: 3 }),
    row({ name: 'shipped', lossPercent: shippedLoss, isShipped: true }),
  ],
});

describe('the report', () => {
  it('holds what is shipped, and nothing else, to the limit', () => {
    expect(isWithinLimit(report(0.5))).toBe(true);
    expect(isWithinLimit(report(-1))).toBe(true);
    expect(isWithinLimit(report(0.51))).toBe(false);
  });

  it('is a Markdown table with a line for each run', () => {
    const table = qualityTable(report(0.25));
    expect(table).toContain('30 predicted tokens (one 10, two 20), 2026-01-02');
    expect(
      table
        .split('\n')
        .at(-2)
        ?.split(/ *\| */),
    ).toEqual(['', '**shipped**', 'fp32', 'fp32', '46080', '16.400', '0.25 ± 0.10 %', '100.0 %', '']);
    expect(table.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(5);
  });
});
