import { describe, expect, test } from 'vitest';
import type { PatternSign, Severity } from '../../contract/log-views';
import { PARTS } from './pattern-counts';
import { type PatternFacts, patternSigns } from './pattern-signs';

const LINES = 48_000;

/** A pattern with lines at these places, 0 to 1, of the log. */
function pattern(id: number, places: readonly number[], severity: Severity = 'info'): PatternFacts {
  const spark = Array.from({ length: PARTS }, () => 0);
  for (const place of places) {
    const part = Math.min(PARTS - 1, Math.floor(place * PARTS));
    spark[part] = (spark[part] ?? 0) + 1;
  }
  const lineAt = (place: number) => Math.max(1, Math.ceil(place * LINES));
  return {
    pattern: id,
    severity,
    count: places.length,
    firstLine: lineAt(Math.min(...places)),
    lastLine: lineAt(Math.max(...places)),
    spark,
  };
}

const evenly = (count: number, from = 0, to = 1) =>
  Array.from({ length: count }, (_, index) => from + ((index + 0.5) / count) * (to - from));
const background = pattern(0, evenly(40_000));

function signsOf(facts: PatternFacts): readonly PatternSign[] {
  return patternSigns([background, facts], LINES).get(facts.pattern) ?? [];
}

describe('signs of a pattern', () => {
  test('one that comes all through the log has none', () => {
    expect(patternSigns([background, pattern(1, evenly(300))], LINES)).toEqual(
      new Map([
        [0, []],
        [1, []],
      ]),
    );
  });

  test.each<[string, PatternFacts, PatternSign[]]>([
    ['begins in the last fifth', pattern(1, evenly(30, 0.8, 1)), ['new']],
    [
      'begins at the very end, again and again',
      pattern(1, evenly(6, 0.99, 1), 'error'),
      ['first-error', 'new'],
    ],
    ['stops after a third', pattern(1, evenly(60, 0, 0.3)), ['vanished']],
    ['lines of a start-up', pattern(1, evenly(7, 0, 0.001)), []],
    ['comes four times, by chance in the second half', pattern(1, [0.55, 0.6, 0.8, 0.97]), []],
    ['comes three times', pattern(1, [0.1, 0.5, 0.6]), ['rare']],
    ['comes in one burst', pattern(1, [...evenly(20), ...evenly(60, 0.5, 0.51)]), ['burst']],
  ])('%s', (_, facts, expected) => {
    expect(signsOf(facts)).toEqual(expected);
  });

  test('a pattern that comes with the traffic does not burst', () => {
    const places = [...evenly(40, 0, 1), ...evenly(400, 0.5, 0.52)];
    const busy = pattern(0, [...evenly(4000), ...evenly(40_000, 0.5, 0.52)]);
    expect(patternSigns([busy, pattern(1, places)], LINES).get(1)).toEqual([]);
  });

  test('in a short log few lines are not rare', () => {
    expect(patternSigns([pattern(1, [0.2])], 100).get(1)).toEqual([]);
  });
});
