import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes of shapes that are read back at once. */
const READ_BYTES = 1024 * 1024;

/** The shape of every line, kept in a temporary file until the shapes have been grouped: 4 bytes a line. */
export class ShapeSpool {
  private constructor(
    private readonly folder: string,
    private readonly file: FileHandle,
  ) {}

  static async create(): Promise<ShapeSpool> {
    const folder = await mkdtemp(join(tmpdir(), 'sigma-ops-'));
    return new ShapeSpool(folder, await open(join(folder, 'shapes'), 'w'));
  }

  async append(shapes: Uint32Array<ArrayBuffer>): Promise<void> {
    await this.file.writeFile(Buffer.from(shapes.buffer, shapes.byteOffset, shapes.byteLength));
  }

  /** All shapes in the order of the lines. */
  async *read(): AsyncIterable<Uint32Array> {
    let rest: Buffer = Buffer.alloc(0);
    for await (const piece of createReadStream(join(this.folder, 'shapes'), { highWaterMark: READ_BYTES })) {
      const bytes = Buffer.concat([rest, piece]);
      const whole = bytes.length & ~3;
      rest = bytes.subarray(whole);
      // A copy of its own starts at a multiple of four.
      yield new Uint32Array(Uint8Array.from(bytes.subarray(0, whole)).buffer);
    }
  }

  async remove(): Promise<void> {
    await this.file.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
