/** The part of seek-bzip 2.0.0 that is used; `_init_block` and `_read_bunzip` are what its `decode` is made of. */
declare module 'seek-bzip' {
  interface Input {
    readByte(): number;
    read(target: Uint8Array, start: number, length: number): number;
  }
  export default class Bunzip {
    constructor(input: Input, output: { writeByte(byte: number): void });
    readonly reader: { read(bits: number): number };
    /** Reads the next block's header; false at the end of the stream. */
    _init_block(): boolean;
    /** Decodes the block, verifies its checksum. */
    _read_bunzip(): void;
  }
}
