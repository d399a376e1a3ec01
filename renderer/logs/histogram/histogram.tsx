import 'uplot/dist/uPlot.min.css';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Histogram as Data } from '../../../engine/contract/log-views';
import type { LogDocument } from '../../../engine/contract/logs';
import { call } from '../../bridge';
import { formatCount } from '../../ui/format';
import { notify } from '../../ui/notices';
import { useDark } from '../../ui/theme';
import {
  type Filter,
  isEmpty,
  SEVERITIES,
  severityWord,
  toggleSeverity,
  toLogFilter,
} from '../filters/filter-model';
import { formatTime } from '../log-time';
import { jumpToLine } from '../logs-store';
import { SeverityMark } from '../severity-mark';
import { useAnswer } from '../use-answer';
import { applyFilter } from '../view-actions';
import { useLogView, viewOf } from '../view-store';
import { brushed, brushOf, bucketAt, bucketsFor, describeBuckets, lineOfBucket } from './histogram-model';
import { HistogramPlot } from './histogram-plot';

/** Lines over time by severity. A drag or Shift with arrows chooses a time, a click or Enter goes there. */
export function Histogram({ document }: { readonly document: LogDocument }) {
  const { id, lineCount, state } = document;
  const filter = useLogView(id, (view) => view.filter);
  const [width, setWidth] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  // The whole stretch stays in sight; what is chosen of it is marked in it.
  const base: Filter = { ...filter, time: null, lines: null };
  const buckets = bucketsFor(width);
  const topic = width === 0 ? null : JSON.stringify([id, buckets, base]);
  const { value, error, waiting } = useAnswer(id, topic, `${lineCount} ${state}`, async (signal) => {
    const list = isEmpty(base)
      ? null
      : await call('logs.filter', { id, filter: toLogFilter(base) }, { signal });
    return call('logs.histogram', { id, buckets, ...(list ? { view: list.view } : {}) }, { signal });
  });
  return (
    <section className="histogram" aria-label="Histogram">
      <div ref={frame} className="histogram-frame">
        {value && value.buckets.length > 0 ? (
          <Plot key={value.axis} id={id} data={value} width={width} />
        ) : (
          <p className="histogram-empty dim">
            {error ?? (waiting || !value ? 'Counting…' : 'No lines to draw.')}
          </p>
        )}
      </div>
      <Legend
        document={document}
        filter={filter}
        single={value && value.buckets.length === 1 ? value : null}
      />
    </section>
  );
}

function apply(id: string, filter: Filter): void {
  void applyFilter(id, filter).then((error) => error && notify(error, 'error'));
}

interface PlotProps {
  readonly id: string;
  readonly data: Data;
  readonly width: number;
}

function Plot({ id, data, width }: PlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<HistogramPlot | null>(null);
  const latest = useRef(data);
  latest.current = data;
  const filter = useLogView(id, (view) => view.filter);
  const dark = useDark();
  const [pointed, setPointed] = useState<number | null>(null);
  /** Buckets that the keyboard is on; `anchor` is where a range began. */
  const [focus, setFocus] = useState<{ readonly at: number; readonly anchor: number } | null>(null);

  useEffect(() => {
    if (!host.current) return;
    const made = new HistogramPlot(host.current, latest.current, host.current.clientWidth, {
      onBrush: (from, to) => {
        const now = latest.current;
        apply(id, brushed(viewOf(id).filter, now, bucketAt(now, from), bucketAt(now, to)));
      },
      onClick: (value) => {
        const line = lineOfBucket(latest.current, bucketAt(latest.current, value));
        if (line !== null) jumpToLine(id, line);
      },
      onPoint: (value) => setPointed(value === null ? null : bucketAt(latest.current, value)),
    });
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [id]);
  useEffect(() => plot.current?.update(data), [data]);
  useEffect(() => plot.current?.resize(width), [width]);
  useEffect(() => plot.current?.setBrush(brushOf(filter, data)), [filter, data]);
  useEffect(() => {
    const range = focus && { from: Math.min(focus.at, focus.anchor), to: Math.max(focus.at, focus.anchor) };
    plot.current?.setFocus(range);
  }, [focus]);
  useEffect(() => {
    void dark;
    plot.current?.redraw();
  }, [dark]);

  const last = data.buckets.length - 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const at = Math.min(focus?.at ?? 0, last);
    const moves: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageUp: at - 10,
      PageDown: at + 10,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      const next = Math.min(Math.max(0, to), last);
      setFocus({ at: next, anchor: event.shiftKey ? (focus?.anchor ?? at) : next });
    } else if (event.key === 'Enter' && focus) {
      const line = lineOfBucket(data, focus.at);
      if (focus.anchor !== focus.at) apply(id, brushed(filter, data, focus.anchor, focus.at));
      else if (line !== null) jumpToLine(id, line);
    } else if (event.key === 'Escape') apply(id, { ...filter, time: null, lines: null });
    else return;
    event.preventDefault();
  };
  const shown = pointed === null ? focus && [focus.anchor, focus.at] : [pointed, pointed];
  const text = shown ? describeBuckets(data, shown[0] ?? 0, shown[1] ?? 0) : '';
  return (
    <>
      <div
        ref={host}
        className="histogram-plot"
        role="slider"
        tabIndex={0}
        aria-label={data.axis === 'time' ? 'Lines over time' : 'Lines by line number'}
        aria-description="Arrows move, Shift with arrows chooses a range, Enter shows it, Escape shows all."
        aria-valuemin={1}
        aria-valuemax={last + 1}
        aria-valuenow={(focus?.at ?? 0) + 1}
        aria-valuetext={describeBuckets(data, focus?.anchor ?? 0, focus?.at ?? 0)}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          // A press of the pointer is not meant for the keyboard's place.
          if (event.currentTarget.matches(':focus-visible')) setFocus((old) => old ?? { at: 0, anchor: 0 });
        }}
        onBlur={() => setFocus(null)}
      />
      <p className="histogram-readout" aria-hidden="true">
        {text}
      </p>
    </>
  );
}

interface LegendProps {
  readonly document: LogDocument;
  readonly filter: Filter;
  /** All lines in one bucket: its moment is said in words. */
  readonly single: Data | null;
}

/** What the bars are, with counts over the whole log; each turns its severity on and off. */
function Legend({ document, filter, single }: LegendProps) {
  const { id, severities } = document;
  const start = single?.axis === 'time' ? single.buckets[0]?.start : undefined;
  return (
    <ul className="histogram-legend" aria-label="Severities">
      {SEVERITIES.filter((severity) => severities[severity] > 0).map((severity) => (
        <li key={severity}>
          <button
            type="button"
            className="legend-item"
            aria-pressed={filter.severities.includes(severity)}
            data-tip={`Show only ${severityWord(severity)}`}
            onClick={() => apply(id, toggleSeverity(filter, severity))}
          >
            <span className="swatch" data-severity={severity} aria-hidden="true" />
            <SeverityMark severity={severity} /> {severityWord(severity)} {formatCount(severities[severity])}
          </button>
        </li>
      ))}
      {start !== undefined && <li className="dim">All at {formatTime(start)}</li>}
    </ul>
  );
}
