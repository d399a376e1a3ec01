/**
 * The one pass over every byte. It writes a line's skeleton: the line with what varies folded to one
 * character, escape codes and repeated blanks gone. Lines with equal skeletons differ in nothing that
 * the rules look at, so the rules (regular expressions, slow) run once a skeleton and not once a line.
 *
 * Folded runs: a digit run becomes `1`; a lone digit 0 stays `0`, as "0 errors" is no error; a number 500 to
 * 599 that stands alone becomes `5`, as HTTP status; seconds or milliseconds since 1970 (10 or 13 digits, the
 * first a 1) become `7`, as they tell where a header's columns are; hex words, UUIDs, MAC addresses and long
 * random words become OPAQUE; a syslog priority `<n>` at the start becomes PRIORITY and its severity digit.
 * A level written as a number stays (`"level":50`, `"PRIORITY":"3"`).
 * One digit between letters (log4j, p2p) is part of a name: it stays if it is none of these four.
 */
export const OPAQUE = '\x7f';
export const PRIORITY = '\x02';

/** Bytes of a line that are looked at; what a line says about itself stands near its start. */
export const SCAN_BYTES = 4096;

const OTHER = 0;
const LETTER = 1;
const HEX_LETTER = 2;
const DIGIT = 3;
const BLANK = 4;
const ESCAPE = 5;

const CLASS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const char = String.fromCharCode(byte);
  if (/[0-9]/.test(char)) CLASS[byte] = DIGIT;
  else if (/[a-fA-F]/.test(char)) CLASS[byte] = HEX_LETTER;
  else if (/[g-zG-Z]/.test(char) || byte >= 0x80) CLASS[byte] = LETTER;
  else if (byte === 0x1b) CLASS[byte] = ESCAPE;
  else if (byte <= 0x20 || byte === 0x7f) CLASS[byte] = BLANK;
  else CLASS[byte] = OTHER;
}

/** Digits that stand for themselves inside a name: those that no folded run is written as. */
const KEPT_IN_NAMES = new Uint8Array(256);
for (const digit of '234689') KEPT_IN_NAMES[digit.charCodeAt(0)] = 1;

const ZERO = 0x30;
const ONE = 0x31;
const FIVE = 0x35;
const SEVEN = 0x37;
const SPACE = 0x20;
const UNDERSCORE = 0x5f;
const COLON = 0x3a;
const QUOTE = 0x22;
const OPAQUE_BYTE = OPAQUE.charCodeAt(0);

/** Shortest word of hex digits, some of them letters, that is taken for an identifier. */
const HEX_WORD = 6;
/** A word this long that changes between letters and digits this often is a random identifier. */
const RANDOM_WORD = 12;
const RANDOM_CHANGES = 4;

export class Scanner {
  /** The skeleton of the line scanned last: `length` bytes. */
  readonly bytes = new Uint8Array(SCAN_BYTES + 16);
  private readonly words = new Int32Array(this.bytes.buffer);
  length = 0;
  /** Two independent 32-bit hashes of it. */
  hash1 = 0;
  hash2 = 0;

  /** Scans the line `input[start..end)`, given without its line end. */
  scan(input: Uint8Array, start: number, end: number): void {
    const out = this.bytes;
    const stop = Math.min(end, start + SCAN_BYTES);
    let n = 0;
    let at = start;
    if (input[at] === 0x3c) {
      const after = priorityEnd(input, at, stop);
      if (after > 0) {
        out[n++] = PRIORITY.charCodeAt(0);
        out[n++] = ZERO + (Number(latin1(input, at + 1, after - 1)) & 7);
        at = after;
      }
    }
    while (at < stop) {
      const byte = input[at] as number;
      switch (CLASS[byte]) {
        case OTHER:
          out[n++] = byte;
          at++;
          break;
        case BLANK:
          if (n === 0 || out[n - 1] !== SPACE) out[n++] = SPACE;
          at++;
          break;
        case ESCAPE:
          at = escapeEnd(input, at, stop);
          break;
        default: {
          // Most words are letters alone: they are copied while they are read.
          const wordStart = at;
          const wordOut = n;
          let foreign = 0;
          let kind = OTHER;
          for (; at < stop; at++) {
            const letter = input[at] as number;
            kind = CLASS[letter] as number;
            if (kind === LETTER) foreign++;
            else if (kind !== HEX_LETTER) break;
            out[n++] = letter;
          }
          if (at < stop && kind === DIGIT) {
            this.length = wordOut;
            at = this.foldWord(input, wordStart, at, stop, foreign);
            n = this.length;
          } else if (foreign === 0) {
            // A UUID or a MAC address may open with letters only.
            const end = idEnd(input, wordStart, at - wordStart, stop);
            if (end > 0) {
              n = wordOut;
              out[n++] = OPAQUE_BYTE;
              at = end;
            }
          }
        }
      }
    }
    while (n > 0 && out[n - 1] === SPACE) n--;
    this.length = n;
    this.hash();
  }

