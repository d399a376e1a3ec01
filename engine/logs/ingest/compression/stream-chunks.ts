import type { Readable } from 'node:stream';

/**
 * The chunks of a stream, then its error if there is one. Iterating over the stream itself loses the chunks
 * that it had buffered when it failed: the end of what can be read of a damaged file.
 */
export async function* chunksBeforeError(stream: Readable): AsyncIterable<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let end: { error: unknown } | null = null;
  let wake = () => {};
  stream.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk);
    stream.pause();
    wake();
  });
  const finish = (error: unknown) => {
    end ??= { error };
    wake();
  };
  stream.on('error', finish);
  stream.on('end', () => finish(null));
  stream.on('close', () => finish(null));
  try {
    for (;;) {
      const chunk = chunks.shift();
      if (chunk !== undefined) yield chunk;
      else if (end !== null) {
        const { error } = end as { error: unknown };
        if (error !== null) throw error;
        return;
      } else {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        stream.resume();
        await woken;
      }
    }
  } finally {
    stream.destroy();
  }
}
