import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { LogDocument } from '../../engine/contract/logs';
import { call } from '../bridge';
import { notifyError } from '../ui/notices';
import { LogRow } from './log-row';
import { useLogs } from './logs-store';
import { PageCache } from './page-cache';
import { selectLines } from './selected-lines';
import { ROW_HEIGHT, useLogWindow } from './use-log-window';
import { contentHeight, drawnLines, rowOffset, topToCentre, topToReveal } from './window-model';

const OVERSCAN = 8;

interface LogListProps {
  readonly document: LogDocument;
  readonly onGoToLine: () => void;
}

/** The lines of a log. Only those in view exist as elements, whatever the length of the log. */
export function LogList({ document, onGoToLine }: LogListProps) {
  const { id, lineCount, name } = document;
  const scroller = useRef<HTMLDivElement>(null);
  const { shape, top, moveTo, onScroll } = useLogWindow(id, lineCount, scroller);
  const [current, setCurrent] = useState(1);
  const highlighted = useJump(
    id,
    (line) => {
      setCurrent(line);
      moveTo(topToCentre(shape, line));
    },
    shape.viewport > 0,
  );
  const rowId = useId();
  /** Characters of the longest line seen so far: rows are that wide, so the bar below does not jump about. */
  const widest = useRef(0);

  const cache = useMemo(
    () => new PageCache((from, count) => call('logs.lines', { id, from, count }), notifyError),
    [id],
  );
  useSyncExternalStore(cache.subscribe, cache.version);
  const { first, last } = drawnLines(shape, top, OVERSCAN);
  useEffect(() => cache.want({ first, last }), [cache, first, last]);

  const goTo = useCallback(
    (wish: number) => {
      const line = Math.min(Math.max(1, wish), lineCount);
      setCurrent(line);
      selectLines(id, line, line);
      moveTo(topToReveal(shape, top, line));
    },
    [id, lineCount, shape, top, moveTo],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'c' && (event.ctrlKey || event.metaKey) && getSelection()?.isCollapsed !== false) {
      const text = cache.line(current)?.text;
      if (text !== undefined) call('clipboard.write', { text }).catch(notifyError);
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(shape.viewport / ROW_HEIGHT) - 1);
    const moves: Record<string, number> = {
      ArrowUp: current - 1,
      ArrowDown: current + 1,
      PageUp: current - page,
      PageDown: current + page,
      Home: 1,
      End: lineCount,
    };
    const line = moves[event.key];
    if (line !== undefined) goTo(line);
    else if (event.key === 'g') onGoToLine();
    else return;
    event.preventDefault();
  };

  const onSelect = useCallback(
    (line: number) => {
      setCurrent(line);
      // The end of a selection by pointer is a click too.
      if (getSelection()?.isCollapsed !== false) selectLines(id, line, line);
    },
    [id],
  );

  const rows = [];
  for (let number = first; number <= last; number++) {
    widest.current = Math.max(widest.current, cache.line(number)?.text.length ?? 0);
  }
  for (let number = first; number <= last; number++) {
    rows.push(
      <LogRow
        key={number}
        id={`${rowId}-${number}`}
        number={number}
        offset={rowOffset(shape, top, number)}
        line={cache.line(number)}
        current={number === current}
        highlighted={number === highlighted}
        onSelect={onSelect}
      />,
    );
  }
  const digits = String(lineCount).length;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot hold millions of rows that are not there
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      className="log-list"
      data-document={id}
      style={{ '--digits': `${digits}ch`, '--text': `${widest.current}ch` } as React.CSSProperties}
      aria-label={`Lines of ${name}`}
      aria-rowcount={lineCount}
      aria-activedescendant={current >= first && current <= last ? `${rowId}-${current}` : undefined}
      data-pane-focus=""
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div className="log-content" role="presentation" style={{ height: contentHeight(shape) }}>
        {rows}
      </div>
    </div>
  );
}

/** Lists come and go with tabs; a jump is carried out by one of them only. */
let lastJump = 0;

/** Carries out jumps to lines of this log, once each; returns the line that is marked. */
function useJump(id: string, show: (line: number) => void, ready: boolean): number | null {
  const jump = useLogs((state) => (state.jump?.id === id ? state.jump : null));
  useEffect(() => {
    if (!jump || !ready || jump.serial === lastJump) return;
    lastJump = jump.serial;
    show(jump.line);
  });
  return jump?.line ?? null;
}
