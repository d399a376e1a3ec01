import { describe, expect, it } from 'vitest';
import type { DecoderShape } from '../config';
import { CACHE_FORMS, type CacheForm, KvCache } from '../kv-cache';
import { fromHalf, TILE } from '../kv-rows';
import { AttentionStackSession, type FlatHeads } from '../session';
import { buildAttentionStack } from './attention-stack';
import { ropeTables, thetaFrequencies } from './rope';

const SIZES = { hidden: 8, ffn: 8, vocab: 8 };
const UNEVEN: DecoderShape = { ...SIZES, layers: 2, n_q: 6, n_k: 2, n_v: 3, d_k: 8, d_v: 4 };
const ONE_K: DecoderShape = { ...SIZES, layers: 1, n_q: 6, n_k: 1, n_v: 2, d_k: 4, d_v: 4 };
const ONE_V: DecoderShape = { ...SIZES, layers: 1, n_q: 2, n_k: 2, n_v: 1, d_k: 4, d_v: 4 };
const THETA = 10_000;

/** The same numbers in every run, about -2 to 2. */
function numbers(seed: number): (count: number) => Float32Array {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * 4 - 2;
  };
  return (count) => Float32Array.from({ length: count }, next);
}

function filled(shape: DecoderShape, context: number, tokens: number, form: CacheForm): KvCache {
  const cache = new KvCache(shape, context, form);
  const random = numbers(7);
  const { layers, n_k, n_v, d_k, d_v } = shape;
  cache.append(random(layers * n_k * tokens * d_k), random(layers * n_v * tokens * d_v), tokens);
  return cache;
}

function query({ layers, n_q, n_k, n_v, d_k, d_v }: DecoderShape): FlatHeads[] {
  const random = numbers(11);
  return Array.from({ length: layers }, () => ({
    q: random(n_q * d_k),
    k: random(n_k * d_k),
    v: random(n_v * d_v),
  }));
}

/** The heads' outputs of each layer for one token behind `tokens` cached ones. */
async function attend(
  shape: DecoderShape,
  context: number,
  tokens: number,
  form: CacheForm,
  topValues: number | null,
): Promise<Float32Array[]> {
  const graph = buildAttentionStack({ shape, contextLength: context, ropeTheta: THETA }, form, topValues);
  const session = await AttentionStackSession.create(graph, shape, { threads: 1 });
  const outputs = await session.step(query(shape), 1, filled(shape, context, tokens, form));
  await session.dispose();
  return outputs;
}

