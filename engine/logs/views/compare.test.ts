import { describe, expect, test } from 'vitest';
import type { Severity } from '../../contract/log-views';
import { differences, type Side, type SidePattern } from './compare';

/** Repeatable numbers between 0 and 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Kind {
  readonly key: string;
  /** How often it comes, against the others; 0 for never. */
  readonly weight: number;
  /** Lines that come at once. */
  readonly bunch?: number;
  readonly severity?: Severity;
}

/** Lines drawn by weight, in bunches. */
function draw(kinds: readonly Kind[], lines: number, seed: number): Side {
  const next = random(seed);
  const total = kinds.reduce((sum, { weight }) => sum + weight, 0);
  const drawn: string[] = [];
  while (drawn.length < lines) {
    let at = next() * total;
    const kind = kinds.find(({ weight }) => {
      at -= weight;
      return at < 0;
    });
    for (let times = kind?.bunch ?? 1; kind && times > 0; times--) drawn.push(kind.key);
  }
  const patterns = new Map<string, SidePattern>();
  drawn.forEach((key, index) => {
    const known = patterns.get(key);
    const spark = [...(known?.spark ?? Array.from({ length: 32 }, () => 0))];
    const place = Math.floor((index / drawn.length) * 32);
    spark[place] = (spark[place] ?? 0) + 1;
    patterns.set(key, {
      text: key,
      severity: kinds.find((kind) => kind.key === key)?.severity ?? 'info',
      count: (known?.count ?? 0) + 1,
      firstLine: known?.firstLine ?? index + 1,
      spark,
    });
  });
  return { lines: drawn.length, patterns };
}

/** Patterns of all frequencies, as logs have them, some in bunches. */
const usual: Kind[] = Array.from({ length: 150 }, (_, index) => ({
  key: `usual ${index}`,
  weight: 1000 / (index + 1),
  bunch: index % 7 === 3 ? 6 : 1,
}));

describe('comparison', () => {
  test('two draws of one log hardly ever differ, as long as each other or not', () => {
    let told = 0;
    for (let seed = 1; seed <= 20; seed++) {
      told += differences(draw(usual, 6000, seed), draw(usual, seed % 2 ? 6000 : 20_000, seed + 100)).length;
    }
    // 3,000 comparisons: a test at one in a hundred would call 30 of them changes.
    expect(told).toBeLessThanOrEqual(4);
  });

  test('new, gone, more and less are found, errors first', () => {
    const before = [
      ...usual,
      { key: 'gone', weight: 30 },
      { key: 'rises', weight: 20 },
      { key: 'falls', weight: 90 },
    ];
    const after = [
      ...usual,
      { key: 'new', weight: 30, severity: 'error' as const },
      { key: 'rises', weight: 120 },
      { key: 'falls', weight: 15 },
    ];
    const found = differences(draw(before, 20_000, 1), draw(after, 20_000, 2));
    expect(found[0]).toMatchObject({ key: 'new', change: 'new', before: 0 });
    expect(Object.fromEntries(found.map(({ key, change }) => [key, change]))).toMatchObject({
      gone: 'gone',
      rises: 'more',
      falls: 'less',
    });
    expect(found.length).toBeLessThanOrEqual(5);
  });

  test('a flood of one pattern does not make the others look rarer', () => {
    const flooded = [...usual, { key: 'flood', weight: 30_000, severity: 'warning' as const }];
    const found = differences(draw(usual, 8000, 3), draw(flooded, 50_000, 4));
    expect(found.map(({ key }) => key)).toEqual(['flood']);
  });

  test('a handful of lines that were not there before may be chance; twenty are none', () => {
    const base = draw(usual, 20_000, 5);
    const withLines = (count: number): Side => {
      const spark = Array.from({ length: 32 }, (_, part) => (part < count ? 1 : 0));
      const fresh = { text: 'x', severity: 'error' as const, count, firstLine: 1, spark };
      return { lines: base.lines + count, patterns: new Map([...base.patterns, ['x', fresh]]) };
    };
    expect(differences(base, withLines(3))).toEqual([]);
    expect(differences(base, withLines(20)).map(({ change }) => change)).toEqual(['new']);
  });
});
