import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../contract/errors';
import type { DecoderConfig } from './config';
import { storedTensors } from './graph/weights';
import { fillInputFactors } from './input-factors';
import { int8Columns, storedBlocks, workWords } from './int8-columns';
import { hasOffsets, inputMaxName, type LayerMatrix, prefillMatrices } from './prefill-matrices';
import type { StoredTensor, TensorTable } from './safetensors';

/** A matrix of the layers with the tensors of its 4-bit form. */
export interface Int4Source extends LayerMatrix {
  readonly offsets: boolean;
  readonly q: StoredTensor;
  readonly scale: StoredTensor;
  /** Null where every zero point is 8. */
  readonly zero: StoredTensor | null;
  /** F32 [K]; see inputMaxName(). */
  readonly inputMax: StoredTensor;
}

/** A matrix's int8 form, in memory that the next one uses again. */
export interface Int8Matrix {
  /** [K, N]. */
  readonly w8: Int8Array;
  /** [N]. */
  readonly scale: Float32Array;
  /** [K]. */
  readonly inputScale: Float32Array;
}

/**
 * Every matrix of prefillMatrices(). Throws AppError('unavailable') when the model has no calibration, as one that was
 * converted by an earlier version, and 'model' where its tensors do not fit its config.
 */
export function int4Sources(config: DecoderConfig, tensors: TensorTable): Int4Source[] {
  const stored = storedTensors(tensors);
  const offsets = hasOffsets(config);
  const matrices = prefillMatrices(config);
  if (!matrices.every(({ name }) => tensors.has(inputMaxName(name)))) {
    throw new AppError(
      'unavailable',
      `The model ${config.name} was converted without a calibration: prompts are read in the slower form. ` +
        'Convert it again, or run engine/training/calibrate.py on its folder.',
    );
  }
  return matrices.map((matrix) => {
    const blocks = storedBlocks(matrix.inWidth, offsets);
    const find = (name: string, dtype: 'U8' | 'F32', ...shape: number[]) => {
      const bytes = shape.reduce((product, size) => product * size, dtype === 'F32' ? 4 : 1);
      return stored({ name, dtype, shape, bytes });
    };
    const part = (name: string) => `${matrix.name}.${name}`;
    return {
      ...matrix,
      offsets,
      q: find(part('q'), 'U8', matrix.outWidth, blocks, 16),
      scale: find(part('scale'), 'F32', matrix.outWidth, blocks),
      zero: offsets ? find(part('zero'), 'U8', matrix.outWidth, Math.ceil(blocks / 2)) : null,
      inputMax: find(inputMaxName(matrix.name), 'F32', matrix.inWidth),
    };
  });
}

/** Names of the files that hold `tensors`, each once. */
export function weightFiles(tensors: Iterable<StoredTensor>): string[] {
  return [...new Set(Array.from(tensors, ({ file }) => file))].sort();
}

/**
 * The int8 forms of `sources`, in their order, one at a time: the memory is that of the largest matrix, twice.
 * Throws AppError('model') when a file cannot be read.
 */
export async function* int8Matrices(
  modelDir: string,
  sources: readonly Int4Source[],
): AsyncGenerator<Int8Matrix, void> {
  const most = (size: (source: Int4Source) => number) => Math.max(...sources.map(size));
  const q = new Uint8Array(most((source) => source.q.bytes));
  const scale = new Float32Array(most((source) => source.scale.bytes / 4));
  const zero = new Uint8Array(most((source) => source.zero?.bytes ?? 0));
  const floats = (size: (source: Int4Source) => number) => new Float32Array(most(size));
  const newScale = floats((source) => source.outWidth);
  const inputs = Array.from({ length: 3 }, () => floats((source) => source.inWidth));
  const words = new Uint32Array(most((source) => workWords(source.inWidth, source.outWidth)));
  const model = new TensorReader(modelDir);
  try {
    for (const source of sources) {
      await model.read(source.q, q);
      await model.read(source.scale, scale);
      if (source.zero) await model.read(source.zero, zero);
      const [inputMax, factors, inputScale] = inputs.map((values) => values.subarray(0, source.inWidth)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      await model.read(source.inputMax, inputMax);
      fillInputFactors(inputMax, factors, inputScale);
      const blocks = { q, scale, zero: source.zero ? zero : null };
      const w8 = int8Columns({ ...source, ...blocks }, factors, newScale, words);
      yield { w8, scale: newScale.subarray(0, source.outWidth), inputScale };
    }
  } finally {
    await model.close();
  }
}

/** Reads tensors of a model folder; each file is opened once. */
class TensorReader {
  readonly #handles = new Map<string, FileHandle>();

  constructor(private readonly folder: string) {}

  /** Fills the start of `into`, which may be longer than the tensor. */
  async read({ file, offset, bytes }: StoredTensor, into: Uint8Array | Float32Array): Promise<void> {
    const failed = () => new AppError('model', `The model file ${file} cannot be read.`);
    try {
      const handle = this.#handles.get(file) ?? (await open(join(this.folder, file), 'r'));
      this.#handles.set(file, handle);
      const target = new Uint8Array(into.buffer, into.byteOffset, bytes);
      const { bytesRead } = await handle.read(target, 0, bytes, offset);
      if (bytesRead !== bytes) throw failed();
    } catch {
      throw failed();
    }
  }

  async close(): Promise<void> {
    for (const handle of this.#handles.values()) await handle.close();
  }
}
