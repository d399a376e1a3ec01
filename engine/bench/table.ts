import { type BenchReport, type BenchRow, type MachineFacts, RIVAL } from './rows';
import { short } from './statistics';

interface Column {
  readonly title: string;
  cell(row: BenchRow, rival: BenchRow | undefined): string;
}

const number = (value: number | null) => (value === null ? '-' : short(value));

/** `a` against `b` as a factor, e.g. 1.50x; '-' where one is missing. */
function factor(a: number | null | undefined, b: number | null | undefined): string {
  return a == null || b == null || b === 0 ? '-' : `${(a / b).toFixed(2)}x`;
}

/** Ratios are speeds against llama.cpp at the same context: above 1 is faster. */
const COLUMNS: readonly Column[] = [
  { title: 'context', cell: (row) => String(row.context) },
  { title: 'contender', cell: (row) => row.contender },
  { title: 'decode ms', cell: (row) => number(row.decodeMsPerToken) },
  { title: 'speed', cell: (row, rival) => factor(rival?.decodeMsPerToken, row.decodeMsPerToken) },
  { title: 'prefill t/s', cell: (row) => number(row.prefillTokensPerSecond) },
  { title: 'speed', cell: (row, rival) => factor(row.prefillTokensPerSecond, rival?.prefillTokensPerSecond) },
  { title: 'attention ms', cell: (row) => number(row.attentionMsPerToken) },
  { title: 'cache', cell: (row) => row.cache },
  { title: 'B/token', cell: (row) => String(row.cacheBytesPerToken) },
  { title: 'MB', cell: (row) => String(row.residentMB) },
  { title: 'setting', cell: (row) => row.setting },
];

/** The rows as text in columns, numbers to the right, ordered by context. */
export function tableText({ rows, notes, machine }: BenchReport): string {
  const ordered = [...rows].sort((a, b) => a.context - b.context);
  const rivalAt = new Map(rows.filter((row) => row.contender === RIVAL).map((row) => [row.context, row]));
  const cells = [
    COLUMNS.map(({ title }) => title),
    ...ordered.map((row) => COLUMNS.map(({ cell }) => cell(row, rivalAt.get(row.context)))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const isText = (column: number) => ['contender', 'cache', 'setting'].includes(COLUMNS[column]?.title ?? '');
  const lines = cells.map((line) =>
    line
      .map((cell, column) =>
        isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return [machineText(machine), `Speeds are against ${RIVAL} at the same context.`, '', ...lines]
    .concat(notes === '' ? [] : ['', notes])
    .join('\n');
}

function machineText(machine: MachineFacts): string {
  const { cpu, cores, threads, memoryGB, bandwidthGBps, node, onnxruntime, nodeLlamaCpp } = machine;
  const { oneThread, twoThreads } = bandwidthGBps;
  return [
    `${cpu}, ${cores} processors, ${threads} threads used, ${memoryGB} GB, triad ${oneThread} GB/s (2 threads: ${twoThreads})`,
    `Node ${node}, onnxruntime ${onnxruntime}, node-llama-cpp ${nodeLlamaCpp ?? 'not there'}`,
  ].join('; ');
}
