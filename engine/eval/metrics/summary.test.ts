import { describe, expect, it } from 'vitest';
import type { EvalItem, Part } from '../items';
import type { ItemScores } from './scores';
import { percentile, type ScoredItem, summarise } from './summary';

function scored(part: Part, number: number, scores: Partial<ItemScores>): ScoredItem {
  const id = `${part}-${String(number).padStart(3, '0')}`;
  const item: EvalItem = {
    id,
    part,
    split: number % 2 === 1 ? 'dev' : 'held',
    request: 'a request',
    references: ['ls'],
  };
  const none = {
    cmdScore: null,
    outputScore: null,
    calibration: null,
    succeeded: null,
    parsed: null,
    ms: null,
  };
  return {
    item,
    run: false,
    scores: { id, answered: true, exact: false, accurate: false, ...none, ...scores },
  };
}

describe('summarise', () => {
  const summaries = summarise([
    scored('linux', 1, { accurate: true, cmdScore: 1, ms: 10 }),
    scored('linux', 3, { answered: false, cmdScore: 0, ms: 30 }),
    scored('linux', 2, { accurate: true }),
    scored('cloud', 1, { parsed: false }),
  ]);

  it('has a row for each part and split that has items, and totals', () => {
    expect(summaries.map(({ part, split }) => `${part} ${split}`)).toEqual([
      'linux dev',
      'linux held',
      'cloud dev',
      'all dev',
      'all held',
      'all all',
    ]);
  });

  it('averages over what was measured', () => {
    expect(summaries[0]).toMatchObject({
      items: 2,
      answered: 1,
      accuracy: 0.5,
      cmdScore: 0.5,
      latencyP95Ms: 30,
    });
    expect(summaries[1]).toMatchObject({
      accuracy: 1,
      cmdScore: null,
      latencyP50Ms: null,
      parseErrors: null,
    });
    expect(summaries.at(-1)).toMatchObject({ items: 4, parseErrors: 1 });
  });
});

describe('percentile', () => {
  it('is the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(values, 0.5), percentile(values, 0.95), percentile([7], 0.95)]).toEqual([50, 95, 7]);
    expect(percentile([], 0.5)).toBeNull();
  });
});
