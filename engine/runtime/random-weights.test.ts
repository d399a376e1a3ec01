import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DecoderConfig, parseConfig } from './config';
import { buildDecoder } from './graph/decoder';
import { CACHE_FORMS, KvCache } from './kv-cache';
import { namedConfig } from './named-configs';
import { appendRandomRows, openRandomDecoder, writeRandomWeights } from './random-weights';
import { readFloats, readSafetensorsHeader, type TensorTable } from './safetensors';
import { DecoderSession } from './session';
import type { StepSessions } from './step-sessions';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-random-'));
});
afterEach(() => rm(folder, { recursive: true }));

type WeightForm = DecoderConfig['weights'];
const FP32: WeightForm = { kind: 'fp32' };
const SYMMETRIC: WeightForm = { kind: 'int4', block: 32, embedBits: 4, offsets: false };
const WITH_OFFSETS: WeightForm = { kind: 'int4', block: 32, embedBits: 8, offsets: true };

/** Every feature at once; each matrix of its own widths, so that a mix-up cannot fit. */
function tinyConfig(form: 'paper' | 'residual', weights: WeightForm): DecoderConfig {
  return parseConfig({
    ...namedConfig('gqa-135m'),
    shape: { layers: 2, hidden: 64, ffn: 160, vocab: 96, n_q: 6, n_k: 1, n_v: 3, d_k: 16, d_v: 32 },
    contextLength: 64,
    augmentedQ: { width: 128, form },
    tiedEmbedding: false,
    qkvBias: true,
    qkNorm: true,
    ropeFrequencies: 'tensor',
    weights,
  });
}

const steps = [Array.from({ length: 12 }, (_, i) => (7 * i) % 96), [5], [80]];

async function logitsOf(decoder: DecoderSession | StepSessions, cache: KvCache): Promise<number[]> {
  const logits: number[] = [];
  for (const ids of steps) logits.push(...(await decoder.step({ ids }, cache, 'all')).logits);
  await decoder.dispose();
  return logits;
}

describe('writeRandomWeights', () => {
  it('gives the same file for the same seed and another for another', async () => {
    const bytes = async (seed: number) => {
      await writeRandomWeights(folder, tinyConfig('paper', SYMMETRIC), seed);
      return readFile(join(folder, 'model-01-of-01.safetensors'));
    };
    const first = await bytes(1);
    expect((await bytes(1)).equals(first)).toBe(true);
    expect((await bytes(2)).equals(first)).toBe(false);
    expect(parseConfig(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')))).toEqual(
      tinyConfig('paper', SYMMETRIC),
    );
  });

  it.each([
    ['paper', SYMMETRIC],
    ['residual', SYMMETRIC],
    ['paper', WITH_OFFSETS],
    ['residual', WITH_OFFSETS],
  ] as const)(
    'makes 4-bit weights whose logits are those of the same numbers in fp32, augmented Q %s, %o',
    async (form, weights) => {
      const quantized = tinyConfig(form, weights);
      const options = { seed: 3, capacity: 64, threads: 1, exact: true, cache: CACHE_FORMS.fp32 };
      const { sessions, cache } = await openRandomDecoder(folder, quantized, options);
      const logits = await logitsOf(sessions, cache);

      const dense = tinyConfig(form, FP32);
      const denseFolder = join(folder, 'fp32');
      const table = await writeRandomWeights(denseFolder, dense, 3);
      const frequencies = await dequantize(folder, denseFolder, table, weights);
      const graphOptions = { arithmetic: 'fp32', cache: CACHE_FORMS.fp32, single: false } as const;
      const graph = buildDecoder(dense, table, graphOptions, frequencies);
      const reference = await DecoderSession.create(graph, denseFolder, dense.shape, { threads: 1 });
      const expected = await logitsOf(reference, new KvCache(dense.shape, 64));

      const largest = Math.max(...logits.map((logit, i) => Math.abs(logit - (expected[i] as number))));
      const spread = Math.max(...expected) - Math.min(...expected);
      console.log(
        `${form}: largest difference of 4-bit logits ${largest.toExponential(1)}, spread ${spread.toFixed(1)}`,
      );
      expect(largest).toBeLessThan(1e-3);
      expect(spread).toBeGreaterThan(1);
    },
  );
});

/** Overwrites fp32 weights with what the 4-bit folder's blocks stand for; returns the RoPE frequencies. */
async function dequantize(
  from: string,
  to: string,
  target: TensorTable,
  form: WeightForm & { kind: 'int4' },
): Promise<Float32Array> {
  const file = 'model-01-of-01.safetensors';
  const source = await readSafetensorsHeader(from, file);
  const bytes = await readFile(join(from, file));
  const slice = (name: string) => {
    const tensor = source.get(name);
    if (!tensor) throw new Error(name);
    return bytes.subarray(tensor.offset, tensor.offset + tensor.bytes);
  };
  const output = await open(join(to, file), 'r+');
  for (const [name, { shape, offset }] of target) {
    const plain = source.get(name);
    if (plain) {
      await output.write(slice(name), 0, plain.bytes, offset);
      continue;
    }
    const [rows, columns] = shape as [number, number];
    const wide = name === 'embed' || name === 'head';
    const q = slice(`${name}.q`);
    const scales = Uint8Array.from(slice(`${name}.scale`));
    const scale = new Float32Array(scales.buffer);
    const blocks = scale.length / rows;
    const weight = (row: number, column: number): number => {
      const at = row * blocks * 32 + column;
      const value =
        wide && form.embedBits === 8
          ? (q[at] as number) - 128
          : (((q[at >> 1] as number) >> (4 * (at % 2))) & 15) - 8;
      return value * (scale[row * blocks + Math.floor(column / 32)] as number);
    };
    const values = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const rest = wide || !form.offsets ? 0 : weight(row, columns + Math.floor(column / 32));
        values[row * columns + column] = weight(row, column) + rest;
      }
    }
    await output.write(new Uint8Array(values.buffer), 0, values.byteLength, offset);
  }
  await output.close();
  const stored = source.get('rope.inv_freq');
  if (!stored) throw new Error('no frequencies');
  return readFloats(from, stored);
}

describe('appendRandomRows', () => {
  it('writes different numbers into every row, over several tiles', () => {
    const shape = { layers: 2, hidden: 8, ffn: 8, vocab: 8, n_q: 4, n_k: 1, n_v: 2, d_k: 4, d_v: 4 };
    const cache = new KvCache(shape, 300);
    appendRandomRows(cache, 300, 1);
    expect(cache.length).toBe(300);
    for (const { sealedK, sealedV, openV } of cache.layers()) {
      const written = [...sealedK.values(1), ...sealedV.values(1), ...openV.subarray(0, cache.openCount * 4)];
      expect(new Set(written).size).toBeGreaterThan(0.99 * written.length);
    }
  });
});
