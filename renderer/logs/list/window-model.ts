/**
 * Maps a scroll bar to lines. Browsers cap an element's height (Chromium at about 33 million px), so a
 * log of ten million lines cannot have its true height. Beyond `MAX_CONTENT_PX` the bar is scaled: the
 * whole bar still spans the whole log, and the position that counts is `top`, the line at the upper
 * edge of the view, counted from 0 and with a fraction.
 */
export const MAX_CONTENT_PX = 15_000_000;

export interface WindowShape {
  readonly lineCount: number;
  /** Height of one row and of the visible part, in CSS px. */
  readonly rowHeight: number;
  readonly viewport: number;
}

export function isScaled(shape: WindowShape): boolean {
  return shape.lineCount * shape.rowHeight > MAX_CONTENT_PX;
}

/** Height of the scrolled element. */
export function contentHeight(shape: WindowShape): number {
  return Math.min(shape.lineCount * shape.rowHeight, MAX_CONTENT_PX);
}

/** The largest `top`: the last line then sits on the lower edge. */
export function maxTop(shape: WindowShape): number {
  return Math.max(0, shape.lineCount - shape.viewport / shape.rowHeight);
}

export function clampTop(shape: WindowShape, top: number): number {
  return Math.min(Math.max(0, top), maxTop(shape));
}

export function topFromScroll(shape: WindowShape, scrollTop: number): number {
  const maxScroll = contentHeight(shape) - shape.viewport;
  if (maxScroll <= 0) return 0;
  return clampTop(shape, (scrollTop / maxScroll) * maxTop(shape));
}

export function scrollFromTop(shape: WindowShape, top: number): number {
  const limit = maxTop(shape);
  if (limit === 0) return 0;
  return (clampTop(shape, top) / limit) * (contentHeight(shape) - shape.viewport);
}

export interface LineRange {
  /** Line numbers counted from 1, both included; `last` is below `first` when there are no lines. */
  readonly first: number;
  readonly last: number;
}

/** Lines to draw: what is visible and `overscan` rows on either side. */
export function drawnLines(shape: WindowShape, top: number, overscan: number): LineRange {
  const first = Math.max(1, Math.floor(top) + 1 - overscan);
  const last = Math.min(shape.lineCount, Math.ceil(top + shape.viewport / shape.rowHeight) + overscan);
  return { first, last };
}

/** Where a row is drawn inside the scrolled element. Without scaling this is its true place. */
export function rowOffset(shape: WindowShape, top: number, line: number): number {
  if (!isScaled(shape)) return (line - 1) * shape.rowHeight;
  return scrollFromTop(shape, top) + (line - 1 - top) * shape.rowHeight;
}

/** The `top` that puts a line in the middle of the view. */
export function topToCentre(shape: WindowShape, line: number): number {
  return clampTop(shape, line - 0.5 - shape.viewport / shape.rowHeight / 2);
}

/** The least move that makes a line fully visible. */
export function topToReveal(shape: WindowShape, top: number, line: number): number {
  const rows = shape.viewport / shape.rowHeight;
  if (line - 1 < top) return clampTop(shape, line - 1);
  if (line > top + rows) return clampTop(shape, line - rows);
  return top;
}
