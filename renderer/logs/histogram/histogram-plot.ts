import uPlot from 'uplot';
import type { Histogram, Severity } from '../../../engine/contract/log-views';
import { formatCount } from '../../ui/format';
import { SEVERITIES } from '../filters/filter-model';
import { timeLabels } from '../log-time';
import { stepOf, totalOf } from './histogram-model';
import { severityFill, themeColours } from './severity-fill';

export interface PlotEvents {
  /** Buckets under the pointer's drag, as values of the axis. */
  readonly onBrush: (from: number, to: number) => void;
  readonly onClick: (value: number) => void;
  /** The value under the pointer; null when it has left. */
  readonly onPoint: (value: number | null) => void;
}

/** A shorter drag is a click that was not quite still. CSS px. */
const LEAST_BRUSH = 4;
const HEIGHT = 64;

/** The bars, on uPlot's canvas: its scales, axes and cursor; the stacks are drawn here. */
export class HistogramPlot {
  readonly #plot: uPlot;
  #histogram: Histogram;
  #brush: { readonly from: number | null; readonly to: number | null } | null = null;
  /** Buckets that the keyboard is on. */
  #focus: { readonly from: number; readonly to: number } | null = null;

  constructor(
    private readonly host: HTMLElement,
    histogram: Histogram,
    width: number,
    events: PlotEvents,
  ) {
    this.#histogram = histogram;
    const time = histogram.axis === 'time';
    const axis: uPlot.Axis = {
      stroke: () => themeColours(host).dim,
      grid: { show: false },
      ticks: { size: 3, stroke: () => themeColours(host).line },
      font: '11px system-ui, sans-serif',
    };
    this.#plot = new uPlot(
      {
        width,
        height: HEIGHT,
        ms: 1,
        tzDate: (ms) => uPlot.tzDate(new Date(ms), 'Etc/UTC'),
        legend: { show: false },
        padding: [4, 8, 0, 0],
        scales: {
          x: { time, range: () => this.#range() },
          y: { range: (_plot, _min, max) => [0, Math.max(1, max)] },
        },
        axes: [
          {
            ...axis,
            size: 20,
            gap: 2,
            space: 70,
            values: (_plot, splits, _axis, _space, step) =>
              time ? timeLabels(splits, step) : splits.map((value) => formatCount(value)),
          },
          {
            ...axis,
            size: 46,
            gap: 3,
            space: 22,
            values: (_plot, splits) =>
              splits.map((value) => (Number.isInteger(value) ? shortCount(value) : '')),
          },
        ],
        series: [{}, { paths: () => null, points: { show: false } }],
        cursor: {
          y: false,
          points: { show: false },
          drag: { x: true, y: false, setScale: false, dist: LEAST_BRUSH },
        },
        hooks: {
          draw: [() => this.#draw()],
          setCursor: [
            (plot) => {
              const { left } = plot.cursor;
              events.onPoint(left === undefined || left < 0 ? null : plot.posToVal(left, 'x'));
            },
          ],
          setSelect: [
            (plot) => {
              const { left, width: wide } = plot.select;
              if (wide < LEAST_BRUSH) return;
              events.onBrush(plot.posToVal(left, 'x'), plot.posToVal(left + wide, 'x'));
            },
          ],
        },
      },
      this.#data(),
      host,
    );
    let pressedAt = 0;
    this.#plot.over.addEventListener('mousedown', (event) => {
      pressedAt = event.clientX;
    });
    this.#plot.over.addEventListener('click', (event) => {
      if (Math.abs(event.clientX - pressedAt) >= LEAST_BRUSH) return;
      const { left } = this.#plot.over.getBoundingClientRect();
      events.onClick(this.#plot.posToVal(event.clientX - left, 'x'));
    });
  }

  update(histogram: Histogram): void {
    this.#histogram = histogram;
    this.#plot.setData(this.#data());
    this.#showBrush();
  }

  resize(width: number): void {
    this.#plot.setSize({ width, height: HEIGHT });
    this.#showBrush();
  }

  /** Marks a part of the axis as chosen. */
  setBrush(brush: { readonly from: number | null; readonly to: number | null } | null): void {
    this.#brush = brush;
    this.#showBrush();
  }

  setFocus(focus: { readonly from: number; readonly to: number } | null): void {
    this.#focus = focus;
    this.#plot.redraw(false);
  }

  /** Colours may be others now. */
  redraw(): void {
    this.#plot.redraw(false);
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #data(): uPlot.AlignedData {
    const { buckets } = this.#histogram;
    return [buckets.map(({ start }) => start), buckets.map(totalOf)];
  }

  #range(): [number, number] {
    const { buckets } = this.#histogram;
    const first = buckets[0]?.start ?? 0;
    return [first, (buckets.at(-1)?.start ?? first) + stepOf(this.#histogram)];
  }

  #showBrush(): void {
    const { over } = this.#plot;
    const [low, high] = this.#range();
    const brush = this.#brush ?? { from: low, to: low };
    const left = this.#plot.valToPos(Math.max(low, brush.from ?? low), 'x');
    const right = this.#plot.valToPos(Math.min(high, brush.to ?? high), 'x');
    // A chosen part that is outside of what is drawn has no width.
    const width = Math.max(0, right - left);
    this.#plot.setSelect({ left, top: 0, width, height: over.clientHeight }, false);
  }

  #draw(): void {
    const { ctx, bbox } = this.#plot;
    const step = stepOf(this.#histogram);
    const unit = devicePixelRatio;
    const bottom = bbox.top + bbox.height;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    const fills = new Map(SEVERITIES.map((severity) => [severity, severityFill(ctx, severity, this.host)]));
    this.#histogram.buckets.forEach((bucket, index) => {
      const left = this.#plot.valToPos(bucket.start, 'x', true);
      const right = this.#plot.valToPos(bucket.start + step, 'x', true);
      const gap = right - left > 4 * unit ? unit : 0;
      let base = bottom;
      SEVERITIES.forEach((severity: Severity, place) => {
        const count = bucket.counts[place] ?? 0;
        if (count === 0) return;
        // However few they are among the others, errors and warnings are to be seen.
        const least = place < 3 ? 3 * unit : unit;
        const height = Math.max(least, bottom - this.#plot.valToPos(count, 'y', true));
        ctx.fillStyle = fills.get(severity) ?? '';
        ctx.fillRect(left, base - height, Math.max(unit, right - left - gap), height);
        base -= height;
      });
      if (this.#focus && index >= this.#focus.from && index <= this.#focus.to) {
        ctx.fillStyle = themeColours(this.host).focus;
        ctx.fillRect(left, bbox.top, Math.max(2 * unit, right - left), 2 * unit);
        ctx.fillRect(left, bottom - 2 * unit, Math.max(2 * unit, right - left), 2 * unit);
      }
    });
    ctx.restore();
  }
}

function shortCount(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toFixed(1))} M`;
  return value >= 1e4 ? `${Number((value / 1e3).toFixed(1))} k` : formatCount(value);
}
