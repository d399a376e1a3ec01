import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../contract/errors';
import { type DecoderConfig, MODEL_FORMAT, parseConfig } from './config';
import { FREQUENCIES } from './graph/decoder';
import { storedTensors } from './graph/weights';
import { readFloats, readSafetensorsHeader, type StoredTensor, type TensorTable } from './safetensors';

/** A plain file name: a manifest never leads outside its folder. */
const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

/** Files of a folder with their checksums. */
export const FileList = z.object({
  files: z.array(
    z.object({
      path: FileName,
      bytes: z.number().int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type FileList = z.infer<typeof FileList>;

const Manifest = FileList.extend({
  format: z.literal(MODEL_FORMAT),
  weights: z.array(FileName),
});
type Manifest = z.infer<typeof Manifest>;

export interface ModelFiles {
  readonly config: DecoderConfig;
  readonly tensors: TensorTable;
  /** The model's own RoPE frequencies [d_k / 2]; null where ropeTheta gives them. */
  readonly ownFrequencies: Float32Array | null;
  readonly tokenizerPath: string;
}

export interface VerifyOptions {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks every file of a model folder against its manifest, then reads config and tensor headers.
 * Progress counts bytes hashed. Throws AppError('model') naming the file at fault, or 'cancelled'.
 */
export async function openModelFolder(folder: string, options: VerifyOptions): Promise<ModelFiles> {
  const manifest = await readManifest(folder);
  await verifyFiles(folder, manifest, options);
  const config = parseConfig(await readJson(folder, 'config.json'));
  const tensors = new Map<string, StoredTensor>();
  for (const file of manifest.weights) {
    for (const [name, tensor] of await readSafetensorsHeader(folder, file)) tensors.set(name, tensor);
  }
  const ownFrequencies =
    config.ropeFrequencies === 'tensor' ? await readFrequencies(folder, config, tensors) : null;
  return { config, tensors, ownFrequencies, tokenizerPath: join(folder, 'tokenizer.json') };
}

async function readFrequencies(
  folder: string,
  { shape }: DecoderConfig,
  tensors: TensorTable,
): Promise<Float32Array> {
  const half = shape.d_k / 2;
  const required = { name: FREQUENCIES, dtype: 'F32', shape: [half], bytes: 4 * half } as const;
  return readFloats(folder, storedTensors(tensors)(required));
}

async function readManifest(folder: string): Promise<Manifest> {
  const result = Manifest.safeParse(await readJson(folder, 'manifest.json'));
  if (!result.success)
    throw new AppError('model', "The model's manifest.json is not valid.", result.error.message);
  const listed = new Set(result.data.files.map((file) => file.path));
  const unlisted = ['config.json', 'tokenizer.json', ...result.data.weights].find(
    (file) => !listed.has(file),
  );
  if (unlisted) throw new AppError('model', `The model's manifest.json has no checksum for ${unlisted}.`);
  return result.data;
}

async function readJson(folder: string, file: string): Promise<unknown> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => {
    throw new AppError('model', `The model file ${file} is missing or cannot be read in ${folder}.`);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('model', `The model file ${file} is not JSON.`);
  }
}

/** Checks sizes and checksums. Throws AppError('model') naming the file at fault, or 'cancelled'. */
export async function verifyFiles(
  folder: string,
  manifest: FileList,
  { onProgress, signal }: VerifyOptions,
): Promise<void> {
  const total = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  for (const { path, bytes, sha256 } of manifest.files) {
    const size = await stat(join(folder, path)).then(
      (entry) => entry.size,
      () => null,
    );
    if (size === null) throw new AppError('model', `The model file ${path} is missing.`);
    if (size !== bytes)
      throw new AppError('model', `The model file ${path} has ${size} bytes instead of ${bytes}.`);
    const hash = createHash('sha256');
    // Large reads: each one is a turn of the event loop, which a message or a Stop can use.
    for await (const chunk of createReadStream(join(folder, path), { highWaterMark: 1 << 20 })) {
      if (signal?.aborted) throw new AppError('cancelled', 'Loading the model was stopped.');
      hash.update(chunk as Buffer);
      done += (chunk as Buffer).length;
      onProgress?.(done, total);
    }
    if (hash.digest('hex') !== sha256) {
      throw new AppError(
        'model',
        `The model file ${path} does not match its checksum: download or build it again.`,
      );
    }
  }
}
