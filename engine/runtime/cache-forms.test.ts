import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DecoderConfig, type DecoderShape, parseConfig } from './config';
import { buildDecoder } from './graph/decoder';
import { CACHE_FORMS, type CacheFormName, KvCache, SHARED } from './kv-cache';
import { namedConfig } from './named-configs';
import { writeRandomWeights } from './random-weights';
import type { TensorTable } from './safetensors';
import { DecoderSession } from './session';

/** Several sealed tiles, then open rows. */
const LENGTH = 450;
const IDS = Array.from({ length: LENGTH }, (_, i) => (i * i + 5 * i) % 96);
const VOCAB = 96;

/** d_k and d_v differ in all of them; n_k is 1, n_v, and neither. */
const SHAPES: Record<string, DecoderShape> = {
  'one K head': { layers: 2, hidden: 64, ffn: 96, vocab: VOCAB, n_q: 6, n_k: 1, n_v: 3, d_k: 16, d_v: 32 },
  gqa: { layers: 2, hidden: 64, ffn: 96, vocab: VOCAB, n_q: 6, n_k: 2, n_v: 2, d_k: 32, d_v: 16 },
  diffqkv: { layers: 2, hidden: 64, ffn: 96, vocab: VOCAB, n_q: 8, n_k: 2, n_v: 4, d_k: 16, d_v: 32 },
};

/**
 * Largest difference of a logit from a run without any cache; the logits spread over about 7. Random attention looks at
 * everything alike, so rounding errors average out less than they pile up: these are bounds for a mistake, not for
 * quality, which the bench's quality suite measures.
 */
const LIMITS: Record<CacheFormName, number> = { fp32: 1e-3, fp16: 5e-3, int8: 0.1, mixed: 0.1 };

describe.each(Object.keys(SHAPES))('a decoder with random weights, %s', (kind) => {
  let folder: string;
  let config: DecoderConfig;
  let tensors: TensorTable;
  let expected: Float32Array;

  /** Logits at every position, the prompt cut into steps of `size`. */
  async function logitsOf(form: CacheFormName, size: number, single: boolean): Promise<Float32Array> {
    const graph = buildDecoder(config, tensors, { arithmetic: 'fp32', cache: CACHE_FORMS[form], single });
    const session = await DecoderSession.create(graph, folder, config.shape, { threads: 1 });
    const cache = new KvCache(config.shape, config.contextLength, CACHE_FORMS[form]);
    const logits = new Float32Array(LENGTH * VOCAB);
    for (let from = 0; from < LENGTH; from += size) {
      const {
        logits: rows,
        greedy,
        totals,
      } = await session.step({ ids: IDS.slice(from, from + size) }, cache, 'all');
      logits.set(rows, from * VOCAB);
      expectSummary(rows, greedy, totals);
    }
    expect(cache.sealedTiles).toBeGreaterThanOrEqual(2);
    await session.dispose();
    return logits;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sigma-forms-'));
    config = parseConfig({ ...namedConfig('gqa-135m', 'fp32'), shape: SHAPES[kind], contextLength: 512 });
    tensors = await writeRandomWeights(folder, config, 4);
    // One step for all: nothing is read from the cache.
    expected = await logitsOf('fp32', LENGTH, false);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(Object.keys(LIMITS) as CacheFormName[])(
    'gives the same logits through a cache in %s, whatever the steps',
    async (form) => {
      const found: string[] = [];
      for (const [size, single] of [
        [1, true],
        [1, false],
        [7, false],
        [64, false],
      ] as const) {
        const logits = await logitsOf(form, size, single);
        const largest = logits.reduce(
          (most, logit, i) => Math.max(most, Math.abs(logit - (expected[i] as number))),
          0,
        );
        found.push(`${largest.toExponential(1)} in steps of ${size}${single ? ' (single)' : ''}`);
        expect(largest).toBeLessThan(LIMITS[form]);
      }
      const spread = Math.max(...expected) - Math.min(...expected);
      expect(spread).toBeGreaterThan(4);
      console.log(`${kind}, ${form}: ${found.join(', ')}; spread ${spread.toFixed(1)}`);
    },
  );

  it('gives each branch the logits that it has alone, side by side behind a shared prompt', async () => {
    const graph = buildDecoder(config, tensors, {
      arithmetic: 'fp32',
      cache: CACHE_FORMS.fp32,
      single: false,
    });
    const session = await DecoderSession.create(graph, folder, config.shape, { threads: 1 });
    const prompt = IDS.slice(0, 300);
    const tails = [IDS.slice(1, 60), IDS.slice(100, 159), IDS.slice(20, 79)];
    const together = new KvCache(config.shape, config.contextLength);
    await session.step({ ids: prompt }, together, 'last');
    const rows: Float32Array[] = [];
    for (let i = 0; i < 59; i++) {
      const step = {
        ids: tails.map((tail) => tail[i] as number),
        positions: tails.map(() => prompt.length + i),
        branches: tails.map((_, branch) => branch),
      };
      rows.push((await session.step(step, together, 'all')).logits.slice());
    }
    for (const [branch, tail] of tails.entries()) {
      const alone = new KvCache(config.shape, config.contextLength);
      await session.step({ ids: prompt }, alone, 'last');
      const { logits } = await session.step({ ids: tail }, alone, 'all');
      const largest = logits.reduce((most, logit, i) => {
        const row = rows[Math.floor(i / VOCAB)] as Float32Array;
        return Math.max(most, Math.abs(logit - (row[branch * VOCAB + (i % VOCAB)] as number)));
      }, 0);
      expect(largest).toBeLessThan(1e-3);
    }
    // Back to the prompt, and on: nothing of the branches is left.
    together.truncate(prompt.length);
    expect(together.owners.every((owner) => owner === SHARED)).toBe(true);
    const { logits } = await session.step({ ids: IDS.slice(300, 400) }, together, 'all');
    const largest = logits.reduce(
      (most, logit, i) => Math.max(most, Math.abs(logit - (expected[300 * VOCAB + i] as number))),
      0,
    );
    expect(largest).toBeLessThan(1e-3);
    await session.dispose();
  });
});

/** The graph's own summary of each row against its logits. */
function expectSummary(logits: Float32Array, greedy: readonly number[], totals: Float32Array): void {
  greedy.forEach((id, row) => {
    const own = logits.subarray(row * VOCAB, (row + 1) * VOCAB);
    const largest = Math.max(...own);
    expect(id).toBe(own.indexOf(largest));
    const sum = own.reduce((total, logit) => total + Math.exp(logit - largest), 0);
    expect(Math.abs((totals[row] as number) - (largest + Math.log(sum)))).toBeLessThan(1e-4);
  });
}
