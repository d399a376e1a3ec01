import { describe, expect, it } from 'vitest';
import { comparableOutput, type Effect, sameEffect } from './effect';

const effect = (changes: Partial<Effect> = {}): Effect => ({
  status: 0,
  stdout: '',
  stderr: '',
  tree: new Map([['home/ops/a', 'file 644 x']]),
  state: '',
  timedOut: false,
  truncated: false,
  ...changes,
});

describe('comparableOutput', () => {
  it('drops padding and what find puts before names, keeps the rest', () => {
    expect(comparableOutput('  3 b \n./a\n\n', false)).toBe('3 b\na');
    expect(comparableOutput('b\na\n', true)).toBe('a\nb');
    expect(comparableOutput('a  b\n', false)).toBe('a  b');
    expect(comparableOutput('./\n', false)).toBe('./');
  });
});

describe('sameEffect', () => {
  it('compares output in order or not', () => {
    const [one, two] = [effect({ stdout: 'a\nb\n' }), effect({ stdout: 'b\na\n' })];
    expect(sameEffect(one, two, 'stdout')).toBe(false);
    expect(sameEffect(one, two, 'stdout-unordered')).toBe(true);
    expect(sameEffect(one, two, 'files')).toBe(true);
    expect(sameEffect(one, two, 'both')).toBe(false);
  });

  it('always compares the tree and the state', () => {
    const removed = effect({ tree: new Map() });
    const changed = effect({ tree: new Map([['home/ops/a', 'file 600 x']]) });
    for (const compare of ['stdout', 'files', 'both'] as const) {
      expect(sameEffect(effect(), removed, compare)).toBe(false);
      expect(sameEffect(effect(), changed, compare)).toBe(false);
      expect(sameEffect(effect(), effect({ state: 'process 3 gone' }), compare)).toBe(false);
    }
  });

  it('takes failing, endless and boundless runs for wrong', () => {
    expect(sameEffect(effect(), effect({ status: 2 }), 'stdout')).toBe(false);
    expect(sameEffect(effect({ status: 1 }), effect({ status: 2 }), 'stdout')).toBe(true);
    expect(sameEffect(effect(), effect({ status: null }), 'stdout')).toBe(false);
    expect(sameEffect(effect(), effect({ timedOut: true }), 'stdout')).toBe(false);
    expect(sameEffect(effect(), effect({ truncated: true }), 'stdout')).toBe(false);
  });
});
