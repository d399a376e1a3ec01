import { lineRole, PREFIXED, Role } from './line-role';

/** Skeletons whose roles are kept at a time; more only cost time. A power of two. */
const SLOTS = 1 << 14;
/** Blanks up to the line inside a prefixed one: CRI has a time, a stream and a tag. */
const PREFIX_BLANKS = 3;
const SPACE = 0x20;
const TAB = 0x09;

/** A line as the scanner leaves it: two hashes of its skeleton, and the text on demand. */
interface ScannedLine {
  readonly hash1: number;
  readonly hash2: number;
  text(): string;
}

/** Roles of scanned lines; each is found once for lines of one skeleton, kept by the skeleton's hash. */
export class LineRoles {
  private readonly keys1 = new Int32Array(SLOTS);
  private readonly keys2 = new Int32Array(SLOTS);
  /** Role + 1; 0 for an empty slot. */
  private readonly roles = new Uint8Array(SLOTS);

  /** Role of the line `bytes[start..end)` that was just scanned. */
  read(scanned: ScannedLine, bytes: Uint8Array, start: number, end: number): number {
    const { hash1, hash2 } = scanned;
    const slot = hash1 & (SLOTS - 1);
    if (this.roles[slot] === 0 || this.keys1[slot] !== hash1 || this.keys2[slot] !== hash2) {
      this.keys1[slot] = hash1;
      this.keys2[slot] = hash2;
      this.roles[slot] = lineRole(scanned.text()) + 1;
    }
    const role = (this.roles[slot] as number) - 1;
    if ((role & PREFIXED) === 0) return role;
    const plain = (role & 15) === Role.text || (role & 15) === Role.call;
    return plain && isIndentedInside(bytes, start, end) ? role - (role & 15) + Role.indented : role;
  }
}

/** Whether the line behind the prefix begins with a blank: a skeleton has one blank where the line has several. */
function isIndentedInside(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  for (let blanks = 0; blanks < PREFIX_BLANKS && at < end; at++) if (bytes[at] === SPACE) blanks++;
  return at < end && (bytes[at] === SPACE || bytes[at] === TAB);
}
