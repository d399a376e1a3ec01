import { describe, expect, it } from 'vitest';
import { needleCases } from './needles';

describe('needle cases', () => {
  const cases = needleCases(100);

  it('have one line that answers, at every depth, and its word nowhere else', () => {
    for (const { lines, line, word } of cases) {
      const having = lines.flatMap((text, at) => (text.includes(word) ? [at + 1] : []));
      expect(having).toEqual([line]);
    }
    expect(cases[0]?.line).toBe(1);
    expect(cases.at(-1)?.line).toBe(cases[0]?.lines.length);
  });

  it('are the same each time, and differ from each other', () => {
    expect(needleCases(100)).toEqual(cases);
    expect(new Set(cases.map(({ lines }) => lines.join('\n'))).size).toBe(100);
  });
});
