import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { HeightOf } from './wrap-model';

/** Rows whose height is remembered; others are taken to be one line high until they are drawn. */
const MOST_HEIGHTS = 20_000;

/**
 * Heights of wrapped rows, measured as they are drawn; null while lines are not wrapped. A new function comes
 * whenever a height has changed, so what is computed of them is computed anew.
 */
export function useRowHeights(
  key: string,
  wrap: boolean,
  rowHeight: number,
  scroller: RefObject<HTMLElement | null>,
): HeightOf | null {
  const heights = useRef(new Map<number, number>());
  const measuredFor = useRef('');
  const [version, setVersion] = useState(0);

  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element || !wrap) return;
    // Another width wraps every line anew.
    const now = `${key}\n${element.clientWidth}`;
    let changed = measuredFor.current !== now;
    if (changed || heights.current.size > MOST_HEIGHTS) heights.current.clear();
    measuredFor.current = now;
    for (const row of element.querySelectorAll<HTMLElement>('[data-row]')) {
      // A row that waits for its text says nothing of its height.
      if (row.dataset.waiting !== undefined) continue;
      const index = Number(row.dataset.row) - 1;
      const height = row.offsetHeight;
      if (height > 0 && heights.current.get(index) !== height) {
        heights.current.set(index, height);
        changed = true;
      }
    }
    if (changed) setVersion((old) => old + 1);
  }, [key, wrap, scroller]);

  useLayoutEffect(measure);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !wrap) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [measure, wrap, scroller]);

  return useMemo(() => {
    void version;
    return wrap ? (row: number) => heights.current.get(row) ?? rowHeight : null;
  }, [wrap, rowHeight, version]);
}
