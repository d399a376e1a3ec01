import { expect, it } from 'vitest';
import { statsWords } from './answer-stats';

const stats = {
  promptTokens: 700,
  reusedTokens: 512,
  generatedTokens: 120,
  prefillMs: 400,
  decodeMs: 1500,
  stop: 'end' as const,
  contextLength: 8192,
  firstTokenMs: 1234,
  turnsLeftOut: 0,
};

it('says speed, time to the first token and how full the context is', () => {
  expect(statsWords(stats).map(({ text }) => text)).toEqual([
    '80.0 tokens/s',
    'first token 1.2 s',
    'context 10 % full',
  ]);
  expect(statsWords(stats)[1]?.tip).toContain('512');
});

it('leaves out what was not measured', () => {
  const none = { ...stats, generatedTokens: 0, decodeMs: 0, firstTokenMs: null, contextLength: 0 };
  expect(statsWords(none)).toEqual([]);
});
