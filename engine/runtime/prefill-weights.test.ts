import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DecoderConfig, parseConfig } from './config';
import { requiredTensors } from './graph/decoder';
import { fillInputFactors, SMALLEST_INPUT } from './input-factors';
import { type Int4Matrix, int8Columns, storedBlocks, workWords } from './int8-columns';
import { openModelFolder } from './model-files';
import { CONFIG_NAMES, namedConfig } from './named-configs';
import {
  hasOffsets,
  inputMaxName,
  type LayerMatrix,
  prefillMatrices,
  prefillNames,
} from './prefill-matrices';
import { ensurePrefillWeights, type PrefillOptions, prefillKey } from './prefill-weights';
import { writeRandomWeights } from './random-weights';
import { readSafetensorsHeader, type StoredTensor, type TensorTable } from './safetensors';
import { safetensorsHeader } from './safetensors-writer';

const WEIGHTS = 'model-01-of-01.safetensors';
const SHIPPED = join(import.meta.dirname, '../../assets/model');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-prefill-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (values: ArrayLike<number>, index: number) => values[index] as number;
const nibbleOf = (packed: Uint8Array, index: number) => (at(packed, index >> 1) >> (4 * (index % 2))) & 15;

/** The weight that the 4-bit blocks stand for, as quantize.py's dequantize4 has it. */
function weightOf({ inWidth, offsets, q, scale, zero }: Int4Matrix, row: number, column: number): number {
  const blocks = storedBlocks(inWidth, offsets);
  const zeroBytes = Math.ceil(blocks / 2);
  const stored = (k: number) => {
    const block = Math.floor(k / 32);
    const level = zero ? nibbleOf(zero.subarray(row * zeroBytes, (row + 1) * zeroBytes), block) : 8;
    return (nibbleOf(q, row * blocks * 32 + k) - level) * at(scale, row * blocks + block);
  };
  return stored(column) + (offsets ? stored(inWidth + Math.floor(column / 32)) : 0);
}

/** Every int8 weight is the true one times its input's factor, rounded; a column's scale is made from its largest. */
function expectRounded(
  matrix: Int4Matrix,
  factors: ArrayLike<number>,
  w8: Int8Array,
  scales: Float32Array,
): void {
  const { inWidth, outWidth } = matrix;
  expect(w8.length).toBe(inWidth * outWidth);
  let farthest = 0;
  for (let n = 0; n < outWidth; n++) {
    const scale = at(scales, n);
    let peak = 0;
    for (let k = 0; k < inWidth; k++) {
      const weight = weightOf(matrix, n, k) * at(factors, k);
      peak = Math.max(peak, Math.abs(weight));
      farthest = Math.max(farthest, Math.abs(weight / scale - at(w8, k * outWidth + n)));
    }
    if (scale !== Math.fround(peak / 127)) expect(scale).toBeCloseTo(peak === 0 ? 1 : peak / 127, 6);
  }
  expect(farthest).toBeLessThan(0.5001);
  expect(w8.every((value) => value >= -127)).toBe(true);
}

/** Positive, between 2^-spread and 2^spread. */
function randomFactors(count: number, spread: number, seed: number): Float32Array {
  const random = randomNumbers(seed);
  return Float32Array.from({ length: count }, () => 2 ** (spread * (random(2001) / 1000 - 1)));
}

/** Whole numbers below `limit`. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Random blocks; `levels` limits how many different levels a block has. */
function randomMatrix(
  { inWidth, outWidth }: Omit<LayerMatrix, 'name'>,
  offsets: boolean,
  seed: number,
  levels = 16,
) {
  const random = randomNumbers(seed);
  const blocks = storedBlocks(inWidth, offsets);
  const q = Uint8Array.from(
    { length: outWidth * blocks * 16 },
    () => random(levels) | ((15 - random(levels)) << 4),
  );
  // Some negative scales, and rows of zeros.
  const empty = Array.from({ length: outWidth }, () => random(20) === 0);
  const scale = Float32Array.from({ length: outWidth * blocks }, (_, i) =>
    empty[Math.floor(i / blocks)] ? 0 : (random(1000) - 50) / 10_000,
  );
  const zero = Uint8Array.from({ length: outWidth * Math.ceil(blocks / 2) }, () => random(256));
  return { inWidth, outWidth, offsets, q, scale, zero: offsets ? zero : null };
}

