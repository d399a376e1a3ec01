import Bunzip from 'seek-bzip';
import { type Bytes, PIECE_BYTES } from '../log-source';
import { Damage } from './damage';

/** More compressed bytes than one block can have: 900 KB of input that no code makes shorter. */
const BLOCK_BYTES_MAX = 1_000_000;

/**
 * Unpacks bzip2 of any number of streams, block by block. seek-bzip reads and writes synchronously, so a
 * block is decoded only when all of it has arrived; one block unpacks to 46 MB at most.
 */
export async function* bunzip2(bytes: Bytes): Bytes {
  const pieces = bytes[Symbol.asyncIterator]();
  const input = new Input();
  const output = new Output();
  let ended = false;
  const fill = async () => {
    while (!ended && input.length < BLOCK_BYTES_MAX) {
      const { value, done } = await pieces.next();
      if (done) ended = true;
      else input.push(value);
    }
  };
  const decode = <T>(step: () => T): T => {
    try {
      return step();
    } catch (thrown) {
      if (thrown instanceof Damage) throw thrown;
      throw new Damage('corrupt', String(thrown));
    }
  };
  try {
    await fill();
    // Bytes behind the last stream that begin no other one are padding.
    while (input.startsLike('BZh')) {
      const decoder = decode(() => new Bunzip(input, output));
      for (;;) {
        await fill();
        let more = false;
        try {
          more = decode(() => decoder._init_block());
          if (more) decode(() => decoder._read_bunzip());
        } finally {
          yield* output.take();
        }
        if (!more) break;
      }
      decode(() => decoder.reader.read(32)); // checksum of the stream; each block's was verified
      await fill();
    }
  } finally {
    if (!ended) await pieces.return?.();
  }
}

class Input {
  private readonly pieces: Uint8Array[] = [];
  private at = 0;
  /** Bytes that have arrived and were not read. */
  length = 0;

  push(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.pieces.push(piece);
    this.length += piece.length;
  }

  startsLike(text: string): boolean {
    // Pieces may be of one byte each.
    const [first = EMPTY, ...next] = this.pieces.slice(0, text.length + 1);
    const head = Buffer.concat([first.subarray(this.at), ...next]);
    return head.subarray(0, text.length).toString('latin1') === text;
  }

  readByte(): number {
    const piece = this.pieces[0];
    if (piece === undefined) throw new Damage('truncated', 'the compressed data ends inside a block');
    const byte = piece[this.at++] as number;
    this.length--;
    if (this.at === piece.length) {
      this.pieces.shift();
      this.at = 0;
    }
    return byte;
  }

  read(target: Uint8Array, start: number, length: number): number {
    for (let i = 0; i < length; i++) target[start + i] = this.readByte();
    return length;
  }
}

class Output {
  private readonly full: Uint8Array[] = [];
  private open = new Uint8Array(PIECE_BYTES);
  private length = 0;

  writeByte(byte: number): void {
    if (this.length === this.open.length) {
      this.full.push(this.open);
      this.open = new Uint8Array(PIECE_BYTES);
      this.length = 0;
    }
    this.open[this.length++] = byte;
  }

  take(): Uint8Array[] {
    const taken = this.full.splice(0);
    if (this.length > 0) taken.push(this.open.subarray(0, this.length));
    this.open = new Uint8Array(PIECE_BYTES);
    this.length = 0;
    return taken;
  }
}

const EMPTY = new Uint8Array(0);
