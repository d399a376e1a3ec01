/**
 * The list with wrapped lines: rows differ in height, and heights are known of drawn rows only. A position
 * is a row counted from 0 with a fraction of its height, as `top` in window-model.ts; every move starts from
 * one that is known and walks over the rows between.
 */

/** Height of a row, counted from 0, in CSS px; above 0. */
export type HeightOf = (row: number) => number;

/** The position `px` below (or above, where negative) another one, at most at either end. */
export function movePx(position: number, px: number, heightOf: HeightOf, rowCount: number): number {
  if (rowCount === 0) return 0;
  let row = Math.min(Math.floor(position), rowCount - 1);
  let y = (position - row) * heightOf(row) + px;
  while (y < 0 && row > 0) {
    row--;
    y += heightOf(row);
  }
  while (row < rowCount && y >= heightOf(row)) {
    y -= heightOf(row);
    row++;
  }
  if (row >= rowCount) return rowCount;
  return y <= 0 ? row : row + y / heightOf(row);
}

export interface WrapShape {
  readonly rowCount: number;
  readonly viewport: number;
  readonly heightOf: HeightOf;
}

/** The largest `top`: the last row then sits on the lower edge. */
export function wrapMaxTop({ rowCount, viewport, heightOf }: WrapShape): number {
  return movePx(rowCount, -viewport, heightOf, rowCount);
}

/** The `top` that puts a row, counted from 1, in the middle of the view. */
export function wrapTopToCentre(shape: WrapShape, row: number): number {
  const { rowCount, viewport, heightOf } = shape;
  const middle = movePx(row - 1, heightOf(row - 1) / 2, heightOf, rowCount);
  return Math.min(movePx(middle, -viewport / 2, heightOf, rowCount), wrapMaxTop(shape));
}

/** The least move that makes a row, counted from 1, visible; of one higher than the view, its beginning. */
export function wrapTopToReveal(shape: WrapShape, top: number, row: number): number {
  const { rowCount, viewport, heightOf } = shape;
  const begin = row - 1;
  const least = Math.min(movePx(row, -viewport, heightOf, rowCount), begin);
  if (begin < top) return Math.min(begin, wrapMaxTop(shape));
  return Math.max(least, top);
}

export interface PlacedRow {
  /** Counted from 1. */
  readonly row: number;
  /** Upper edge, CSS px from the upper edge of the view. */
  readonly y: number;
}

/** Rows to draw: what is visible, and `overscan` rows on either side. */
export function wrapLayout(shape: WrapShape, top: number, overscan: number): PlacedRow[] {
  const { rowCount, viewport, heightOf } = shape;
  if (rowCount === 0) return [];
  const first = Math.min(Math.floor(top), rowCount - 1);
  const rows: PlacedRow[] = [];
  let y = -(top - first) * heightOf(first);
  let below = 0;
  for (let row = first; row < rowCount && below < overscan; row++) {
    rows.push({ row: row + 1, y });
    y += heightOf(row);
    if (y > viewport) below++;
  }
  y = rows[0]?.y ?? 0;
  for (let row = first - 1; row >= Math.max(0, first - overscan); row--) {
    y -= heightOf(row);
    rows.unshift({ row: row + 1, y });
  }
  return rows;
}