describe('int8Columns', () => {
  it('rounds every weight to its column’s scale, for any size and factors, with offset columns and without', () => {
    const sizes = fc.record({
      // More than 32 blocks: the offset columns fill more than a block themselves.
      inWidth: fc.integer({ min: 1, max: 35 }).map((blocks) => 32 * blocks),
      outWidth: fc.integer({ min: 1, max: 140 }),
    });
    const levels = fc.constantFrom(1, 2, 16);
    // From inputs of one size to a few that are far larger.
    const spreads = fc.constantFrom(0, 1, 6);
    fc.assert(
      fc.property(sizes, fc.boolean(), levels, spreads, fc.nat(), (size, offsets, count, spread, seed) => {
        const factors = randomFactors(size.inWidth, spread, seed);
        const matrix = randomMatrix(size, offsets, seed, count);
        const scale = new Float32Array(size.outWidth);
        // Longer than needed and not empty, as when matrices share it.
        const words = new Uint32Array(workWords(size.inWidth, size.outWidth) + 7).fill(0xdeadbeef);
        expectRounded(matrix, factors, int8Columns(matrix, factors, scale, words), scale);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a row of zeros, or of weights too small for a scale, scale 1', () => {
    const matrix = randomMatrix({ inWidth: 32, outWidth: 2 }, false, 1);
    matrix.scale.set([0, 1e-42]);
    const scale = new Float32Array(2);
    const w8 = int8Columns(matrix, new Float32Array(32).fill(1), scale, new Uint32Array(workWords(32, 2)));
    expect([...scale]).toEqual([1, 1]);
    expect(w8.every((value) => value === 0)).toBe(true);
  });
});

describe('fillInputFactors', () => {
  const factorsOf = (inputMax: number[]) => {
    const arrays = [inputMax.length, inputMax.length].map((length) => new Float32Array(length));
    const [factors, inputScale] = arrays as [Float32Array, Float32Array];
    fillInputFactors(Float32Array.from(inputMax), factors, inputScale);
    return { factors, inputScale };
  };

  it('takes the square root, with mean 1, and its inverse', () => {
    const { factors, inputScale } = factorsOf([1, 4, 1, 16]);
    expect([...factors]).toEqual([0.5, 1, 0.5, 2]);
    expect([...inputScale]).toEqual([2, 1, 2, 0.5]);
  });

  it('is finite for inputs that were always zero', () => {
    const { factors, inputScale } = factorsOf([0, 1e-9, 100]);
    expect([...factors, ...inputScale].every((value) => value > 0 && Number.isFinite(value))).toBe(true);
    expect([...factorsOf([0, 0]).factors]).toEqual([1, 1]);
  });

  it('refuses values that are not finite', () => {
    expect(() => factorsOf([1, Number.NaN])).toThrow(/not finite/);
    expect(() => factorsOf([1, Number.POSITIVE_INFINITY])).toThrow(/not finite/);
  });
});

/** Each matrix of its own widths, so that a mix-up cannot fit; `out` and `qkv` have widths that are odd for tiles. */
function tinyConfig(form: 'paper' | 'residual' | null, offsets: boolean): DecoderConfig {
  const config = parseConfig({
    ...namedConfig('gqa-135m'),
    shape: { layers: 2, hidden: 64, ffn: 160, vocab: 96, n_q: 16, n_k: 1, n_v: 8, d_k: 2, d_v: 6 },
    contextLength: 64,
    augmentedQ: form && { width: 128, form },
  });
  return { ...config, weights: { ...config.weights, offsets } } as DecoderConfig;
}

/** Writes random 4-bit matrices and calibration for all layers. */
async function writeModel(config: DecoderConfig): Promise<TensorTable> {
  const offsets = hasOffsets(config);
  const parts = prefillMatrices(config).flatMap((matrix, index) => {
    const { q, scale, zero } = randomMatrix(matrix, offsets, index);
    const blocks = storedBlocks(matrix.inWidth, offsets);
    const part = (name: string, dtype: 'F32' | 'U8', last: number[], data: Uint8Array | Float32Array) => {
      const shape = [matrix.outWidth, ...last];
      return { name: `${matrix.name}.${name}`, dtype, shape, bytes: data.byteLength, data };
    };
    const inputMax = randomFactors(matrix.inWidth, 4, index);
    const calibration = {
      name: inputMaxName(matrix.name),
      dtype: 'F32' as const,
      shape: [matrix.inWidth],
      bytes: inputMax.byteLength,
      data: inputMax,
    };
    const stored = [calibration, part('scale', 'F32', [blocks], scale), part('q', 'U8', [blocks, 16], q)];
    return zero ? [...stored, part('zero', 'U8', [Math.ceil(blocks / 2)], zero)] : stored;
  });
  const data = parts.map((part) => new Uint8Array(part.data.buffer));
  await writeFile(join(folder, WEIGHTS), Buffer.concat([safetensorsHeader(parts), ...data]));
  return readSafetensorsHeader(folder, WEIGHTS);
}

/** Compares matrices of the written file with the model's. */
async function expectConverted(
  modelDir: string,
  config: DecoderConfig,
  tensors: TensorTable,
  cache: { folder: string; table: TensorTable },
  matrices: readonly LayerMatrix[],
): Promise<void> {
  const files = new Map<string, Buffer>();
  const read = async (where: string, tensor: Omit<StoredTensor, 'dtype'> | undefined) => {
    if (!tensor) throw new Error('a tensor is missing');
    const path = join(where, tensor.file);
    const file = files.get(path) ?? (await readFile(path));
    files.set(path, file);
    // A copy, so that its buffer starts with it.
    return Uint8Array.from(file.subarray(tensor.offset, tensor.offset + tensor.bytes));
  };
  const offsets = hasOffsets(config);
  for (const { name, inWidth, outWidth } of matrices) {
    const q = await read(modelDir, tensors.get(`${name}.q`));
    const scale = new Float32Array((await read(modelDir, tensors.get(`${name}.scale`))).buffer);
    const zero = offsets ? await read(modelDir, tensors.get(`${name}.zero`)) : null;
    const names = prefillNames(name);
    expect(cache.table.get(names.w8)).toMatchObject({ dtype: 'I8', shape: [inWidth, outWidth] });
    expect(cache.table.get(names.scale)).toMatchObject({ dtype: 'F32', shape: [outWidth] });
    const w8 = new Int8Array((await read(cache.folder, cache.table.get(names.w8))).buffer);
    const w8Scale = new Float32Array((await read(cache.folder, cache.table.get(names.scale))).buffer);
    expect(cache.table.get(names.inputScale)).toMatchObject({ dtype: 'F32', shape: [inWidth] });
    const inputScale = new Float32Array((await read(cache.folder, cache.table.get(names.inputScale))).buffer);
    const inputMax = new Float32Array((await read(modelDir, tensors.get(inputMaxName(name)))).buffer);
    const factors = Array.from(inputMax, (magnitude) => Math.sqrt(Math.max(magnitude, SMALLEST_INPUT)));
    const mean = factors.reduce((sum, factor) => sum + factor, 0) / inWidth;
    for (let k = 0; k < inWidth; k++) expect((at(factors, k) / mean) * at(inputScale, k)).toBeCloseTo(1, 5);
    const used = Array.from(inputScale, (value) => 1 / value);
    expectRounded({ inWidth, outWidth, offsets, q, scale, zero }, used, w8, w8Scale);
  }
}

describe('prefillMatrices', () => {
  it.each(CONFIG_NAMES)('has all 4-bit matrices of %s but the embedding and those of `down`', (name) => {
    const config = namedConfig(name);
    const required = requiredTensors(config)
      .filter((tensor) => tensor.name.endsWith('.q') && tensor.name.startsWith('layers.'))
      .filter((tensor) => !/^layers\.\d+\.down\./.test(tensor.name))
      .map((tensor) => [tensor.name.slice(0, -2), tensor.shape[0]]);
    const named = prefillMatrices(config).map((matrix) => [matrix.name, matrix.outWidth]);
    expect(named.sort()).toEqual(required.sort());
  });
});

describe('ensurePrefillWeights', () => {
  const config = tinyConfig('paper', true);
  /** In a folder that does not exist yet. */
  const cacheFolder = () => join(folder, 'cache/deeper');
  const cacheFile = () => join(cacheFolder(), 'prefill-x.safetensors');
  const ensure = async (tensors: TensorTable, options?: PrefillOptions) =>
    ensurePrefillWeights(folder, config, tensors, cacheFile(), options);
  const failure = (kind: string, message: RegExp) => ({ kind, message: expect.stringMatching(message) });

  it.each([
    [null, true],
    ['paper', true],
    ['residual', false],
  ] as const)('converts every matrix, augmented Q %s, offsets %s', async (form, offsets) => {
    const tiny = tinyConfig(form, offsets);
    const tensors = await writeModel(tiny);
    const table = await ensurePrefillWeights(folder, tiny, tensors, cacheFile());
    await expectConverted(folder, tiny, tensors, { folder: cacheFolder(), table }, prefillMatrices(tiny));
    expect(await readdir(cacheFolder())).toEqual(['prefill-x.safetensors']);
    expect((await stat(cacheFile())).mode & 0o777).toBe(0o600);
  });

  it('converts the shipped model', async () => {
    const shipped = await openModelFolder(SHIPPED, {});
    const started = performance.now();
    const table = await ensurePrefillWeights(SHIPPED, shipped.config, shipped.tensors, cacheFile());
    console.log(`shipped model converted in ${(performance.now() - started).toFixed(0)} ms`);
    const some = prefillMatrices(shipped.config).filter(({ name }) => /^layers\.(0|29)\./.test(name));
    const cache = { folder: cacheFolder(), table };
    await expectConverted(SHIPPED, shipped.config, shipped.tensors, cache, some);
  });

  it('reports progress up to the length of the file, and takes the file the next time', async () => {
    const tensors = await writeModel(config);
    const progress: number[][] = [];
    const table = await ensure(tensors, { onProgress: (...counts) => progress.push(counts) });
    const { size, ino } = await stat(cacheFile());
    expect(progress.length).toBe(prefillMatrices(config).length);
    expect(progress.at(-1)).toEqual([size, size]);
    progress.length = 0;
    const again = await ensure(tensors, { onProgress: (...counts) => progress.push(counts) });
    expect(again).toEqual(table);
    expect(progress).toEqual([]);
    expect((await stat(cacheFile())).ino).toBe(ino);
  });

  it.each<[string, (file: string) => Promise<void>]>([
    ['cut short', (file) => truncate(file, 5000)],
    ['empty', (file) => truncate(file, 0)],
    ['longer than its tensors', (file) => appendFile(file, 'x')],
    ['something else', (file) => writeFile(file, 'not ours')],
    ['of an earlier layout', (file) => replaceText(file, 'sigma-ops-prefill-2', 'sigma-ops-prefill-1')],
    ['of another shape', (file) => replaceText(file, '[64,82]', '[82,64]')],
  ])('makes a file again that is %s', async (_, damage) => {
    const tensors = await writeModel({ ...config, augmentedQ: null });
    const plain = { ...config, augmentedQ: null };
    const make = () => ensurePrefillWeights(folder, plain, tensors, cacheFile());
    await make();
    const whole = await readFile(cacheFile());
    await damage(cacheFile());
    expect((await readFile(cacheFile())).equals(whole)).toBe(false);
    await make();
    expect((await readFile(cacheFile())).equals(whole)).toBe(true);
  });

  it('makes a file again that is of another model with the same shape', async () => {
    const tensors = await writeModel(config);
    await writeFile(join(folder, 'manifest.json'), 'one');
    const key = await prefillKey(folder, tensors);
    await ensure(tensors);
    const { ino } = await stat(cacheFile());
    await writeFile(join(folder, 'manifest.json'), 'two');
    expect(await prefillKey(folder, tensors)).not.toBe(key);
    await ensure(tensors);
    expect((await stat(cacheFile())).ino).not.toBe(ino);
  });

  it('tells models without a manifest apart by their weight files', async () => {
    const tensors = await writeModel(config);
    const key = await prefillKey(folder, tensors);
    expect(await prefillKey(folder, tensors)).toBe(key);
    await utimes(join(folder, WEIGHTS), 1, 1);
    expect(await prefillKey(folder, tensors)).not.toBe(key);
  });

  it('may run twice at once', async () => {
    const tensors = await writeModel(config);
    const [first, second] = await Promise.all([ensure(tensors), ensure(tensors)]);
    expect(second).toEqual(first);
    expect(await readdir(cacheFolder())).toEqual(['prefill-x.safetensors']);
  });

  it('leaves nothing when aborted midway', async () => {
    const tensors = await writeModel(config);
    const controller = new AbortController();
    let matrices = 0;
    const onProgress = () => {
      matrices++;
      // As a message of another process would arrive: in a turn of the event loop.
      if (matrices === 2) setImmediate(() => controller.abort());
    };
    const run = ensure(tensors, { signal: controller.signal, onProgress });
    await expect(run).rejects.toMatchObject({ kind: 'cancelled' });
    expect(matrices).toBeLessThan(prefillMatrices(config).length);
    expect(await readdir(cacheFolder())).toEqual([]);
    await expect(ensure(tensors, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(await readdir(cacheFolder())).toEqual([]);
  });

  it('removes what a crash left, but not what another process is writing', async () => {
    const tensors = await writeModel(config);
    await mkdir(cacheFolder(), { recursive: true });
    const [old, fresh] = ['old', 'fresh'].map((name) => `${cacheFile()}.${name}.part`) as [string, string];
    await writeFile(old, '');
    await writeFile(fresh, '');
    await utimes(old, 1, 1);
    await ensure(tensors);
    expect((await readdir(cacheFolder())).sort()).toEqual([
      'prefill-x.safetensors',
      'prefill-x.safetensors.fresh.part',
    ]);
  });

  it('says when the file cannot be written', async () => {
    const tensors = await writeModel(config);
    await mkdir(join(folder, 'cache'));
    await writeFile(cacheFolder(), 'a file where a folder should be');
    const message = /prefill-x\.safetensors could not be written in .*deeper: /;
    await expect(ensure(tensors)).rejects.toMatchObject(failure('unavailable', message));
  });

  it('leaves nothing when the file cannot take its name', async () => {
    const tensors = await writeModel(config);
    await mkdir(cacheFile(), { recursive: true });
    await writeFile(join(cacheFile(), 'x'), '');
    await expect(ensure(tensors)).rejects.toMatchObject(failure('unavailable', /could not be written/));
    expect(await readdir(cacheFolder())).toEqual(['prefill-x.safetensors']);
  });

  it('says when the model has no calibration', async () => {
    const tensors = await writeModel(config);
    const without = new Map([...tensors].filter(([name]) => !name.endsWith('.input_max')));
    const message = /converted without a calibration: prompts are read in the slower form. Convert it again/;
    await expect(ensure(without)).rejects.toMatchObject(failure('unavailable', message));
  });

  it('converts random weights, which have a calibration of ones', async () => {
    const tensors = await writeRandomWeights(folder, config, 1);
    const table = await ensure(tensors);
    await expectConverted(folder, config, tensors, { folder: cacheFolder(), table }, prefillMatrices(config));
  });

  it('names what is wrong with the model', async () => {
    const tensors = await writeModel(config);
    const without = new Map([...tensors].filter(([name]) => name !== 'layers.1.out.zero'));
    await expect(ensure(without)).rejects.toMatchObject(failure('model', /no tensor 'layers.1.out.zero'/));
    await truncate(join(folder, WEIGHTS), 20_000);
    await expect(ensure(tensors)).rejects.toMatchObject(failure('model', /model-01.*cannot be read/));
    expect(await readdir(cacheFolder())).toEqual([]);
    await rm(join(folder, WEIGHTS));
    await expect(ensure(tensors)).rejects.toMatchObject(failure('model', /model-01.*missing/));
    const dense = ensurePrefillWeights(folder, namedConfig('gqa-135m', 'fp32'), tensors, cacheFile());
    await expect(dense).rejects.toMatchObject({ kind: 'internal' });
  });
});

/** Replaces text in the header by text of the same length. */
async function replaceText(file: string, from: string, to: string): Promise<void> {
  const bytes = await readFile(file, 'latin1');
  await writeFile(file, bytes.replace(from, to), 'latin1');
}