  /**
   * Writes a word that has digits: letters up to `at` have been read, `foreign` of them no hex digits. `length` is where
   * it is written to. Returns the place behind it.
   */
  private foldWord(input: Uint8Array, start: number, at: number, stop: number, foreign: number): number {
    const out = this.bytes;
    let end = at;
    if (at === start) {
      // Most words with digits are numbers.
      let kind = DIGIT;
      for (end++; end < stop; end++) {
        kind = CLASS[input[end] as number] as number;
        if (kind !== DIGIT) break;
      }
      const length = end - start;
      if (kind !== LETTER && kind !== HEX_LETTER && length > 2 && length !== 8) {
        out[this.length++] = digitRun(input, start, end, stop);
        return end;
      }
      end = at;
    }
    let digits = 0;
    let changes = 0;
    let before = at > start ? 0 : -1;
    let others = foreign;
    for (; end < stop; end++) {
      const kind = CLASS[input[end] as number] as number;
      if (kind === DIGIT) {
        digits++;
        if (before === 0) changes++;
        before = 1;
      } else if (kind === LETTER || kind === HEX_LETTER) {
        if (kind === LETTER) others++;
        if (before === 1) changes++;
        before = 0;
      } else break;
    }
    const length = end - start;
    if (others === 0) {
      const idStop = idEnd(input, start, length, stop);
      if (idStop > 0) {
        out[this.length++] = OPAQUE_BYTE;
        return idStop;
      }
      if (digits === length) {
        if (length <= 2 && this.length > 8 && isLevelNumber(input, start, length)) {
          for (let i = start; i < end; i++) out[this.length++] = input[i] as number;
        } else out[this.length++] = digitRun(input, start, end, stop);
      } else if (length >= HEX_WORD) out[this.length++] = OPAQUE_BYTE;
      else this.length = foldDigits(input, start, end, out, this.length, 0);
    } else if (
      isHexLiteral(input, start, length, others) ||
      (length >= RANDOM_WORD && changes >= RANDOM_CHANGES)
    ) {
      out[this.length++] = OPAQUE_BYTE;
    } else {
      const nameStop = CLASS[input[start] as number] === DIGIT ? 0 : stop;
      this.length = foldDigits(input, start, end, out, this.length, nameStop);
    }
    return end;
  }

  /** Two hashes in the manner of MurmurHash3, four bytes a step. */
  private hash(): void {
    const { bytes, words, length } = this;
    // The last step reads past the end.
    bytes[length] = 0;
    bytes[length + 1] = 0;
    bytes[length + 2] = 0;
    let hash1 = length;
    let hash2 = ~length;
    for (let at = 0; at << 2 < length; at++) {
      const word = words[at] as number;
      const mixed = Math.imul(word, 0xcc9e2d51);
      hash1 = Math.imul(hash1 ^ ((mixed << 15) | (mixed >>> 17)), 0x1b873593);
      hash1 = (hash1 << 13) | (hash1 >>> 19);
      hash2 = Math.imul((hash2 ^ word) + 0x7ed55d16, 0x85ebca6b);
      hash2 ^= hash2 >>> 15;
    }
    this.hash1 = finish(hash1);
    this.hash2 = finish(hash2);
  }

  /** The skeleton as text. */
  text(): string {
    return Buffer.from(this.bytes.buffer, 0, this.length).toString('utf8');
  }
}

/** Spreads each bit over the whole hash. */
function finish(hash: number): number {
  let spread = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  spread = Math.imul(spread ^ (spread >>> 13), 0xc2b2ae35);
  return spread ^ (spread >>> 16);
}

/** The skeleton of a text, for callers that have no bytes. */
export function skeletonOf(line: string): string {
  const bytes = Buffer.from(line);
  const scanner = new Scanner();
  scanner.scan(bytes, 0, bytes.length);
  return scanner.text();
}

const LEVEL_NAME = Buffer.from('"level"');
const PRIORITY_NAME = Buffer.from('"PRIORITY"');

/** The level of a JSON logger (10 to 60) or of journald (0 to 7): which it is says how bad the line is. */
function isLevelNumber(input: Uint8Array, start: number, length: number): boolean {
  if (length === 2) return input[start + 1] === ZERO && isValueOf(LEVEL_NAME, input, start);
  return input[start - 1] === QUOTE && isValueOf(PRIORITY_NAME, input, start - 1);
}

