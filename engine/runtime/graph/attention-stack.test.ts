import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CACHE_FORMS, type CacheFormName, KvCache } from '../kv-cache';
import { AttentionStackSession, type FlatHeads } from '../session';
import { buildAttentionStack } from './attention-stack';

/** DiffQKV with one K head, and grouped queries with several, whose rows of scores take another way. */
const SHAPES = {
  diffqkv: { layers: 2, hidden: 8, ffn: 8, vocab: 8, n_q: 6, n_k: 1, n_v: 3, d_k: 4, d_v: 8 },
  gqa: { layers: 2, hidden: 8, ffn: 8, vocab: 8, n_q: 6, n_k: 2, n_v: 2, d_k: 4, d_v: 6 },
};
/** A sealed tile and open rows. */
const LENGTH = 200;
/** RoPE turns next to nothing, so that the expected result needs none. */
const ROPE_THETA = 1e30;

/** Largest difference of an output; outputs are about 0.7 at most. */
const LIMITS: Record<CacheFormName, number> = { fp32: 1e-6, fp16: 1e-4, int8: 2e-3, mixed: 2e-3 };

const wave = (length: number, seed: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(seed + 1.7 * i + (i * i) / 97));

/** The first pair of each row's dimensions, columns 0 and width / 2, is the one that turns: 0. */
function withoutTurns(rows: Float32Array, width: number): Float32Array {
  for (let i = 0; i < rows.length; i += width) {
    rows[i] = 0;
    rows[i + width / 2] = 0;
  }
  return rows;
}

describe.each(['diffqkv', 'gqa'] as const)('buildAttentionStack, %s', (kind) => {
  const shape = SHAPES[kind];
  const { layers, n_q, n_k, n_v, d_k, d_v } = shape;
  /** [layers, n_k, LENGTH, d_k] and [layers, n_v, LENGTH, d_v]. */
  const k = withoutTurns(wave(layers * n_k * LENGTH * d_k, 1), d_k);
  const v = wave(layers * n_v * LENGTH * d_v, 2);
  const flat = Array.from({ length: layers }, (_, layer) => ({
    q: withoutTurns(wave(n_q * d_k, 3 + layer), d_k),
    k: withoutTurns(wave(n_k * d_k, 5 + layer), d_k),
    v: wave(n_v * d_v, 7 + layer),
  }));

  /** softmax(q K^T / sqrt(d_k)) V of one query head, number by number. */
  function expectedHead(layer: number, head: number): number[] {
    const { q, k: newK, v: newV } = flat[layer] as FlatHeads;
    const kHead = Math.floor(head / (n_q / n_k));
    const vHead = Math.floor(head / (n_q / n_v));
    const at = (rows: Float32Array, heads: number, of: number, width: number, fresh: Float32Array) =>
      Array.from({ length: LENGTH + 1 }, (_, t) =>
        t < LENGTH
          ? rows.subarray(((layer * heads + of) * LENGTH + t) * width).subarray(0, width)
          : fresh.subarray(of * width, (of + 1) * width),
      );
    const query = q.subarray(head * d_k, (head + 1) * d_k);
    const weights = at(k, n_k, kHead, d_k, newK).map((key) =>
      Math.exp(query.reduce((sum, x, i) => sum + x * (key[i] as number), 0) / Math.sqrt(d_k)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const values = at(v, n_v, vHead, d_v, newV);
    return Array.from({ length: d_v }, (_, i) =>
      weights.reduce((sum, weight, t) => sum + (weight / total) * (values[t]?.[i] as number), 0),
    );
  }

  describe.each(Object.keys(LIMITS) as CacheFormName[])('in %s', (form) => {
    let session: AttentionStackSession;
    beforeAll(async () => {
      const config = { shape, contextLength: 256, ropeTheta: ROPE_THETA };
      const graph = buildAttentionStack(config, CACHE_FORMS[form]);
      session = await AttentionStackSession.create(graph, shape, { threads: 1 });
    });
    afterAll(() => session.dispose());

    it('computes softmax(Q K^T / sqrt(d_k)) V behind sealed and open rows', async () => {
      const cache = new KvCache(shape, 256, CACHE_FORMS[form]);
      cache.append(k, v, LENGTH);
      expect(cache.sealedTiles).toBe(1);
      const outputs = await session.step(flat, 1, cache);
      expect(cache.length).toBe(LENGTH + 1);
      let largest = 0;
      outputs.forEach((output, layer) => {
        for (let head = 0; head < n_q; head++)
          expectedHead(layer, head).forEach((expected, i) => {
            largest = Math.max(largest, Math.abs((output[head * d_v + i] as number) - expected));
          });
      });
      console.log(`${kind} in ${form}: largest difference of an output ${largest.toExponential(1)}`);
      expect(largest).toBeLessThan(LIMITS[form]);
    });
  });
});
