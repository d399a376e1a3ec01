import { TextDecoder } from 'node:util';
import { AppError } from '../../contract/errors';
import type { Bytes, Warn } from './log-source';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** How many bytes at the start decide what a log is. */
export const HEAD_BYTES = 64 * 1024;

/** More control bytes than this share and it is no text. One stray NUL in a log is let through. */
const MAX_CONTROL_SHARE = 0.01;
/** Of UTF-16 text most characters are Latin: every other byte of at least this share of it is zero. */
const MIN_UTF16_SHARE = 0.5;
/** NULs at the start, from this number on, are a hole: what a truncated log has whose writer went on at its old offset. */
const MIN_HOLE = 4;

/** Files that are no text and for which there is a way to it. */
const KNOWN_BINARY: readonly { readonly at: number; readonly magic: string; readonly hint: string }[] = [
  { at: 257, magic: 'ustar', hint: 'a tar archive. Unpack it first: tar -xf' },
  { at: 0, magic: 'PK\x03\x04', hint: 'a zip archive. Unpack it first: unzip' },
  { at: 0, magic: '7z\xbc\xaf\x27\x1c', hint: 'a 7z archive. Unpack it first: 7z x' },
  { at: 0, magic: 'Rar!\x1a\x07', hint: 'a rar archive. Unpack it first: unrar x' },
  { at: 0, magic: '\x04\x22\x4d\x18', hint: 'compressed with lz4. Unpack it first: unlz4' },
  { at: 0, magic: '\x1f\x9d', hint: 'compressed with compress. Unpack it first: uncompress' },
  { at: 0, magic: '\x1f\x8b', hint: 'compressed more than once. Unpack it first: gunzip -k' },
  { at: 0, magic: 'LPKSHHRH', hint: 'a systemd journal. Write it as text: journalctl -o short-iso --file' },
  { at: 0, magic: 'ElfFile\0', hint: 'a Windows event log. Write it as text: wevtutil qe /lf:true /f:text' },
];

export interface TextForm {
  readonly encoding: Encoding;
  /** Length of the mark at the start. */
  readonly skip: number;
  /** Lines end with a CR alone, as on old Macs. */
  readonly crOnly: boolean;
}

/** Tells what a log's first bytes are, or throws where it is no text. */
export function sniffText(head: Uint8Array, name: string): TextForm {
  const text = (encoding: Encoding, skip: number): TextForm => ({
    encoding,
    skip,
    crOnly: encoding === 'utf-8' && endsWithCrOnly(head),
  });
  if (head[0] === 0xff && head[1] === 0xfe) return text('utf-16le', 2);
  if (head[0] === 0xfe && head[1] === 0xff) return text('utf-16be', 2);
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return text('utf-8', 3);
  const control = countControl(head);
  if (control === 0) return text('utf-8', 0);
  const known = KNOWN_BINARY.find(({ at, magic }) =>
    [...magic].every((char, index) => head[at + index] === char.charCodeAt(0)),
  );
  if (known) throw new AppError('unreadable', `${name} is ${known.hint} ${name}`);
  if (control > head.length * MAX_CONTROL_SHARE) {
    const utf16 = sniffUtf16(head);
    if (utf16 !== null) return text(utf16, 0);
    throw new AppError('unreadable', `${name} is binary, not a text log. Open its text form.`);
  }
  return text('utf-8', 0);
}

/** Bytes that text does not have: tab, line ends, form feed, backspace and escape are no sign. NULs in a row are one. */
function countControl(head: Uint8Array): number {
  let control = 0;
  let before = -1;
  for (const byte of head) {
    if ((byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b) || byte === 0x7f) {
      if (byte !== 0 || before !== 0) control++;
    }
    before = byte;
  }
  return control;
}

/** UTF-16 without a mark: every other byte is zero, and the others hardly ever. */
function sniffUtf16(head: Uint8Array): Encoding | null {
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index & 1] = (zeros[index & 1] as number) + 1;
  });
  const [even = 0, odd = 0] = zeros.map((count) => count / Math.ceil(head.length / 2));
  if (odd >= MIN_UTF16_SHARE && even <= MAX_CONTROL_SHARE) return 'utf-16le';
  if (even >= MIN_UTF16_SHARE && odd <= MAX_CONTROL_SHARE) return 'utf-16be';
  return null;
}

function endsWithCrOnly(head: Uint8Array): boolean {
  const first = head.indexOf(CR);
  return first >= 0 && first < head.length - 1 && !head.includes(LF);
}

/** Decodes a log's pieces to UTF-8 bytes, marks removed. Invalid UTF-8 is left for the blocks. */
export async function* toUtf8(pieces: Bytes, name: string, warn: Warn): Bytes {
  let head: Uint8Array | null = EMPTY;
  let decoder: TextDecoder | null = null;
  let crOnly = false;
  const begin = (bytes: Uint8Array): Uint8Array => {
    const form = sniffText(bytes.subarray(0, HEAD_BYTES), name);
    // Not fatal: a broken pair becomes U+FFFD. The mark is cut here, not by the decoder.
    if (form.encoding !== 'utf-8') decoder = new TextDecoder(form.encoding, { ignoreBOM: true });
    crOnly = form.crOnly;
    return bytes.subarray(form.skip);
  };
  const convert = (bytes: Uint8Array): Uint8Array => {
    const text = decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
    return crOnly ? text.map((byte) => (byte === CR ? LF : byte)) : text;
  };

  let nulSeen = false;
  const checked = (bytes: Uint8Array): Uint8Array => {
    if (!nulSeen && bytes.includes(0)) {
      nulSeen = true;
      warn('It holds NUL bytes; they are kept as they are.');
    }
    return bytes;
  };
  for await (const piece of withoutHole(pieces, warn)) {
    if (head === null) yield checked(convert(piece));
    else {
      head = head.length === 0 ? piece : Buffer.concat([head, piece]);
      if (head.length < HEAD_BYTES) continue;
      const first = begin(head);
      head = null;
      yield checked(convert(first));
    }
  }
  if (head !== null) yield checked(convert(begin(head)));
  const rest = (decoder as TextDecoder | null)?.decode();
  if (rest) yield Buffer.from(rest);
}

/** Passes over NULs at the start. */
async function* withoutHole(pieces: Bytes, warn: Warn): Bytes {
  let hole = 0;
  let begun = false;
  for await (const piece of pieces) {
    if (begun || piece.length === 0) {
      yield piece;
      continue;
    }
    const start = piece.findIndex((byte) => byte !== 0);
    if (start < 0) {
      hole += piece.length;
      continue;
    }
    begun = true;
    hole += start;
    if (hole >= MIN_HOLE) {
      warn(`It begins with ${hole} NUL bytes, as a truncated log whose writer went on; they are left out.`);
      yield piece.subarray(start);
    } else {
      if (start < hole) yield new Uint8Array(hole - start);
      yield piece;
    }
  }
  if (hole > 0 && !begun) warn(`It holds nothing but ${hole} NUL bytes.`);
}

const LF = 0x0a;
const CR = 0x0d;
const EMPTY = new Uint8Array(0);
