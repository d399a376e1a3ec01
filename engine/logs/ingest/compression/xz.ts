import { createRequire } from 'node:module';
import { ReadableStream } from 'node:stream/web';
import type { XzReadableStream } from 'xz-decompress';
import { type Bytes, PIECE_BYTES } from '../log-source';
import { Damage } from './damage';

/** A stream's end ('YZ', then zeros as padding) with the next one's start behind it. */
const NEXT_STREAM = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);
const STREAM_END = Buffer.from('YZ');

/** Unpacks xz of any number of streams. The decoder (XZ Embedded) knows one stream, so they are cut apart. */
export async function* unxz(bytes: Bytes): Bytes {
  const Decoder = loadDecoder();
  const streams = new XzStreams(bytes);
  do {
    yield* unpackOne(streams, Decoder);
  } while (await streams.next());
}

async function* unpackOne(streams: XzStreams, Decoder: typeof XzReadableStream): Bytes {
  let inputError: unknown = null;
  const compressed = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const piece = await streams.read();
          if (piece === null) controller.close();
          else controller.enqueue(piece);
        } catch (thrown) {
          inputError = thrown;
          controller.error(thrown);
        }
      },
    },
    { highWaterMark: 0 },
  );
  // The types of Node's and the browser's web streams differ in name only.
  const unpacked = new Decoder(compressed as never) as unknown as AsyncIterable<Uint8Array>;
  try {
    for await (const chunk of unpacked) if (chunk.length > 0) yield chunk;
  } catch (thrown) {
    throw inputError ?? damageOf(thrown);
  }
}

/** The decoder tells what went wrong by XZ Embedded's number at the end of its message. */
function damageOf(thrown: unknown): Damage {
  const code = /code (\d+)$/.exec(String(thrown))?.[1];
  if (code === '8') return new Damage('truncated', String(thrown));
  if (code === '3' || code === '4') {
    return new Damage('unsupported', 'it needs more memory for its dictionary than the decoder has');
  }
  if (code === '6') return new Damage('unsupported', 'it uses filters that the decoder does not have');
  return new Damage('corrupt', String(thrown));
}

/**
 * A copy of the library for each log: it decodes one stream at a time and lets all others wait, which would
 * stop a merge of two for ever. It is a CommonJS module, so it is loaded anew once the cache forgets it.
 */
function loadDecoder(): typeof XzReadableStream {
  const file = requireModule.resolve('xz-decompress');
  delete requireModule.cache[file];
  return (requireModule(file) as { XzReadableStream: typeof XzReadableStream }).XzReadableStream;
}

// Not named `require`: the build declares one of its own in each module.
const requireModule = createRequire(import.meta.url);

/** Pieces of one xz stream after the other. */
class XzStreams {
  private readonly pieces: AsyncIterator<Uint8Array>;
  /** Bytes that arrived and belong to the open stream up to `held.length`, or to the next one. */
  private held: Uint8Array = EMPTY;
  private ended = false;
  /** Where in `held` the next stream begins; negative while none is seen. */
  private nextStart = -1;

  constructor(bytes: Bytes) {
    this.pieces = bytes[Symbol.asyncIterator]();
  }

  /** A piece of the open stream; null at its end. */
  async read(): Promise<Uint8Array | null> {
    // A boundary may lie across pieces: the last bytes wait for the next piece.
    while (this.nextStart < 0 && !this.ended && this.held.length <= OVERLAP) {
      const { value, done } = await this.pieces.next();
      if (done) this.ended = true;
      else this.held = this.held.length === 0 ? value : Buffer.concat([this.held, value]);
      this.nextStart = boundary(this.held);
    }
    const available =
      this.nextStart >= 0 ? this.nextStart : this.ended ? this.held.length : this.held.length - OVERLAP;
    if (available <= 0) return null;
    const length = Math.min(available, PIECE_BYTES);
    const piece = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    if (this.nextStart >= 0) this.nextStart -= length;
    return piece;
  }

  /** Goes on to the next stream; false where there is none. */
  async next(): Promise<boolean> {
    while ((await this.read()) !== null); // padding
    if (this.nextStart < 0) return false;
    this.nextStart = boundary(this.held, 1);
    return true;
  }
}

/** Index of the next stream's start in these bytes, from `from` on, or -1. */
function boundary(bytes: Uint8Array, from = 0): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = buffer.indexOf(NEXT_STREAM, from); at >= 0; at = buffer.indexOf(NEXT_STREAM, at + 1)) {
    let end = at;
    while (end > 0 && bytes[end - 1] === 0) end--;
    if (end >= 2 && buffer.subarray(end - 2, end).equals(STREAM_END)) return at;
  }
  return -1;
}

/** 'YZ', up to 52 bytes of padding and the start of a stream. Longer padding is made by no program. */
const OVERLAP = 60;
const EMPTY = new Uint8Array(0);
