import { describe, expect, it } from 'vitest';
import type { Measured } from '../measure';
import { finalists, type LlamaProgram, singleThreaded, trialNote } from './contenders';

function tried(format: string, ms: number, prefill: number, change: Partial<LlamaProgram> = {}): Measured {
  const program: LlamaProgram = {
    kind: 'llama.cpp',
    folder: '',
    model: `${format}.gguf`,
    format,
    flashAttention: true,
    threads: 2,
    ...change,
  };
  return {
    job: { name: 'llama.cpp', context: 512, threads: 2, prompt: { tokenizerDir: '', tokens: 512 }, program },
    cache: 'fp16',
    cacheBytesPerToken: 1,
    setting: `${format}, ${program.threads}`,
    prefillTokensPerSecond: prefill,
    stepMs: [ms, ms, ms + 1],
    residentMB: 1,
  };
}

const names = (programs: readonly LlamaProgram[]) =>
  programs.map(({ format, flashAttention, threads }) => `${format} ${flashAttention} ${threads}`);

const trial = [
  tried('Q4_1', 9, 400),
  tried('Q4_0', 8, 700),
  tried('Q8_0', 12, 800),
  tried('Q4_0', 8.5, 600, { flashAttention: false }),
];

describe('singleThreaded', () => {
  it('tries every setting once more with one thread, in a quick run only the best', () => {
    expect(names(singleThreaded(trial, false))).toHaveLength(4);
    expect(names(singleThreaded(trial, true))).toEqual(['Q4_0 true 1']);
    const single = [tried('Q4_0', 8, 700, { threads: 1 })];
    expect(singleThreaded(single, false)).toEqual([]);
  });
});

describe('finalists', () => {
  it('always has the fastest in decode, whatever its threads, and in prefill', () => {
    const all = [...trial, tried('Q4_0', 6, 500, { threads: 1 })];
    expect(names(finalists(all, true))).toEqual(['Q4_0 true 1', 'Q8_0 true 2']);
    expect(names(finalists(all, false))).toEqual([
      'Q4_0 true 1',
      'Q8_0 true 2',
      'Q4_0 true 2',
      'Q4_0 false 2',
    ]);
  });
});

it('says what was tried, best first', () => {
  expect(trialNote(trial, 512)).toContain(
    'at 512 (decode a token, prefill): Q4_0, 2: 8.0 ms, 700 tokens/s; Q4_0',
  );
});
