/** Reads a list: the row of a line or of the nearest one after it, else the last; and the line of a row. */
export interface ListReader {
  readonly rows: number;
  readonly rowOfLine: (line: number) => Promise<number | null>;
  readonly lineAt: (row: number) => Promise<number>;
}

export interface Place {
  readonly row: number;
  readonly line: number;
}

/** The first place after a line; null where there is none. */
export async function placeAfter(list: ListReader, line: number): Promise<Place | null> {
  const row = await list.rowOfLine(line + 1);
  if (row === null) return null;
  const found = await list.lineAt(row);
  return found > line ? { row, line: found } : null;
}

/** The last place before a line; null where there is none. */
export async function placeBefore(list: ListReader, line: number): Promise<Place | null> {
  const row = await list.rowOfLine(line);
  if (row === null) return null;
  const found = await list.lineAt(row);
  if (found < line) return { row, line: found };
  return row === 1 ? null : { row: row - 1, line: await list.lineAt(row - 1) };
}

/** The place of a line, or the nearest one after it, or before it; null in an empty list. */
export async function placeNear(list: ListReader, line: number): Promise<Place | null> {
  const row = await list.rowOfLine(line);
  return row === null ? null : { row, line: await list.lineAt(row) };
}
