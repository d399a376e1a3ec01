import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { HEAD_BYTES, sniffText, type TextForm } from '../encoding';
import { PIECE_BYTES } from '../log-source';

/** A file that is being read as it grows. */
export class OpenLog {
  private decode: ((bytes: Uint8Array) => Uint8Array) | null = null;
  private endedLine = true;

  private constructor(
    private readonly handle: FileHandle,
    readonly identity: string,
    private position: number,
  ) {}

  /** @throws the system's error where the file is not there or can't be read */
  static async open(path: string, position: number): Promise<OpenLog> {
    const handle = await open(path, 'r');
    try {
      const info = await handle.stat({ bigint: true });
      if (info.isDirectory()) throw Object.assign(new Error('directory'), { code: 'EISDIR' });
      return new OpenLog(handle, identityOf(info), position);
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /** Bytes of the file that have been read. */
  get offset(): number {
    return this.position;
  }

  /** What has been appended, as UTF-8, piece by piece up to the end as it is now. */
  async *appended(): AsyncIterable<Uint8Array> {
    for (;;) {
      const { bytesRead, buffer } = await this.handle.read(
        Buffer.allocUnsafeSlow(PIECE_BYTES),
        0,
        PIECE_BYTES,
        this.position,
      );
      if (bytesRead === 0) return;
      this.decode ??= await this.chooseDecoder();
      const bytes = this.decode(buffer.subarray(0, bytesRead));
      this.position += bytesRead;
      if (bytes.length > 0) {
        this.endedLine = bytes[bytes.length - 1] === LF;
        yield bytes;
      }
    }
  }

  /** The file has become shorter than what was read of it. From then on it is read from its start. */
  async wasTruncated(): Promise<boolean> {
    const { size } = await this.handle.stat();
    if (size >= this.position) return false;
    this.position = 0;
    this.decode = null;
    return true;
  }

  /** What ends the last line, where nothing else does before lines of another file follow. */
  lineEnd(): Uint8Array {
    const missing = this.endedLine ? EMPTY : Uint8Array.of(LF);
    this.endedLine = true;
    return missing;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  /** By the start of the file, which is there even where reading goes on behind it. */
  private async chooseDecoder(): Promise<(bytes: Uint8Array) => Uint8Array> {
    const { bytesRead, buffer } = await this.handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    let form: TextForm;
    try {
      form = sniffText(buffer.subarray(0, bytesRead), '');
    } catch {
      // It was text when it was opened; what it is now is shown as it is.
      return (bytes) => bytes;
    }
    let skip = Math.max(0, form.skip - this.position);
    const decoder = form.encoding === 'utf-8' ? null : new TextDecoder(form.encoding, { ignoreBOM: true });
    return (bytes) => {
      const text = bytes.subarray(skip);
      skip = 0;
      const utf8 = decoder === null ? text : Buffer.from(decoder.decode(text, { stream: true }));
      return form.crOnly ? utf8.map((byte) => (byte === CR ? LF : byte)) : utf8;
    };
  }
}

/** Tells files apart, whatever they are called; null where there is none. */
export async function fileIdentity(path: string): Promise<string | null> {
  try {
    return identityOf(await stat(path, { bigint: true }));
  } catch {
    return null;
  }
}

function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

const LF = 0x0a;
const CR = 0x0d;
const EMPTY = new Uint8Array(0);
