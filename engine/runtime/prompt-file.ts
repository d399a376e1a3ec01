import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type KvCache, keptBytes, type RowCounts } from './kv-cache';
import { TILE } from './kv-rows';

/** Changes with this file's layout, with how KvCache keeps rows and with what the graphs compute into them. */
export const PROMPT_FORMAT = 'sigma-ops-prompt-1';

const SHA256_BYTES = 32;
const LENGTH_BYTES = 4;
/** Longer headers than a context of a million tokens has are damage. */
const MAX_HEADER = 8 << 20;

const count = z.number().int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const PromptHeader = z.object({
  format: z.literal(PROMPT_FORMAT),
  /** promptKey(base, ids), which the file is also named after. */
  key: hash,
  base: hash,
  ids: z.array(count).min(1),
  sealedTiles: count,
  openCount: count,
});
export type PromptHeader = z.infer<typeof PromptHeader>;

/** Names one prompt of one model in one form: `base` stands for all that its rows depend on besides the ids. */
export function promptKey(base: string, ids: readonly number[]): string {
  return createHash('sha256')
    .update(`${PROMPT_FORMAT}\n${base}\n${ids.join(',')}`)
    .digest('hex');
}

/**
 * A prompt's rows as a file: length of the header (u32), header (JSON), the rows as KvCache.exportRows gives them, sha256
 * of all before. Little-endian, as the machine has it: the file stays on it. The parts share the cache's memory.
 */
export function promptFile(base: string, ids: readonly number[], cache: KvCache): Uint8Array[] {
  const { sealedTiles, openCount, bytes } = cache.exportRows(ids.length);
  const header: PromptHeader = {
    format: PROMPT_FORMAT,
    key: promptKey(base, ids),
    base,
    ids: [...ids],
    sealedTiles,
    openCount,
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(json.length);
  const sum = createHash('sha256');
  const parts = [length, json, ...bytes];
  for (const part of parts) sum.update(part);
  return [...parts, sum.digest()];
}

/** Where the header of a file ends that begins with `start`, or null if it can't be one. */
export function headerEnd(start: Uint8Array): number | null {
  if (start.length < LENGTH_BYTES) return null;
  const length = Buffer.from(start.buffer, start.byteOffset, LENGTH_BYTES).readUInt32LE();
  return length <= MAX_HEADER ? LENGTH_BYTES + length : null;
}

/** The header of a file that begins with `start`; null if it is of another kind or version, or its counts disagree. */
export function readHeader(start: Uint8Array): PromptHeader | null {
  const end = headerEnd(start);
  if (end === null || end > start.length) return null;
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(start.subarray(LENGTH_BYTES, end)).toString());
  } catch {
    return null;
  }
  const { success, data } = PromptHeader.safeParse(json);
  if (!success || tokens(data) !== data.ids.length || data.key !== promptKey(data.base, data.ids))
    return null;
  return data;
}

const tokens = ({ sealedTiles, openCount }: RowCounts) => sealedTiles * TILE + openCount;

/**
 * Puts the rows of a whole file into `cache`, instead of what it held, and returns their ids. Null, with the cache as it
 * was, if the file is damaged or not `key`'s.
 */
export function restoreFile(file: Uint8Array, key: string, cache: KvCache): readonly number[] | null {
  const header = readHeader(file);
  if (header?.key !== key || header.ids.length > cache.capacity) return null;
  const rows = file.subarray(headerEnd(file) ?? 0, -SHA256_BYTES);
  if (rows.length !== keptBytes(cache.shape, cache.form, header)) return null;
  const sum = createHash('sha256').update(file.subarray(0, -SHA256_BYTES)).digest();
  if (!sum.equals(file.subarray(-SHA256_BYTES))) return null;
  cache.importRows(header, rows);
  return header.ids;
}