/** As the paper says it, head by head; K is kept as fp32. */
function naive(
  shape: DecoderShape,
  context: number,
  tokens: number,
  form: CacheForm,
  topValues: number,
): Float32Array[] {
  const { n_q, n_k, n_v, d_k, d_v } = shape;
  const cache = filled(shape, context, tokens, form);
  const tiles = cache.sealedTiles;
  const sealed = tiles * TILE;
  const tables = ropeTables(context, thetaFrequencies(d_k, THETA));
  const turned = (rows: Float32Array, head: number) => {
    const row = rows.subarray(head * d_k, (head + 1) * d_k);
    return row.map((value, i) => {
      const at = (tokens * d_k) / 2 + (i % (d_k / 2));
      const other = i < d_k / 2 ? -(row[i + d_k / 2] as number) : (row[i - d_k / 2] as number);
      return value * (tables.cos[at] as number) + other * (tables.sin[at] as number);
    });
  };
  return cache.layers().map(({ sealedK, sealedV, openK, openV }, layer) => {
    const flat = query(shape)[layer] as FlatHeads;
    const values = sealedV.values(tiles);
    const scales = sealedV.scales(tiles);
    const keyOf = (head: number, token: number) => {
      if (token === tokens) return turned(flat.k, head);
      const row =
        token < sealed
          ? (Math.floor(token / TILE) * n_k + head) * TILE + (token % TILE)
          : head * cache.openRows + token - sealed;
      return (token < sealed ? sealedK.values(tiles) : openK).slice(row * d_k, (row + 1) * d_k);
    };
    const numberOf = (head: number, token: number, i: number): number => {
      if (token === tokens) return flat.v[head * d_v + i] as number;
      if (token >= sealed) return openV[(head * cache.openRows + token - sealed) * d_v + i] as number;
      const row = (Math.floor(token / TILE) * n_v + head) * TILE + (token % TILE);
      const value = values[row * d_v + i] as number;
      return values instanceof Uint16Array ? fromHalf(value) : value * (scales?.[row] ?? 1);
    };
    const output = new Float32Array(n_q * d_v);
    for (let head = 0; head < n_q; head++) {
      const q = turned(flat.q, head);
      const kHead = Math.floor(head / (n_q / n_k));
      const vHead = Math.floor(head / (n_q / n_v));
      const weights = Array.from({ length: tokens + 1 }, (_, token) => {
        const key = keyOf(kHead, token);
        return Math.exp(q.reduce((sum, x, i) => sum + x * (key[i] as number), 0) / Math.sqrt(d_k));
      });
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const chosen = Array.from({ length: sealed }, (_, token) => token)
        .sort((a, b) => (weights[b] as number) - (weights[a] as number))
        .slice(0, topValues);
      const sum = (of: readonly number[]) => of.reduce((all, token) => all + (weights[token] as number), 0);
      // The chosen rows stand for all sealed ones.
      const factor = sum(Array.from({ length: sealed }, (_, token) => token)) / sum(chosen);
      for (const token of chosen) weights[token] = (weights[token] as number) * factor;
      for (let token = sealed; token <= tokens; token++) chosen.push(token);
      for (const token of chosen)
        for (let i = 0; i < d_v; i++) {
          const at = head * d_v + i;
          output[at] =
            (output[at] as number) + ((weights[token] as number) / total) * numberOf(vHead, token, i);
        }
    }
    return output;
  });
}

function largestDifference(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  a.forEach((row, layer) => {
    expect(row.length).toBe(b[layer]?.length);
    row.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - (b[layer]?.[i] ?? Number.NaN)));
    });
  });
  return largest;
}

const V_FORMS = { ...CACHE_FORMS, 'fp32/fp16': { k: 'fp32', v: 'fp16' } } as const;

describe('selected V', () => {
  // Contexts whose search has one, two, three and no levels above the columns. Of 40 tokens no tile is sealed.
  const places = [
    { shape: UNEVEN, context: 600, tokens: 500 },
    { shape: UNEVEN, context: 4096, tokens: 1700 },
    { shape: ONE_K, context: 16_384, tokens: 700 },
    { shape: ONE_V, context: 300, tokens: 300 - 1 },
    { shape: UNEVEN, context: 4096, tokens: 40 },
  ];

  describe.each(places)('$tokens of $context tokens', ({ shape, context, tokens }) => {
    it.each(['fp32', 'fp32/fp16', 'mixed'] as const)('sums the rows of the largest, %s', async (name) => {
      const form = V_FORMS[name];
      for (const topValues of [1, 7, 100, 100_000]) {
        const expected = naive(shape, context, tokens, form, topValues);
        const found = await attend(shape, context, tokens, form, topValues);
        expect(largestDifference(found, expected)).toBeLessThan(2e-5);
      }
    });

    it.each(Object.keys(CACHE_FORMS) as (keyof typeof CACHE_FORMS)[])(
      'is the full form where it takes every row, %s',
      async (name) => {
        const form = CACHE_FORMS[name];
        const all = await attend(shape, context, tokens, form, null);
        // The full form rounds probabilities to 8 bits where V is int8; this one does not.
        const bound = form.v === 'int8' ? 1e-2 : 2e-6;
        for (const topValues of [tokens, 100_000])
          expect(largestDifference(await attend(shape, context, tokens, form, topValues), all)).toBeLessThan(
            bound,
          );
      },
    );
  });
});
