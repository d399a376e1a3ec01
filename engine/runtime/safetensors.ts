import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../contract/errors';

/** Where a tensor's bytes lie; `offset` counts from the start of the file. */
export interface StoredTensor {
  readonly file: string;
  readonly dtype: 'F32' | 'U8' | 'I8';
  readonly shape: readonly number[];
  readonly offset: number;
  readonly bytes: number;
}
export type TensorTable = ReadonlyMap<string, StoredTensor>;

/** A header is a few hundred bytes a tensor; anything near this size is not a file of ours. */
const MAX_HEADER_BYTES = 4 * 1024 * 1024;
const LENGTH_BYTES = 8;

/** Tensors only: our export writes no `__metadata__` entry. */
const Header = z.record(
  z.string(),
  z.object({
    dtype: z.enum(['F32', 'U8']),
    shape: z.array(z.number().int().nonnegative()),
    data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
  }),
);

/**
 * Reads only the header of one safetensors file: 8 bytes of little-endian header length, then JSON, then data.
 * Throws AppError('model') when the header or a tensor would reach past the end of the file.
 */
export async function readSafetensorsHeader(
  folder: string,
  file: string,
): Promise<Map<string, StoredTensor>> {
  const handle = await open(join(folder, file), 'r').catch(() => {
    throw new AppError('model', `The model file ${file} is missing or cannot be opened.`);
  });
  try {
    const fileBytes = (await handle.stat()).size;
    const broken = (why: string) => new AppError('model', `The model file ${file} is damaged: ${why}.`);
    if (fileBytes < LENGTH_BYTES) throw broken('it is shorter than its own length field');
    const head = Buffer.alloc(LENGTH_BYTES);
    await handle.read(head, 0, LENGTH_BYTES, 0);
    const headerBytes = Number(head.readBigUInt64LE(0));
    const dataStart = LENGTH_BYTES + headerBytes;
    if (headerBytes > MAX_HEADER_BYTES) throw broken(`its header claims ${headerBytes} bytes`);
    if (dataStart > fileBytes) throw broken('it ends inside its header');
    const text = Buffer.alloc(headerBytes);
    await handle.read(text, 0, headerBytes, LENGTH_BYTES);
    const tensors = new Map<string, StoredTensor>();
    for (const [name, entry] of Object.entries(parseHeader(text.toString('utf8'), broken))) {
      const [begin, end] = entry.data_offsets;
      const width = entry.dtype === 'F32' ? 4 : 1;
      const bytes = entry.shape.reduce((product, size) => product * size, width);
      if (end - begin !== bytes) throw broken(`tensor '${name}' does not have the bytes its shape needs`);
      if (dataStart + end > fileBytes) throw broken(`it ends inside tensor '${name}'`);
      tensors.set(name, { file, dtype: entry.dtype, shape: entry.shape, offset: dataStart + begin, bytes });
    }
    return tensors;
  } finally {
    await handle.close();
  }
}

/** Reads the values of an F32 tensor: for the few that the graph is built from, not for weights. */
export async function readFloats(folder: string, tensor: StoredTensor): Promise<Float32Array> {
  const handle = await open(join(folder, tensor.file), 'r');
  try {
    const bytes = new Uint8Array(tensor.bytes);
    await handle.read(bytes, 0, tensor.bytes, tensor.offset);
    return new Float32Array(bytes.buffer);
  } finally {
    await handle.close();
  }
}

function parseHeader(text: string, broken: (why: string) => AppError): z.infer<typeof Header> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw broken('its header is not JSON');
  }
  const result = Header.safeParse(document);
  if (!result.success) throw broken('its header is not a list of F32 and U8 tensors');
  return result.data;
}
