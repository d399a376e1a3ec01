/** Lists of line numbers, ascending and without repeats: four bytes a line, any row found at once. */
export type LineList = Uint32Array;

/** Index of the first entry that is at least `line`; the length where there is none. */
export function lowerBound(list: LineList, line: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Row (from 1) of a line in a list, else of the next line after it, else of the last; null in an empty list. */
export function rowOfLine(list: LineList, line: number): number | null {
  return list.length === 0 ? null : Math.min(lowerBound(list, line), list.length - 1) + 1;
}

/** A list that grows at its end. */
export class LineListBuilder {
  private lines: Uint32Array;

  /** Starts with the lines of `before`, which stays as it is. */
  constructor(
    before: LineList = new Uint32Array(0),
    private size = before.length,
  ) {
    this.lines = new Uint32Array(Math.max(1024, size * 2));
    this.lines.set(before);
  }

  get length(): number {
    return this.size;
  }

  /** `line` must be greater than all before. */
  push(line: number): void {
    if (this.size === this.lines.length) this.grow(this.size + 1);
    this.lines[this.size++] = line;
  }

  pushAll(lines: LineList): void {
    if (this.size + lines.length > this.lines.length) this.grow(this.size + lines.length);
    this.lines.set(lines, this.size);
    this.size += lines.length;
  }

  /** The list, in memory of its own size. */
  finish(): LineList {
    return this.lines.slice(0, this.size);
  }

  private grow(atLeast: number): void {
    const grown = new Uint32Array(Math.max(atLeast, this.lines.length * 2));
    grown.set(this.lines);
    this.lines = grown;
  }
}

/** Entries of `lines` that stand in `list` too. `from` is where looking starts in the list; see `next`. */
export function intersect(
  lines: LineList,
  list: LineList,
  from = 0,
): { readonly both: LineList; readonly next: number } {
  const both = new Uint32Array(Math.min(lines.length, list.length - from));
  let size = 0;
  let at = from;
  for (const line of lines) {
    while (at < list.length && (list[at] ?? 0) < line) at++;
    if (at === list.length) break;
    if (list[at] === line) both[size++] = line;
  }
  return { both: both.slice(0, size), next: at };
}
