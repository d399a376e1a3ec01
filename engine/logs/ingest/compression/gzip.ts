import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Bytes, PIECE_BYTES } from '../log-source';
import { Damage } from './damage';
import { chunksBeforeError } from './stream-chunks';

/** Unpacks gzip of any number of members; zeros or other bytes behind the last one are passed over. */
export async function* gunzip(bytes: Bytes): Bytes {
  const input = Readable.from(bytes);
  const unpacking = createGunzip({ chunkSize: PIECE_BYTES });
  let inputError: unknown = null;
  // Not `pipeline`: that throws away what was unpacked and not read yet.
  input.on('error', (thrown) => {
    inputError = thrown;
    unpacking.end();
  });
  input.pipe(unpacking);
  try {
    yield* chunksBeforeError(unpacking);
  } catch (thrown) {
    throw inputError ?? damageOf(thrown);
  } finally {
    input.destroy();
  }
  if (inputError !== null) throw inputError;
}

export function damageOf(thrown: unknown): Damage {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
  return new Damage(code === 'Z_BUF_ERROR' ? 'truncated' : 'corrupt', String(thrown));
}
