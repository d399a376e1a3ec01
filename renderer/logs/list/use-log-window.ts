import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import {
  clampTop,
  contentHeight,
  drawnLines,
  isScaled,
  MAX_CONTENT_PX,
  maxTop,
  rowOffset,
  scrollFromTop,
  topFromScroll,
  topToCentre,
  topToReveal,
  type WindowShape,
} from './window-model';
import {
  type HeightOf,
  movePx,
  type PlacedRow,
  type WrapShape,
  wrapLayout,
  wrapMaxTop,
  wrapTopToCentre,
  wrapTopToReveal,
} from './wrap-model';

export const ROW_HEIGHT = 20;
const OVERSCAN = 8;
/** Where each list was left, so that going to another tab and back loses nothing. */
const leftAt = new Map<string, number>();

export interface LogWindow {
  readonly top: number;
  readonly viewport: number;
  /** Height of the scrolled element. */
  readonly height: number;
  /** Rows to draw, `y` from the upper edge of the scrolled element. */
  readonly rows: readonly PlacedRow[];
  readonly moveTo: (top: number) => void;
  readonly movePages: (pages: number) => void;
  readonly centre: (row: number) => void;
  readonly reveal: (row: number) => void;
  readonly toEnd: () => void;
  /** The last row is in view. */
  readonly isAtEnd: () => boolean;
  readonly onScroll: () => void;
}

/** Positions of one way of drawing: rows of one height, or wrapped ones. */
interface Geometry {
  readonly max: () => number;
  readonly height: () => number;
  readonly fromScroll: (scrollTop: number) => number;
  readonly toScroll: (top: number) => number;
  readonly move: (top: number, px: number) => number;
  readonly centre: (row: number) => number;
  readonly reveal: (top: number, row: number) => number;
  readonly rows: (top: number, scrollTop: number) => PlacedRow[];
  /** One pixel of the bar is more than one of the rows, so the wheel has to move the rows. */
  readonly scaled: boolean;
}

function evenGeometry(shape: WindowShape): Geometry {
  return {
    max: () => maxTop(shape),
    height: () => contentHeight(shape),
    fromScroll: (scrollTop) => topFromScroll(shape, scrollTop),
    toScroll: (top) => scrollFromTop(shape, top),
    move: (top, px) => clampTop(shape, top + px / shape.rowHeight),
    centre: (row) => topToCentre(shape, row),
    reveal: (top, row) => topToReveal(shape, top, row),
    rows: (top) => {
      const { first, last } = drawnLines(shape, top, OVERSCAN);
      const rows: PlacedRow[] = [];
      for (let row = first; row <= last; row++) rows.push({ row, y: rowOffset(shape, top, row) });
      return rows;
    },
    scaled: isScaled(shape),
  };
}

function wrapGeometry(shape: WrapShape): Geometry {
  const { rowCount, viewport, heightOf } = shape;
  const max = () => wrapMaxTop(shape);
  // Heights are known of few rows, so the bar says in which part of the log one is, and no more.
  const height = () => (max() === 0 ? viewport : Math.min(viewport + rowCount * ROW_HEIGHT, MAX_CONTENT_PX));
  const share = (part: number, whole: number) => (whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole)));
  return {
    max,
    height,
    fromScroll: (scrollTop) => share(scrollTop, height() - viewport) * max(),
    toScroll: (top) => share(top, max()) * (height() - viewport),
    move: (top, px) => Math.min(movePx(top, px, heightOf, rowCount), max()),
    centre: (row) => wrapTopToCentre(shape, row),
    reveal: (top, row) => wrapTopToReveal(shape, top, row),
    rows: (top, scrollTop) =>
      wrapLayout(shape, top, OVERSCAN).map(({ row, y }) => ({ row, y: y + scrollTop })),
    scaled: true,
  };
}

/**
 * Ties the models to a scrolled element: size, scroll bar, and the wheel where the bar is scaled. `heightOf` is
 * given for wrapped rows; `heights` changes when any of them is known better.
 */
export function useLogWindow(
  key: string,
  rowCount: number,
  scroller: RefObject<HTMLElement | null>,
  heightOf: HeightOf | null,
): LogWindow {
  const [viewport, setViewport] = useState(0);
  const [top, setTop] = useState(() => leftAt.get(key) ?? 0);
  const geometry = useMemo(
    () =>
      heightOf
        ? wrapGeometry({ rowCount, viewport, heightOf })
        : evenGeometry({ lineCount: rowCount, rowHeight: ROW_HEIGHT, viewport }),
    [rowCount, viewport, heightOf],
  );
  /** The scroll position that we set; a scroll event that reports it is our own echo. */
  const expected = useRef(0);
  const current = useRef(top);
  const shownKey = useRef(key);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setViewport(element.clientHeight);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [scroller]);

  const moveTo = useCallback(
    (wish: number) => {
      const element = scroller.current;
      if (!element || viewport === 0) return;
      const next = Math.min(Math.max(0, wish), geometry.max());
      element.scrollTop = geometry.toScroll(next);
      expected.current = element.scrollTop;
      current.current = next;
      leftAt.set(key, next);
      setTop(next);
    },
    [key, geometry, viewport, scroller],
  );

  // The same row stays at the upper edge when the pane changes its size, and when a tab comes back.
  useLayoutEffect(() => {
    if (shownKey.current !== key) {
      shownKey.current = key;
      current.current = leftAt.get(key) ?? 0;
    }
    moveTo(current.current);
  }, [key, moveTo]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element || Math.abs(element.scrollTop - expected.current) < 1) return;
    expected.current = element.scrollTop;
    // The browser has moved the bar since the view has another height; that comes next, and keeps the rows.
    if (element.clientHeight !== viewport) return;
    const next = geometry.fromScroll(element.scrollTop);
    current.current = next;
    leftAt.set(key, next);
    setTop(next);
  }, [key, geometry, viewport, scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || !geometry.scaled) return;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      const unit = [1, ROW_HEIGHT, viewport][event.deltaMode] ?? 1;
      moveTo(geometry.move(current.current, event.deltaY * unit));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [geometry, viewport, moveTo, scroller]);

  return {
    top,
    viewport,
    height: geometry.height(),
    rows: viewport === 0 ? [] : geometry.rows(top, expected.current),
    moveTo,
    movePages: (pages) => moveTo(geometry.move(current.current, pages * (viewport - ROW_HEIGHT))),
    centre: (row) => moveTo(geometry.centre(row)),
    reveal: (row) => moveTo(geometry.reveal(current.current, row)),
    toEnd: () => moveTo(geometry.max()),
    isAtEnd: () => current.current >= geometry.max() - 0.5,
    onScroll,
  };
}
