import { describe, expect, it } from 'vitest';
import type { Effect } from '../effect';
import type { EvalItem } from '../items';
import { outputSimilarity, type ScoreInput, scoreItem } from './scores';

const item: EvalItem = {
  id: 'linux-001',
  part: 'linux',
  split: 'dev',
  request: 'largest files first',
  references: ['ls -l -S'],
  fixture: 'site',
  compare: 'stdout',
};
const effect = (stdout: string, status = 0): Effect => ({
  status,
  stdout,
  stderr: '',
  tree: new Map(),
  state: '',
  timedOut: false,
  truncated: false,
});
const input = (changes: Partial<ScoreInput>): ScoreInput => ({
  item,
  command: 'ls -lS',
  ms: 5,
  cmdScore: 0.5,
  check: 'unchecked',
  runs: null,
  ...changes,
});

describe('scoreItem', () => {
  it('takes an equal text for accurate, also where nothing is run', () => {
    expect(scoreItem(input({}))).toMatchObject({
      exact: false,
      accurate: true,
      succeeded: null,
      calibration: null,
    });
    expect(scoreItem(input({ command: 'ls -l -S' })).exact).toBe(true);
    expect(scoreItem(input({ command: 'ls' })).accurate).toBe(false);
  });

  it('takes the same effect for accurate', () => {
    const runs = { reference: effect('a\nb\n'), command: effect('a\nb\n') };
    const scores = scoreItem(input({ command: 'stat *', runs }));
    expect(scores).toMatchObject({ accurate: true, succeeded: true, outputScore: 1, calibration: 1 });
    const other = { reference: effect('a\nb\n'), command: effect('a\nc\n', 2) };
    expect(scoreItem(input({ command: 'stat *', runs: other }))).toMatchObject({
      accurate: false,
      succeeded: false,
      outputScore: 0.5,
      calibration: 0,
    });
  });

  it('counts a missing answer as wrong everywhere, but not as unparsed', () => {
    const runs = { reference: effect('a\n'), command: null };
    expect(scoreItem(input({ command: null, cmdScore: null, check: null, runs }))).toMatchObject({
      answered: false,
      accurate: false,
      succeeded: false,
      parsed: null,
      cmdScore: 0,
      outputScore: 0,
      calibration: 0,
    });
  });

  it('uses checks where nothing is run', () => {
    expect(scoreItem(input({ check: { parsed: true, errors: [] } })).succeeded).toBe(true);
    expect(scoreItem(input({ check: { parsed: true, errors: ['no such option'] } })).succeeded).toBe(false);
    expect(scoreItem(input({ check: { parsed: false, errors: [] } }))).toMatchObject({
      succeeded: false,
      parsed: false,
    });
  });

  it('lets a diff end with 1', () => {
    const runs = { reference: effect('x\n', 1), command: effect('x\n', 1) };
    expect(scoreItem(input({ runs })).succeeded).toBe(true);
  });
});

describe('outputSimilarity', () => {
  it('is a share of lines, of words in a single line', () => {
    expect(outputSimilarity(effect('a\nb\n'), effect('b\n'), item)).toBeCloseTo(2 / 3);
    expect(outputSimilarity(effect('12 files'), effect('12'), item)).toBeCloseTo(2 / 3);
    expect(outputSimilarity(effect('a'), effect(''), item)).toBe(0);
    expect(outputSimilarity(effect('a'), null, item)).toBe(0);
    expect(outputSimilarity(effect('a\na'), effect('a\na\na'), item)).toBeCloseTo(0.8);
  });
});
