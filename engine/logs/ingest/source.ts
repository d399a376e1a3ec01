import { unpack } from './compression/unpack';
import { fileBytes, findFile, streamBytes } from './file-bytes';
import type { Bytes } from './log-source';

export { fileFingerprint } from './file-bytes';

/** Where one log's bytes come from, not yet decoded. `openSources` and `openStream` take its place. */
export interface LogSource {
  readonly name: string;
  /** Absolute path of a file; null for pastes and streams. */
  readonly path: string | null;
  /** Size in bytes where it is known before reading, else 0. */
  readonly bytesTotal: number;
  readonly pieces: Bytes;
  /** Things noticed while reading; complete once `pieces` has ended. */
  readonly warnings: readonly string[];
}

/** Opens a file for reading only. What cannot be read as a log is an `AppError` with one clear line. */
export async function openFileSource(path: string): Promise<LogSource> {
  const file = await findFile(path);
  const warnings: string[] = [];
  const warn = (warning: string) => warnings.push(warning);
  return {
    name: file.name,
    path: file.path,
    bytesTotal: file.size,
    pieces: unpack(fileBytes(file, warn), file.name, file.path, warn),
    warnings,
  };
}

/** A source out of any byte stream, such as standard input or a paste. */
export function streamSource(
  name: string,
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  bytesTotal = 0,
): LogSource {
  return { name, path: null, bytesTotal, pieces: streamBytes(stream, name), warnings: [] };
}