/** Whether `name`, a colon and blanks at most are before `at`. */
function isValueOf(name: Uint8Array, input: Uint8Array, at: number): boolean {
  let end = at;
  while (input[end - 1] === SPACE) end--;
  if (input[end - 1] !== COLON) return false;
  end--;
  while (input[end - 1] === SPACE) end--;
  for (let back = 1; back <= name.length; back++) {
    if (input[end - back] !== name[name.length - back]) return false;
  }
  return true;
}

function digitRun(input: Uint8Array, start: number, end: number, stop: number): number {
  const length = end - start;
  if (length === 1 && input[start] === ZERO) return ZERO;
  if ((length === 10 || length === 13) && input[start] === ONE) return SEVEN;
  if (length !== 3 || input[start] !== FIVE) return ONE;
  const before = start === 0 ? SPACE : input[start - 1];
  const after = end === stop ? SPACE : input[end];
  const alone = (before === SPACE || before === 0x3d || before === 0x3a) && !isInsideNumber(after);
  return alone ? FIVE : ONE;
}

/** A dot, comma, colon, dash, slash or underscore after digits: the number goes on. */
function isInsideNumber(byte: number | undefined): boolean {
  return byte !== undefined && '.:-/_%'.includes(String.fromCharCode(byte));
}

/** Copies a word with its digit runs folded; `nameStop` is 0 where it can't be a name (hex digits). */
function foldDigits(
  input: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  length: number,
  nameStop: number,
): number {
  let n = length;
  let inDigits = false;
  for (let i = start; i < end; i++) {
    const byte = input[i] as number;
    if (CLASS[byte] === DIGIT) {
      if (!inDigits) out[n++] = i > start && KEPT_IN_NAMES[byte] && isInName(input, i, nameStop) ? byte : ONE;
      inDigits = true;
    } else {
      out[n++] = byte;
      inDigits = false;
    }
  }
  return n;
}

/** A letter, or an underscore and a letter, comes after the digit at `at`. */
function isInName(input: Uint8Array, at: number, stop: number): boolean {
  let next = at + 1;
  if (next < stop && input[next] === UNDERSCORE) next++;
  if (next >= stop) return false;
  const kind = CLASS[input[next] as number];
  return kind === LETTER || kind === HEX_LETTER;
}

function isHexLiteral(input: Uint8Array, start: number, length: number, foreign: number): boolean {
  return length > 2 && foreign === 1 && input[start] === ZERO && ((input[start + 1] ?? 0) | 0x20) === 0x78;
}

/** End of the UUID (8-4-4-4-12) or MAC address (six pairs) that starts with this hex word, or 0. */
function idEnd(input: Uint8Array, start: number, length: number, stop: number): number {
  if (length === 8) return hexGroups(input, start, stop, [8, 4, 4, 4, 12], 0x2d);
  if (length !== 2) return 0;
  const separator = input[start + 2];
  if (separator !== 0x3a && separator !== 0x2d) return 0;
  return hexGroups(input, start, stop, [2, 2, 2, 2, 2, 2], separator);
}

function hexGroups(
  input: Uint8Array,
  start: number,
  stop: number,
  groups: readonly number[],
  separator: number,
): number {
  let at = start;
  for (let group = 0; group < groups.length; group++) {
    if (group > 0 && input[at++] !== separator) return 0;
    for (let left = groups[group] ?? 0; left > 0; left--, at++) {
      const kind = at < stop ? CLASS[input[at] as number] : OTHER;
      if (kind !== DIGIT && kind !== HEX_LETTER) return 0;
    }
  }
  const after = at < stop ? CLASS[input[at] as number] : OTHER;
  return after === DIGIT || after === LETTER || after === HEX_LETTER || input[at] === separator ? 0 : at;
}

/** End of `<1..3 digits>` at `start`, or 0. */
function priorityEnd(input: Uint8Array, start: number, stop: number): number {
  let at = start + 1;
  while (at < stop && at < start + 4 && CLASS[input[at] as number] === DIGIT) at++;
  return at > start + 1 && at < stop && input[at] === 0x3e ? at + 1 : 0;
}

/** End of an escape sequence: CSI up to its final byte, OSC up to BEL or ST, else two bytes. */
function escapeEnd(input: Uint8Array, start: number, stop: number): number {
  const kind = input[start + 1];
  let at = start + 2;
  if (kind === 0x5b) {
    while (at < stop && ((input[at] as number) < 0x40 || (input[at] as number) > 0x7e)) at++;
    return Math.min(at + 1, stop);
  }
  if (kind === 0x5d) {
    while (at < stop && input[at] !== 0x07 && input[at] !== 0x1b) at++;
    return Math.min(at + (input[at] === 0x1b ? 2 : 1), stop);
  }
  return Math.min(at, stop);
}

function latin1(input: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...input.subarray(start, end));
}
