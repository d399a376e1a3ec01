import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useDark } from '../../ui/theme';
import { formatTime, timeLabels } from '../log-time';
import type { ChartData } from './sql-model';

const HEIGHT = 240;
/** Colours and dashes: colour alone would not tell series apart. */
const SERIES = [
  { token: '--accent', dash: [] },
  { token: '--error', dash: [6, 3] },
  { token: '--good', dash: [2, 3] },
  { token: '--warning', dash: [8, 3, 2, 3] },
  { token: '--info', dash: [1, 2] },
  { token: '--text-dim', dash: [12, 4] },
] as const;

/** A result as lines over time or numbers, or as bars by category. The grid has the same numbers to be read. */
export function SqlChart({ chart }: { readonly chart: ChartData }) {
  const host = useRef<HTMLDivElement>(null);
  const dark = useDark();
  useEffect(() => {
    void dark;
    const element = host.current;
    if (!element) return;
    const plot = new uPlot(
      options(chart, element),
      [[...chart.x], ...chart.series.map(({ values }) => [...values])],
      element,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [chart, dark]);
  const names = chart.series.map(({ name }) => name).join(', ');
  return (
    <div ref={host} className="sql-chart" role="img" aria-label={`Chart of ${names} by ${chart.xName}`} />
  );
}

function options(chart: ChartData, element: HTMLElement): uPlot.Options {
  const colour = (token: string) => {
    const probe = document.createElement('span');
    probe.style.color = `var(${token})`;
    element.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const dim = colour('--text-dim');
  const line = colour('--line');
  const axis: uPlot.Axis = {
    stroke: dim,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1 },
    font: '11px system-ui, sans-serif',
  };
  const category = chart.kind === 'category';
  const label = (value: number) => (Number.isInteger(value) ? (chart.labels[value] ?? '') : '');
  const bars = category || chart.x.length === 1 ? uPlot.paths.bars?.({ size: [0.6, 60] }) : undefined;
  return {
    width: element.clientWidth,
    height: HEIGHT,
    ms: 1,
    tzDate: (ms) => uPlot.tzDate(new Date(ms), 'Etc/UTC'),
    scales: {
      x: {
        time: chart.kind === 'time',
        ...(category ? { range: (): [number, number] => [-0.6, chart.x.length - 0.4] } : {}),
      },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 80,
        values: (_plot, splits, _axis, _space, step) => {
          if (chart.kind === 'time') return timeLabels(splits, step);
          return category ? splits.map((value) => label(value).slice(0, 14)) : splits.map(String);
        },
      },
      { ...axis, size: 56 },
    ],
    series: [
      {
        label: chart.xName,
        value: (_plot, value: number | null) => {
          if (value === null) return '';
          if (chart.kind === 'time') return formatTime(value);
          return category ? label(value) : String(value);
        },
      },
      ...chart.series.map(({ name }, index): uPlot.Series => {
        const { token, dash } = SERIES[index % SERIES.length] ?? SERIES[0];
        const stroke = colour(token);
        return {
          label: name,
          stroke,
          width: 1.5,
          dash: [...dash],
          ...(bars ? { paths: bars, fill: `color-mix(in srgb, ${stroke} 35%, transparent)` } : {}),
        };
      }),
    ],
  };
}
