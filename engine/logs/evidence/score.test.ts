import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Severity } from '../../contract/logs';
import type { PatternFacts } from './facts';
import { isHealthy } from './health';
import { PIECE_LIMIT, pickEvidence } from './score';

const LINES = 100_000;

const failure = (id: string, generic = false) => ({
  id,
  title: id,
  severity: 'error' as const,
  line: 1,
  generic,
});
const idsOf = (patterns: readonly PatternFacts[]) =>
  pickEvidence(patterns, LINES).picks.map(({ pattern: { id } }) => id);

function pattern(facts: Partial<PatternFacts>): PatternFacts {
  const firstLine = facts.firstLine ?? 1;
  return {
    id: firstLine,
    severity: 'error',
    text: 'x',
    count: 1,
    firstLine,
    lastLine: firstLine,
    firstTime: null,
    peak: null,
    signs: [],
    failures: [],
    samples: [],
    ...facts,
  };
}

describe('evidence', () => {
  test('the first rare error comes before a later frequent one', () => {
    const cause = pattern({ firstLine: 500, count: 2 });
    const symptom = pattern({ firstLine: 600, count: 5000, lastLine: 90_000 });
    expect(idsOf([symptom, cause])).toEqual([500, 600]);
  });

  test('errors that run through the whole log sink below a burst', () => {
    const noise = Array.from({ length: 6 }, (_, i) =>
      pattern({ firstLine: i + 1, count: 2000, lastLine: LINES, severity: 'warning' }),
    );
    const burst = pattern({
      firstLine: 70_000,
      count: 400,
      lastLine: 70_400,
      peak: { lines: 400, firstLine: 70_000 },
    });
    expect(idsOf([...noise, burst])[0]).toBe(70_000);
  });

  test('a known failure comes before others, a generic one behind a specific one', () => {
    const plain = pattern({ firstLine: 10 });
    const generic = pattern({ firstLine: 500, failures: [failure('connection-refused', true)] });
    const specific = pattern({ firstLine: 900, failures: [failure('pg-too-many-clients')] });
    expect(idsOf([plain, generic, specific])).toEqual([900, 500, 10]);
  });

  test('one event that several patterns tell of is one piece', () => {
    const report = ['kernel-oom-invoked', 'kernel-oom-report', 'kernel-oom-kill'].map((id, at) =>
      pattern({ firstLine: 100 + at * 40, failures: [failure(id)] }),
    );
    const unit = ['Main process exited', 'Failed with result'].map((said, at) =>
      pattern({ firstLine: 300 + at, text: `web.service: ${said}`, failures: [failure(`systemd-${at}`)] }),
    );
    const { picks } = pickEvidence([...report, ...unit], LINES);
    expect(picks.map(({ patterns }) => patterns).sort()).toEqual([2, 3]);
    expect(picks.flatMap(({ pattern: { failures } }) => failures)).toHaveLength(5);
  });

  test('different known failures stay apart, and so do lines of different moments', () => {
    const failures = ['disk-full', 'pg-too-many-clients'].map((id, at) =>
      pattern({ firstLine: 100 + at, failures: [failure(id)] }),
    );
    expect(idsOf(failures)).toHaveLength(2);
    const apart = [0, 60_000].map((firstTime, at) => pattern({ firstLine: 100 + at, firstTime }));
    expect(idsOf(apart)).toHaveLength(2);
    const together = [0, 1000].map((firstTime, at) => pattern({ firstLine: 100 + at, firstTime }));
    expect(idsOf(together)).toHaveLength(1);
  });

  test('a rare harmless line just before the first error is shown', () => {
    const before = pattern({ severity: 'info', firstLine: 990 });
    const { picks } = pickEvidence([before, pattern({ firstLine: 1000 })], LINES);
    expect(picks.map(({ reason }) => reason)).toEqual(['first-error', 'rare']);
  });

  test('packs are bounded, ranked and without repeats', () => {
    const facts = fc
      .record({ severity: fc.constantFrom(...Severity.options), count: fc.integer({ min: 1, max: 999 }) })
      .map((fields) => pattern(fields));
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 100 }), (all) => {
        const { picks, leftOut } = pickEvidence(
          all.map((each, index) => ({ ...each, id: index, firstLine: index + 1 })),
          LINES,
        );
        expect(picks.length).toBeLessThanOrEqual(PIECE_LIMIT);
        const told = picks.reduce((sum, { patterns }) => sum + patterns, 0);
        const trouble = all.filter(({ severity }) => ['fatal', 'error', 'warning'].includes(severity));
        expect(told + leftOut).toBeLessThanOrEqual(all.length);
        if (leftOut === 0) expect(told).toBeGreaterThanOrEqual(trouble.length);
        expect(new Set(picks.map(({ pattern: { id } }) => id)).size).toBe(picks.length);
      }),
    );
  });
});

describe('health', () => {
  const warning = (facts: Partial<PatternFacts>) => pattern({ severity: 'warning', ...facts });
  test('an error or a known failure is never healthy', () => {
    expect(isHealthy([pattern({ severity: 'info' }), pattern({})], LINES)).toBe(false);
    expect(isHealthy([pattern({ severity: 'fatal', failures: [failure('disk-full')] })], LINES)).toBe(false);
  });

  test('harmless lines are, rare, new or bursting', () => {
    const signs = ['rare', 'new', 'burst'] as const;
    expect(isHealthy([pattern({ severity: 'info', signs, count: 50 })], LINES)).toBe(true);
    expect(pickEvidence([pattern({ severity: 'info' })], LINES).picks).toEqual([]);
  });

  test('warnings are until they come in a burst or are many', () => {
    expect(isHealthy([warning({ count: 3 }), warning({ count: 16 })], 20)).toBe(true);
    expect(isHealthy([warning({ count: 3 }), warning({ count: 22 })], 100)).toBe(false);
    expect(isHealthy([warning({ count: 4000 })], LINES)).toBe(true);
    expect(isHealthy([warning({ count: 8, signs: ['burst'] })], LINES)).toBe(false);
    expect(isHealthy([warning({ count: 7, signs: ['burst'] })], LINES)).toBe(true);
  });

  test('a known failure of severity warning is none when it comes again and again', () => {
    const thermal = { failures: [failure('cpu-thermal-throttled')] };
    expect(isHealthy([warning({ count: 2, ...thermal })], LINES)).toBe(true);
    expect(isHealthy([warning({ count: 3, ...thermal })], LINES)).toBe(false);
    const generic = { failures: [failure('connection-refused', true)] };
    expect(isHealthy([warning({ count: 7, ...generic })], LINES)).toBe(true);
  });
});
