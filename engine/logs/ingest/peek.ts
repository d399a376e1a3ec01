import type { Bytes } from './log-source';

/** The first bytes of a stream, at least `length` unless it is shorter, and the whole stream again. */
export async function peek(bytes: Bytes, length: number): Promise<{ head: Uint8Array; all: Bytes }> {
  const pieces = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let held = 0;
  let ended = false;
  let failure: { thrown: unknown } | null = null;
  while (held < length && !ended && failure === null) {
    // A stream that fails after some bytes has those first: what they are is worth knowing.
    try {
      const { value, done } = await pieces.next();
      if (done) ended = true;
      else {
        first.push(value);
        held += value.length;
      }
    } catch (thrown) {
      if (held === 0) throw thrown;
      failure = { thrown };
    }
  }
  async function* again(): Bytes {
    try {
      yield* first.splice(0);
      if (failure !== null) throw failure.thrown;
      while (!ended) {
        const { value, done } = await pieces.next();
        if (done) ended = true;
        else yield value;
      }
    } finally {
      if (!ended) await pieces.return?.();
    }
  }
  return { head: first.length === 1 ? (first[0] ?? EMPTY) : Buffer.concat(first), all: again() };
}

const EMPTY = new Uint8Array(0);
