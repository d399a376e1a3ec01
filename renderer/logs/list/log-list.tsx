import {
  type MouseEvent,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { LogDocument } from '../../../engine/contract/logs';
import { Menu } from '../../ui/menu';
import { useBookmarks } from '../bookmarks/bookmarks-store';
import { cursorOf, setCursor, useCursor } from '../cursor-store';
import { readerOf } from '../line-lists';
import { useLogOptions } from '../log-options';
import { isJumpShown, jumpShown, lineAhead, useLogs } from '../logs-store';
import { placeNear } from '../places';
import { markerFor } from '../search/text-marks';
import { selectLines } from '../selected-lines';
import { changeView, say, shownList, useLogView, viewOf } from '../view-store';
import { copyLines } from './copy-lines';
import { type ListAction, setListRunner } from './list-runner';
import { LogRow } from './log-row';
import { useRowHeights } from './row-heights';
import { rowMenu } from './row-menu';
import { TrackMarks } from './track-marks';
import { ROW_HEIGHT, useLogWindow } from './use-log-window';
import { fetchShown, listKey, useRows } from './use-rows';
import { useTrackPlaces } from './use-track-places';
import { WholeLine } from './whole-line';

/** The lines of a log, all or filtered. Only those in view exist as elements, whatever the length of the log. */
export function LogList({ document }: { readonly document: LogDocument }) {
  const { id, lineCount, name, sources } = document;
  const { wrap, times } = useLogOptions();
  const list = useLogView(id, shownList);
  const key = useLogView(id, listKey);
  const query = useLogView(id, (view) => (view.search.found ? view.search.query : null));
  const atEnd = useLogView(id, (view) => view.atEnd);
  const cursor = useCursor(id);
  const bookmarks = useBookmarks(id);
  const rowCount = list ? list.rows : lineCount;
  const scroller = useRef<HTMLDivElement>(null);
  const windowKey = `${id}\n${key}`;
  const heightOf = useRowHeights(`${windowKey}\n${times}`, wrap, ROW_HEIGHT, scroller);
  const view = useLogWindow(windowKey, rowCount, scroller, heightOf);
  const latest = useRef(view);
  latest.current = view;
  const rowId = useId();
  const [menuAt, setMenuAt] = useState<{ x: number; y: number; row: number } | null>(null);
  const [whole, setWhole] = useState<number | null>(null);
  /** Characters of the longest line seen so far: rows are that wide, so the bar below does not jump about. */
  const widest = useRef(0);

  const cache = useRows(id, key, rowCount, list?.view ?? null);
  const first = view.rows[0]?.row ?? 1;
  const last = view.rows.at(-1)?.row ?? 0;
  useEffect(() => cache.want({ first, last }), [cache, first, last]);
  const marker = useMemo(() => (query ? markerFor(query) : null), [query]);
  const marked = useMemo(() => new Set(bookmarks.map(({ line }) => line)), [bookmarks]);
  const track = useTrackPlaces(id, lineCount);

  /** Makes a row current; its line is known once it is here. */
  const place = useCallback(
    (row: number, line: number | undefined, extend = false) => {
      const { anchor, line: before } = cursorRef.current;
      const from = extend ? anchor : row;
      setCursor(id, { list: key, row, line: line ?? (list ? before : row), anchor: from });
      selectLines(id, from, row, list?.view ?? null);
    },
    [id, key, list],
  );
  const cursorRef = useRef(cursor);
  cursorRef.current = cursor;

  const highlighted = useJump(id, list, view.viewport > 0, (row, line) => {
    place(row, line);
    latest.current.centre(row);
  });
  useKeepPlace(id, key, list, (row, line) => {
    setCursor(id, { list: key, row, line, anchor: row });
    latest.current.centre(row);
  });
  const placed = cursor.list === key;
  const currentLine = list ? cache.row(cursor.row)?.number : cursor.row;
  useEffect(() => {
    if (placed && currentLine !== undefined && currentLine !== cursor.line)
      setCursor(id, { ...cursor, line: currentLine });
  }, [id, placed, cursor, currentLine]);

  const following = document.state === 'following';
  useLayoutEffect(() => {
    void rowCount;
    void heightOf;
    if (atEnd && following) latest.current.toEnd();
  }, [atEnd, following, rowCount, heightOf]);
  useEffect(() => {
    void view.top;
    const end = latest.current.isAtEnd();
    if (end !== viewOf(id).atEnd) changeView(id, { atEnd: end });
  }, [id, view.top]);

  const goTo = (wish: number, extend: boolean) => {
    const row = Math.min(Math.max(1, wish), rowCount);
    place(row, cache.row(row)?.number, extend);
    view.reveal(row);
  };
  const goPages = (pages: number, extend: boolean) => {
    const page = Math.max(1, Math.floor(view.viewport / ROW_HEIGHT) - 1);
    if (wrap) view.movePages(pages);
    goTo(cursor.row + pages * page, extend);
  };
  const openMenu = (row: number) => {
    const element = window.document.getElementById(`${rowId}-${row}`);
    const box = (element ?? scroller.current)?.getBoundingClientRect();
    const pane = scroller.current?.getBoundingClientRect();
    if (box && pane) setMenuAt({ x: pane.left + 90, y: Math.min(box.bottom, pane.bottom), row });
  };
  const copy = (numbered: boolean) => {
    const { row, anchor } = cursor;
    const fetchRows = (from: number, count: number) => fetchShown(id, key, from, count);
    void copyLines(fetchRows, Math.min(row, anchor), Math.max(row, anchor), numbered).then((message) =>
      say(id, message),
    );
  };

  const run = (action: ListAction, extend: boolean) => {
    switch (action) {
      case 'up':
        goTo(cursor.row - 1, extend);
        break;
      case 'down':
        goTo(cursor.row + 1, extend);
        break;
      case 'pageUp':
        goPages(-1, extend);
        break;
      case 'pageDown':
        goPages(1, extend);
        break;
      case 'top':
        goTo(1, extend);
        break;
      case 'end':
        goTo(rowCount, extend);
        view.toEnd();
        break;
      case 'selectAll':
        setCursor(id, { ...cursor, list: key, row: rowCount, anchor: 1 });
        selectLines(id, 1, rowCount, list?.view ?? null);
        break;
      case 'copy':
      case 'copyNumbered':
        copy(action === 'copyNumbered');
        break;
      case 'menu':
        openMenu(cursor.row);
        break;
      case 'whole':
        setWhole(cursor.row);
        break;
    }
  };
  const latestRun = useRef(run);
  latestRun.current = run;
  useEffect(() => setListRunner((action, extend) => latestRun.current(action, extend)), []);

  const onPress = useCallback(
    (row: number, event: MouseEvent) => {
      const { row: current, anchor } = cursorRef.current;
      const inSelection = row >= Math.min(current, anchor) && row <= Math.max(current, anchor);
      if (event.button === 2 && inSelection) return;
      if (event.button > 2 || event.button === 1) return;
      place(row, cache.row(row)?.number, event.shiftKey);
      const inGutter = event.target instanceof Element && event.target.closest('.log-gutter');
      if (event.button !== 0 || !(inGutter || event.shiftKey)) return;
      // Whole lines are wanted, not text.
      event.preventDefault();
      getSelection()?.removeAllRanges();
      scroller.current?.focus();
      if (inGutter) dragRows((over) => place(over, cache.row(over)?.number, true));
    },
    [cache, place],
  );
  const closeMenu = useCallback(() => setMenuAt(null), []);
  const onWhole = useCallback((row: number) => setWhole(row), []);

  for (const { row } of view.rows)
    widest.current = Math.max(widest.current, Math.min(cache.row(row)?.text.length ?? 0, 2100));
  const [low, high] = [Math.min(cursor.row, cursor.anchor), Math.max(cursor.row, cursor.anchor)];
  const style = {
    '--digits': `${String(lineCount).length}ch`,
    '--text': wrap ? '0px' : `${widest.current}ch`,
  } as React.CSSProperties;
  return (
    <div className="log-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot hold millions of rows that are not there */}
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        className="log-list"
        data-wrap={wrap || undefined}
        data-document={id}
        data-view={list?.view}
        style={style}
        aria-label={`Lines of ${name}`}
        aria-multiselectable="true"
        aria-rowcount={rowCount}
        aria-activedescendant={
          cursor.row >= first && cursor.row <= last ? `${rowId}-${cursor.row}` : undefined
        }
        data-pane-focus=""
        data-keys="lines"
        onScroll={view.onScroll}
        onContextMenu={(event) => {
          event.preventDefault();
          const over = event.target instanceof Element && event.target.closest<HTMLElement>('[data-row]');
          const row = over ? Number(over.dataset.row) : cursor.row;
          setMenuAt({ x: event.clientX, y: event.clientY, row });
        }}
      >
        <div className="log-content" role="presentation" style={{ height: view.height }}>
          {view.rows.map(({ row, y }) => {
            const line = cache.row(row);
            return (
              <LogRow
                key={row}
                id={`${rowId}-${row}`}
                row={row}
                offset={y}
                line={line}
                current={placed && row === cursor.row}
                selected={placed && row >= low && row <= high}
                highlighted={line !== undefined && line.number === highlighted}
                bookmarked={line !== undefined && marked.has(line.number)}
                joined={
                  cache.row(row + 1)?.continues === true && isNext(line?.number, cache.row(row + 1)?.number)
                }
                source={sources.length > 1 ? (sources[line?.source ?? 0]?.name ?? '') : null}
                times={times}
                marker={marker}
                onPress={onPress}
                onWhole={onWhole}
              />
            );
          })}
        </div>
      </div>
      <TrackMarks matches={track.matches} bookmarks={track.bookmarks} />
      {menuAt && (
        <Menu
          label={`Line ${cache.row(menuAt.row)?.number ?? menuAt.row}`}
          at={menuAt}
          onClose={closeMenu}
          groups={rowMenu({
            id,
            line: cache.row(menuAt.row),
            selected: high - low + 1,
            bookmarked: marked.has(cache.row(menuAt.row)?.number ?? 0),
            filtered: list !== null,
            copy,
            showWhole: () => setWhole(menuAt.row),
          })}
        />
      )}
      {whole !== null && <WholeLine id={id} line={cache.row(whole)} onClose={() => setWhole(null)} />}
    </div>
  );
}

function isNext(line: number | undefined, next: number | undefined): boolean {
  return line !== undefined && next === line + 1;
}

/** Follows the pointer over rows until the button is let go. */
function dragRows(onRow: (row: number) => void): void {
  const onMove = (event: globalThis.MouseEvent) => {
    const over = window.document.elementFromPoint(event.clientX, event.clientY);
    const row = Number(over?.closest<HTMLElement>('[data-row]')?.dataset.row);
    if (row > 0) onRow(row);
  };
  const onUp = () => {
    window.removeEventListener('mousemove', onMove);
    window.removeEventListener('mouseup', onUp);
  };
  window.addEventListener('mousemove', onMove);
  window.addEventListener('mouseup', onUp);
}

type Show = (row: number, line: number) => void;
type List = ReturnType<typeof shownList>;

/** Carries out jumps to lines of this log, once each; returns the line that is marked. */
function useJump(id: string, list: List, ready: boolean, show: Show): number | null {
  const jump = useLogs((state) => (state.jump?.id === id ? state.jump : null));
  const [marked, setMarked] = useState<number | null>(jump?.line ?? null);
  const under = useRef<unknown>(null);
  useEffect(() => {
    if (!jump || !ready || isJumpShown(jump) || under.current === jump) return;
    const { line: wanted } = jump;
    const arrive = (row: number, line: number) => {
      setMarked(line);
      show(row, line);
      jumpShown(jump);
    };
    if (!list) return arrive(wanted, wanted);
    under.current = jump;
    placeNear(readerOf(id, list), wanted).then(
      (found) => {
        if (!found) {
          jumpShown(jump);
          return say(id, 'No line passes the filter.');
        }
        arrive(found.row, found.line);
        if (found.line !== wanted)
          say(id, `Line ${wanted} is filtered out; the nearest one that is shown is ${found.line}.`);
      },
      // The list was let go; once it is there again, the jump is carried out on it.
      () => {
        under.current = null;
      },
    );
  });
  return marked;
}

/** When another list is shown, the current line stays current, or the one nearest to it. */
function useKeepPlace(id: string, key: string, list: List, show: Show): void {
  const placing = useRef<string | null>(null);
  const cursor = useCursor(id);
  useEffect(() => {
    if (cursor.list === key || placing.current === key) return;
    // A jump goes to a place of its own.
    if (!list) return show(lineAhead(id) ?? cursor.line, lineAhead(id) ?? cursor.line);
    placing.current = key;
    placeNear(readerOf(id, list), lineAhead(id) ?? cursor.line)
      .then(
        // The person may have gone somewhere in the list meanwhile.
        (found) => found && cursorOf(id).list !== key && show(found.row, found.line),
        () => undefined,
      )
      .finally(() => {
        placing.current = null;
      });
  });
}
