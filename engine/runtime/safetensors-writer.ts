/** A tensor to be written; `bytes` is what its shape and dtype need. */
export interface WrittenTensor {
  readonly name: string;
  readonly dtype: 'F32' | 'U8' | 'I8';
  readonly shape: readonly number[];
  readonly bytes: number;
}

/**
 * The start of a safetensors file whose tensors follow in the given order: 8 bytes of length, then JSON padded with
 * spaces to whole 64 bytes. `metadata` becomes its `__metadata__` entry.
 */
export function safetensorsHeader(
  tensors: readonly WrittenTensor[],
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  let offset = 0;
  const entries = tensors.map(({ name, dtype, shape, bytes }) => {
    const data_offsets = [offset, offset + bytes];
    offset += bytes;
    return [name, { dtype, shape, data_offsets }] as const;
  });
  const document = { ...(metadata && { __metadata__: metadata }), ...Object.fromEntries(entries) };
  const json = Buffer.from(JSON.stringify(document));
  const header = Buffer.alloc(Math.ceil((8 + json.length) / 64) * 64, ' ');
  header.writeBigUInt64LE(BigInt(header.length - 8));
  json.copy(header, 8);
  return header;
}
