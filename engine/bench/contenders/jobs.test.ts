import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attentionJobs, decoderJobs } from './jobs';

const setting = (context: number) => ({
  context,
  promptTokens: context,
  threads: 2,
  modelDir: join(import.meta.dirname, '../../../assets/model'),
  cacheDir: '/cache',
});

describe('decoderJobs', () => {
  it('are the shape to be shipped and its twin in the same kind of weights, and the shipped model', () => {
    const jobs = decoderJobs(setting(512));
    expect(jobs.map(({ name, program }) => [name, program.kind])).toEqual([
      ['diffqkv', 'random-model'],
      ['gqa', 'random-model'],
      ['shipped', 'model-folder'],
    ]);
  });

  it('fill the cache by hand beyond the context of the shipped model, and leave that out', () => {
    const jobs = decoderJobs(setting(32_768));
    expect(jobs.map(({ name, program }) => [name, program.kind])).toEqual([
      ['diffqkv', 'filled-cache'],
      ['gqa', 'filled-cache'],
    ]);
  });
});

describe('attentionJobs', () => {
  it('compare the small shapes as each runs, and the large ones in the same form of cache', () => {
    const { groups } = attentionJobs(setting(1));
    expect(groups.map((group) => group.map(({ name }) => name))).toEqual([
      ['diffqkv', 'gqa'],
      ['sigma-1.5b', 'std-1.5b'],
      ['sigma-1.5b fp32', 'std-1.5b fp32'],
    ]);
    for (const group of groups.slice(1)) {
      const forms = group.map(({ program }) => program.kind === 'attention-stack' && program.form);
      expect(new Set(forms).size).toBe(1);
    }
  });

  it('leave out, and name, what does not fit into memory', () => {
    const { groups, notes } = attentionJobs(setting(1e9));
    expect(groups).toEqual([]);
    expect(notes[1]).toMatch(/^Attention of sigma-1\.5b and std-1\.5b at 1000000000 needs \d+ GB/);
  });
});
