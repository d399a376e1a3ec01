import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../contract/errors';
import type { DecoderConfig } from './config';
import { type Int4Source, int4Sources, int8Matrices, weightFiles } from './prefill-convert';
import { type LayerMatrix, prefillNames } from './prefill-matrices';
import type { StoredTensor, TensorTable } from './safetensors';
import { safetensorsHeader } from './safetensors-writer';
import { type Append, writeWhole } from './whole-file';

/** Changes with the file's layout or its arithmetic, so that no older file is taken. */
const FORMAT = 'sigma-ops-prefill-2';

export interface PrefillOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the file written so far, and in all; not called when the file is there already. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * The int8 form of a 4-bit model's layers, one byte a weight: for each of prefillMatrices() the tensors of
 * prefillNames(). Takes `cacheFile` (absolute) if it was made from this model, else writes it, as a whole or not at all.
 *
 * `modelDir` and `tensors` are a checked model folder. `file` in the result is relative to the cache file's folder.
 * Throws AppError('unavailable') when the file cannot be written or the model has no calibration (the engine can go on
 * without), 'cancelled' when `signal` aborts, 'model' when the model's files do not fit its config, 'internal' for a model of fp32 weights.
 */
export async function ensurePrefillWeights(
  modelDir: string,
  config: DecoderConfig,
  tensors: TensorTable,
  cacheFile: string,
  options: PrefillOptions = {},
): Promise<TensorTable> {
  if (config.weights.kind === 'fp32') {
    throw new AppError('internal', 'A model with fp32 weights was given to be turned into int8.');
  }
  const sources = int4Sources(config, tensors);
  const layout = fileLayout(basename(cacheFile), sources, await prefillKey(modelDir, tensors));
  if (await isWhole(cacheFile, layout)) return layout.tensors;
  try {
    await writeWhole(cacheFile, (append) => writeAll(append, modelDir, sources, layout, options));
  } catch (error) {
    // Another process may have made the same file in the meantime; Windows does not replace one that is in use.
    const unwritable = error instanceof AppError && error.kind === 'unavailable';
    if (!unwritable || !(await isWhole(cacheFile, layout))) throw error;
  }
  return layout.tensors;
}

/**
 * Names a model's content for the cache file's name, 64 hexadecimal digits: its manifest, which has the checksums of
 * all its files; without one, as with random weights, size and time of the weight files.
 */
export async function prefillKey(modelDir: string, tensors: TensorTable): Promise<string> {
  const hash = createHash('sha256').update(FORMAT);
  const manifest = await readFile(join(modelDir, 'manifest.json')).catch(() => null);
  if (manifest) return hash.update(manifest).digest('hex');
  for (const file of weightFiles(tensors.values())) {
    const { size, mtimeMs } = await stat(join(modelDir, file)).catch(() => {
      throw new AppError('model', `The model file ${file} is missing.`);
    });
    hash.update(`\n${file} ${size} ${mtimeMs}`);
  }
  return hash.digest('hex');
}

interface FileLayout {
  readonly header: Uint8Array;
  readonly tensors: TensorTable;
  /** Length of the whole file. */
  readonly bytes: number;
}

function fileLayout(file: string, matrices: readonly LayerMatrix[], key: string): FileLayout {
  const written = matrices.flatMap(({ name, inWidth, outWidth }) => {
    const names = prefillNames(name);
    return [
      { name: names.w8, dtype: 'I8', shape: [inWidth, outWidth], bytes: inWidth * outWidth },
      { name: names.scale, dtype: 'F32', shape: [outWidth], bytes: 4 * outWidth },
      { name: names.inputScale, dtype: 'F32', shape: [inWidth], bytes: 4 * inWidth },
    ] as const;
  });
  const header = safetensorsHeader(written, { format: FORMAT, model: key });
  const tensors = new Map<string, StoredTensor>();
  let offset = header.length;
  for (const { name, ...tensor } of written) {
    tensors.set(name, { ...tensor, file, offset });
    offset += tensor.bytes;
  }
  return { header, tensors, bytes: offset };
}

/** Whether the file is the one that would be written: header (format, model, tensors) and length are the same. */
async function isWhole(path: string, { header, bytes }: FileLayout): Promise<boolean> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return false;
  try {
    if ((await handle.stat()).size !== bytes) return false;
    const found = Buffer.alloc(header.length);
    await handle.read(found, 0, found.length, 0);
    return found.equals(header);
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}

async function writeAll(
  append: Append,
  modelDir: string,
  sources: readonly Int4Source[],
  { header, bytes }: FileLayout,
  { signal, onProgress }: PrefillOptions,
): Promise<void> {
  const stopWhenAborted = () => {
    if (signal?.aborted) throw new AppError('cancelled', 'Preparing the model was stopped.');
  };
  stopWhenAborted();
  await append(header);
  let done = header.length;
  for await (const { w8, scale, inputScale } of int8Matrices(modelDir, sources)) {
    for (const values of [w8, scale, inputScale]) {
      await append(values);
      done += values.byteLength;
    }
    onProgress?.(done, bytes);
    await setImmediate();
    stopWhenAborted();
  }
}
