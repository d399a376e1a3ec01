import { useEffect, useRef, useState } from 'react';
import type { LogDocument } from '../../engine/contract/logs';
import { SplitView } from '../ui/split-view';
import { loadBookmarks } from './bookmarks/bookmarks-store';
import { DiagnoseForm } from './diagnose-form';
import { FilterBar } from './filters/filter-bar';
import { FilterForm } from './filters/filter-form';
import { GoTo } from './go-to';
import { Histogram } from './histogram/histogram';
import { KeysHelp } from './keys-help';
import { LogList } from './list/log-list';
import { LogFoot } from './log-foot';
import { useLogOptions } from './log-options';
import { LogPanel } from './log-panel';
import { LogSummary } from './log-summary';
import { LogToolbar } from './log-toolbar';
import { useLogs, watchDocument } from './logs-store';
import { PanelTabs } from './panel-tabs';
import { SearchBar } from './search/search-bar';
import { refreshLists } from './view-actions';
import { changeView, showPanel, useLogView } from './view-store';

/** Narrower than this, lines and panel take turns. CSS px. */
const SIDE_BY_SIDE = 680;
/** Lower than this, the histogram makes room for the lines: with nothing else above them, and with each bar. */
const ROOM_FOR_HISTOGRAM = 330;
const BAR = { search: 38, goTo: 38, filter: 130, wrapped: 62 };
/** Narrower than this, tools and question stand in rows of their own. */
const ONE_ROW = 640;

/** One open log: counts, tools, question, lines, and a panel beside them. */
export function LogView({ document }: { readonly document: LogDocument }) {
  const { id, lineCount } = document;
  const asking = useLogView(id, (view) => view.asking);
  const helping = useLogView(id, (view) => view.helping);
  const filtering = useLogView(id, (view) => view.filtering);
  const frame = useRef<HTMLDivElement>(null);
  const { width, height } = useRoom(frame);
  const narrow = width < SIDE_BY_SIDE;
  const { histogram } = useLogOptions();
  const searching = useLogView(id, (view) => view.search.open);
  const panel = useLogView(id, (view) => view.panel);
  const front = useLogView(id, (view) => view.front);
  const jump = useLogs((state) => (state.jump?.id === id ? state.jump : null));

  useEffect(() => void loadBookmarks(id), [id]);
  useGrowth(document);
  // A citation leads to the lines, so they have to be in front.
  useEffect(() => {
    if (jump) changeView(id, { front: 'lines' });
  }, [id, jump]);

  const bars =
    (searching ? BAR.search : 0) +
    (asking ? BAR.goTo : 0) +
    (filtering ? BAR.filter : 0) +
    (width < ONE_ROW ? BAR.wrapped : 0);
  // A panel that has the lines' place has no use for it.
  const panelInFront = narrow && panel !== null && front === 'panel';
  const low = height < ROOM_FOR_HISTOGRAM + bars || panelInFront;
  const lines =
    lineCount > 0 ? (
      <LogList document={document} />
    ) : (
      <p className="logs-empty dim">
        {document.state === 'ready' ? 'This log has no lines.' : 'No lines yet.'}
      </p>
    );
  const beside = panel && <LogPanel document={document} name={panel} />;
  return (
    <div ref={frame} className="log-view">
      <LogSummary document={document} tools={<LogToolbar document={document} />} />
      <div className="log-bar">
        <PanelTabs document={document} turns={narrow} />
        <DiagnoseForm document={document} onStart={() => showPanel(id, 'diagnosis')} />
      </div>
      {asking && <GoTo document={document} onClose={() => changeView(id, { asking: false })} />}
      {searching && <SearchBar id={id} />}
      {filtering && <FilterForm document={document} />}
      {!panelInFront && <FilterBar id={id} lineCount={lineCount} />}
      {histogram && !low && lineCount > 0 && <Histogram document={document} />}
      <div className="log-body">
        {narrow ? (
          panelInFront ? (
            beside
          ) : (
            lines
          )
        ) : (
          <SplitView
            id="diagnosis"
            label="Resize the panel"
            direction="row"
            initial={0.52}
            minFirst={220}
            minSecond={260}
            first={lines}
            second={beside}
          />
        )}
      </div>
      <LogFoot document={document} />
      {helping && <KeysHelp onClose={() => changeView(id, { helping: false })} />}
    </div>
  );
}

/** A log that grows is made anew not more often than this. */
const REFRESH_MS = 1500;

/** Hears of growth, and makes filtered lists and matches anew over what has come. */
function useGrowth({ id, state, lineCount }: LogDocument): void {
  const growing = state !== 'ready';
  useEffect(() => (growing ? watchDocument(id) : undefined), [id, growing]);
  const known = useRef(lineCount);
  const latest = useRef(lineCount);
  latest.current = lineCount;
  const busy = useRef(false);
  useEffect(() => {
    if (known.current === lineCount || busy.current) return;
    busy.current = true;
    const refresh = async () => {
      while (known.current !== latest.current) {
        known.current = latest.current;
        await refreshLists(id);
        await new Promise((resolve) => setTimeout(resolve, REFRESH_MS));
      }
      busy.current = false;
    };
    void refresh();
  }, [id, lineCount]);
}

/** Size of the view; endless before it is known. */
function useRoom(element: React.RefObject<HTMLElement | null>): { width: number; height: number } {
  const [room, setRoom] = useState({ width: Infinity, height: Infinity });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      // Without a width it is behind another pane.
      if (width > 0) setRoom({ width, height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return room;
}
