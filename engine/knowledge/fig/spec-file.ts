import { closeSync, openSync, readSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import type { CommandSpec } from '../command-spec';
import { type PackedSpec, unpackSpec } from './packed-spec';
import { TRUSTED_SPECS } from './trusted-specs';

/**
 * One file: 8 bytes of magic, 4 bytes of header length, the header as JSON, then each block compressed alone, so that
 * one program is read without the others.
 */
const MAGIC = 'SOSPEC01';
const HEADER_AT = MAGIC.length + 4;

const Header = z.strictObject({
  /** Package and version that the specs were read from. */
  origin: z.string(),
  /** Name -> offset after the header, and length, of the compressed block. */
  blocks: z.record(z.string(), z.tuple([z.number(), z.number()])),
  /** Program, its block, description. */
  programs: z.array(z.tuple([z.string(), z.string(), z.string()])),
});
type Header = z.infer<typeof Header>;

/** Where a program's spec was taken from: its block and description. */
export interface PackedProgram {
  readonly name: string;
  readonly block: string;
}

/** The bytes of a spec file. Same input, same bytes. */
export function encodeSpecs(
  origin: string,
  blocks: ReadonlyMap<string, PackedSpec>,
  programs: readonly PackedProgram[],
): Buffer {
  const parts: Buffer[] = [];
  const places: Header['blocks'] = {};
  let offset = 0;
  for (const name of [...blocks.keys()].sort()) {
    const bytes = brotliCompressSync(JSON.stringify(blocks.get(name)), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 },
    });
    places[name] = [offset, bytes.length];
    offset += bytes.length;
    parts.push(bytes);
  }
  const rows = programs.map(({ name, block }): Header['programs'][number] => {
    return [name, block, blocks.get(block)?.d ?? ''];
  });
  rows.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const header = Buffer.from(JSON.stringify({ origin, blocks: places, programs: rows } satisfies Header));
  const start = Buffer.alloc(HEADER_AT);
  start.write(MAGIC, 'latin1');
  start.writeUInt32LE(header.length, MAGIC.length);
  return Buffer.concat([start, header, ...parts]);
}

/** The shipped completion specs. */
export interface SpecFile {
  readonly origin: string;
  readonly programs: ReadonlyMap<string, { readonly block: string; readonly description: string }>;
  spec(program: string): CommandSpec | null;
  close(): void;
}

/** Opens a spec file: reads its header only. Throws where the file is missing or is no spec file. */
export function openSpecFile(path: string): SpecFile {
  const file = openSync(path, 'r');
  const read = (position: number, length: number) => {
    const buffer = Buffer.alloc(length);
    if (readSync(file, buffer, 0, length, position) !== length) throw new Error(`${path} is cut off.`);
    return buffer;
  };
  const start = read(0, HEADER_AT);
  if (start.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    closeSync(file);
    throw new Error(`${path} is no file of command specs.`);
  }
  const headerLength = start.readUInt32LE(MAGIC.length);
  const header = Header.parse(JSON.parse(read(HEADER_AT, headerLength).toString('utf8')));
  const programs = new Map(
    header.programs.map(([name, block, description]) => [name, { block, description }]),
  );

  const load = (name: string): PackedSpec | null => {
    const place = Object.hasOwn(header.blocks, name) ? header.blocks[name] : undefined;
    if (!place) return null;
    // Written by our own build beside the code, so its shape is taken as given.
    const bytes = brotliDecompressSync(read(HEADER_AT + headerLength + place[0], place[1]));
    return JSON.parse(bytes.toString('utf8')) as PackedSpec;
  };
  const opened = new Map<string, CommandSpec | null>();
  return {
    origin: header.origin,
    programs,
    spec(program) {
      const known = opened.get(program);
      if (known !== undefined) return known;
      const entry = programs.get(program);
      const packed = entry ? load(entry.block) : null;
      const source = { kind: 'fig' as const, name: `completion spec of ${program}` };
      const spec = packed ? unpackSpec(packed, source, load, TRUSTED_SPECS.has(program)) : null;
      opened.set(program, spec);
      return spec;
    },
    close: () => closeSync(file),
  };
}
