import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecoderConfig } from './config';
import { FREQUENCIES, requiredTensors } from './graph/decoder';
import { thetaFrequencies } from './graph/rope';
import type { RequiredTensor } from './graph/weights';
import { CACHE_FORMS, type CacheForm, KvCache } from './kv-cache';
import { TILE } from './kv-rows';
import { inputMaxName, prefillMatrices } from './prefill-matrices';
import { readSafetensorsHeader, type TensorTable } from './safetensors';
import { safetensorsHeader } from './safetensors-writer';
import { StepSessions } from './step-sessions';

const FILE = 'model-01-of-01.safetensors';
/** Memory taken while writing, whatever the model's size; a multiple of 4 bytes. */
const CHUNK_BYTES = 8 << 20;
/** Standard deviation of a uniform 4-bit and 8-bit number. */
const DEVIATION = { bits4: 16 / Math.sqrt(12), bits8: 256 / Math.sqrt(12) };

/**
 * Writes seeded random weights of `config` into `folder` as one safetensors file, for timing shapes that have no
 * weights here. Scaled so that activations neither grow nor vanish. About 0.7 bytes a parameter with 4-bit weights.
 * Returns where each tensor lies.
 */
export async function writeRandomWeights(
  folder: string,
  config: DecoderConfig,
  seed: number,
): Promise<TensorTable> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  // F32 before bytes, as the safetensors library orders them, so that every tensor is aligned.
  const tensors = [...requiredTensors(config), ...calibration(config)].sort(
    (a, b) => Number(a.dtype === 'U8') - Number(b.dtype === 'U8'),
  );
  const random = randomWords(seed);
  const file = await open(join(folder, FILE), 'w');
  try {
    await file.appendFile(safetensorsHeader(tensors));
    const chunk = new Uint8Array(CHUNK_BYTES);
    for (const tensor of tensors) {
      const fill = filler(tensor, config, random);
      for (let done = 0; done < tensor.bytes; done += CHUNK_BYTES) {
        fill(chunk);
        await file.appendFile(chunk.subarray(0, tensor.bytes - done));
      }
    }
  } finally {
    await file.close();
  }
  return readSafetensorsHeader(folder, FILE);
}

export interface RandomDecoderOptions {
  readonly seed: number;
  /** Tokens that the cache can hold; at most the config's contextLength. */
  readonly capacity: number;
  /** For every step. */
  readonly threads: number;
  readonly exact?: boolean;
  readonly cache?: CacheForm;
  /** See StepSessionsOptions. */
  readonly derivedDir?: string | null;
}

/** Writes random weights into `folder` and opens them: a decoder to time, without tokenizer or checksums. */
export async function openRandomDecoder(
  folder: string,
  config: DecoderConfig,
  options: RandomDecoderOptions,
): Promise<{ sessions: StepSessions; cache: KvCache }> {
  const { seed, capacity, threads, exact = false, cache = CACHE_FORMS.mixed, derivedDir = null } = options;
  const tensors = await writeRandomWeights(folder, config, seed);
  const sessions = await StepSessions.open({
    config,
    modelDir: folder,
    tensors,
    ownFrequencies: config.ropeFrequencies === 'tensor' ? frequencies(config) : null,
    cacheForm: cache,
    exact,
    derivedDir,
    threads: { decode: threads, prefill: threads },
  });
  return { sessions, cache: new KvCache(config.shape, capacity, cache) };
}

/**
 * Appends `count` random rows, to time a step at a context length without a prefill. Rows must be written, not only
 * counted: pages that were never written are all one page of zeros, which stays in the processor's cache.
 */
export function appendRandomRows(cache: KvCache, count: number, seed: number): void {
  const { layers, n_k, n_v, d_k, d_v } = cache.shape;
  const random = randomWords(seed);
  for (let done = 0; done < count; done += TILE) {
    const rows = Math.min(TILE, count - done);
    const k = new Float32Array(layers * n_k * rows * d_k);
    const v = new Float32Array(layers * n_v * rows * d_v);
    fillFloats(k, random, -1, 1);
    fillFloats(v, random, -1, 1);
    cache.append(k, v, rows);
  }
}

/** What engine/training/calibrate.py adds to a 4-bit model, so that prompts are read as they are in one. */
function calibration(config: DecoderConfig): RequiredTensor[] {
  if (config.weights.kind === 'fp32') return [];
  return prefillMatrices(config).map(({ name, inWidth }) => {
    return { name: inputMaxName(name), dtype: 'F32', shape: [inWidth], bytes: 4 * inWidth };
  });
}

/** Writes the next values of a tensor over a whole chunk. */
type Filler = (chunk: Uint8Array) => void;

function filler({ name, dtype, shape }: RequiredTensor, config: DecoderConfig, random: () => number): Filler {
  const floats = (chunk: Uint8Array) => new Float32Array(chunk.buffer);
  const { weights } = config;
  const embedBits = weights.kind === 'int4' && weights.embedBits === 4 ? 'bits4' : 'bits8';
  const bits = /^(embed|head)\./.test(name) ? embedBits : 'bits4';
  if (name === FREQUENCIES) return (chunk) => floats(chunk).set(frequencies(config));
  if (name.endsWith('.input_max')) return (chunk) => floats(chunk).fill(1);
  if (name.endsWith('.zero')) return (chunk) => chunk.fill(bits === 'bits8' ? 128 : 0x88);
  if (dtype === 'U8') {
    return (chunk) => {
      const words = new Uint32Array(chunk.buffer);
      for (let i = 0; i < words.length; i++) words[i] = random();
    };
  }
  const columns = shape[1];
  if (name.endsWith('.bias')) return (chunk) => fillFloats(floats(chunk), random, -0.1, 0.1);
  // Norms.
  if (columns === undefined) return (chunk) => fillFloats(floats(chunk), random, 0.9, 1.1);
  if (name.endsWith('.scale')) {
    const scale = 1 / (DEVIATION[bits] * Math.sqrt(columns * 32));
    return (chunk) => fillFloats(floats(chunk), random, 0.9 * scale, 1.1 * scale);
  }
  const limit = Math.sqrt(3 / columns);
  return (chunk) => fillFloats(floats(chunk), random, -limit, limit);
}

function frequencies({ shape, ropeTheta }: DecoderConfig): Float32Array {
  return Float32Array.from(thetaFrequencies(shape.d_k, ropeTheta));
}

function fillFloats(values: Float32Array, random: () => number, low: number, high: number): void {
  const step = (high - low) / 2 ** 32;
  for (let i = 0; i < values.length; i++) values[i] = low + random() * step;
}

/** xorshift32: 32 bits a call, never 0. Fast enough for gigabytes; for nothing but stand-ins. */
function randomWords(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
