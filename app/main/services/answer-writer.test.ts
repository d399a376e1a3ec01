import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AnswerWriter, SHOW_INTERVAL_MS } from './answer-writer';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('stores text before it is shown, whole and in its order', () => {
  let stored = '';
  let shown = '';
  const writer = new AnswerWriter(
    ({ content }) => {
      stored = content;
    },
    (text) => {
      shown += text;
      expect(stored.startsWith(shown)).toBe(true);
    },
  );
  const words = Array.from({ length: 200 }, (_, at) => `word${at} `);
  for (const word of words) {
    writer.add(word);
    vi.advanceTimersByTime(7);
  }
  expect(shown.length).toBeGreaterThan(words.join('').length - 100);
  writer.finish({ content: 'the end', state: 'complete' });
  expect(shown).toBe(words.join(''));
  expect(stored).toBe('the end');
  vi.advanceTimersByTime(10 * SHOW_INTERVAL_MS);
  expect(stored).toBe('the end');
});

it('shows an answer that cannot be stored, and says so at its end', () => {
  let shown = '';
  const writer = new AnswerWriter(
    () => {
      throw new Error('database or disk is full');
    },
    (text) => {
      shown += text;
    },
  );
  writer.add('one ');
  writer.add('two');
  vi.advanceTimersByTime(SHOW_INTERVAL_MS);
  expect(shown).toBe('one two');
  expect(() => writer.finish({ content: 'one two', state: 'complete' })).toThrow(/full/);
});
