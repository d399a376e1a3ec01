import { Decompress } from 'fzstd';
import type { Bytes } from '../log-source';
import { Damage } from './damage';

/**
 * Compressed bytes handed to the decoder at once. A block of 4 bytes can stand for 128 KB, so this bounds what
 * one call can unpack (32 MB) before the limit on output is looked at.
 */
const STEP_BYTES = 1024;

/** `ZstdErrorCode` of fzstd; its type declares the values without exporting them to bundlers. */
const UNEXPECTED_END = 5;
const WINDOW_TOO_LARGE = 1;

/** Unpacks zstd of any number of frames. Checksums are not verified. */
export async function* unzstd(bytes: Bytes): Bytes {
  let unpacked: Uint8Array[] = [];
  // The decoder goes on using the memory of what it hands out.
  const decoder = new Decompress((chunk) => chunk.length > 0 && unpacked.push(chunk.slice()));
  const push = (part: Uint8Array, last: boolean): Damage | null => {
    try {
      decoder.push(part, last);
      return null;
    } catch (thrown) {
      return damageOf(thrown);
    }
  };
  for await (const piece of bytes) {
    for (let start = 0; start < piece.length; start += STEP_BYTES) {
      // A copy: the decoder keeps a part that has not ended, and the piece may be used again.
      const damage = push(piece.slice(start, start + STEP_BYTES), false);
      yield* unpacked;
      unpacked = [];
      if (damage !== null) throw damage;
    }
  }
  const damage = push(new Uint8Array(0), true);
  yield* unpacked;
  if (damage !== null) throw damage;
}

function damageOf(thrown: unknown): Damage {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : -1;
  if (code === UNEXPECTED_END) return new Damage('truncated', String(thrown));
  if (code === WINDOW_TOO_LARGE) {
    return new Damage('unsupported', 'it needs a window of more than 32 MB (zstd --long or --ultra)');
  }
  return new Damage('corrupt', String(thrown));
}
