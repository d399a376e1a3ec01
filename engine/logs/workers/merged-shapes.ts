import { Severity } from '../../contract/log-views';
import { logHabits, RecordJoiner } from '../records/record-joiner';
import type { Shape } from '../templates/shape-table';
import type { PooledChunk } from './scan-pool';

/** Severities are stored as their place in the contract's list: 0 is the worst. */
export const severityCode = Object.fromEntries(
  Severity.options.map((severity, index) => [severity, index]),
) as Readonly<Record<Severity, number>>;

/** Distinct shapes of a log, which several scanners may come to, each with its own limit; past it, by severity only. */
const SHAPE_LIMIT = 250_000;

/** Lines of a chunk, in the numbers of the whole log. Arrays have one entry a line. */
export interface MergedLines {
  readonly firstLine: number;
  readonly lines: number;
  readonly shapes: Uint32Array<ArrayBuffer>;
  /** Places in the contract's list of severities. */
  readonly severities: Uint8Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  /** 1 where a line continues the record that an earlier one began. */
  readonly continues: Uint8Array<ArrayBuffer>;
}

/** Counts by shape, and the moments that the log spans. */
export interface CountedBefore {
  readonly counts: readonly number[];
  readonly firstLines: readonly number[];
  readonly lastLines: readonly number[];
  readonly time: { readonly from: number; readonly to: number } | null;
}

/**
 * Puts together what several scanners say, chunk by chunk in the order of the log: one numbering of shapes, in the
 * order in which they first occur, and counts of every line.
 */
export class MergedShapes {
  readonly shapes: Shape[] = [];
  counts = new Uint32Array(1024);
  firstLines = new Uint32Array(1024);
  lastLines = new Uint32Array(1024);
  lines = 0;
  /** Lines by severity, in the order of the contract's list. */
  readonly severities = new Uint32Array(Severity.options.length);
  /** First and last moment of a line; infinite where no line has one. */
  from = Number.POSITIVE_INFINITY;
  to = Number.NEGATIVE_INFINITY;

  /** Made of the first lines, which tell how the log is written. */
  private joiner: RecordJoiner | null = null;
  private readonly byText = new Map<string, number>();
  private codes = new Uint8Array(1024);
  /** Shape by scanner and by the number that it gave. */
  private readonly maps: number[][] = [];

  /** Takes over what was counted before; `shapes` and the arrays beside them in the order of their numbers. */
  restore(shapes: readonly Shape[], counted: CountedBefore): void {
    for (const shape of shapes) this.append(shape);
    this.counts.set(counted.counts);
    this.firstLines.set(counted.firstLines);
    this.lastLines.set(counted.lastLines);
    counted.counts.forEach((count, shape) => {
      const code = this.codes[shape] as number;
      this.severities[code] = (this.severities[code] as number) + count;
      this.lines += count;
    });
    if (counted.time) {
      this.from = counted.time.from;
      this.to = counted.time.to;
    }
  }

  /** @param source place in the log's sources of all lines, or of each */
  add(
    { scanner, newShapes, shapes, times, roles, lines }: PooledChunk,
    source: number | Uint8Array,
  ): MergedLines {
    const map = this.maps[scanner] ?? [];
    this.maps[scanner] = map;
    for (const shape of newShapes) map.push(this.idOf(shape));
    const firstLine = this.lines + 1;
    const severities = new Uint8Array(lines);
    const { counts, firstLines, lastLines, codes } = this;
    for (let line = 0; line < lines; line++) {
      const shape = map[shapes[line] as number] as number;
      const number = firstLine + line;
      shapes[line] = shape;
      if (counts[shape] === 0) firstLines[shape] = number;
      counts[shape] = (counts[shape] as number) + 1;
      lastLines[shape] = number;
      const code = codes[shape] as number;
      severities[line] = code;
      this.severities[code] = (this.severities[code] as number) + 1;
    }
    if (lines > 0) this.joiner ??= new RecordJoiner(logHabits(roles, times, lines), this.lines);
    const continues = new Uint8Array(lines);
    for (let line = 0; line < lines; line++) {
      const time = times[line] as number;
      if (time < this.from) this.from = time;
      if (time > this.to) this.to = time;
      const from = typeof source === 'number' ? source : (source[line] as number);
      continues[line] = this.joiner?.continues(roles[line] as number, !Number.isNaN(time), from) ? 1 : 0;
    }
    this.lines += lines;
    return { firstLine, lines, shapes, severities, times, continues };
  }

  private idOf(shape: Shape): number {
    const limited = this.shapes.length < SHAPE_LIMIT ? shape : { ...shape, masked: '<*>' };
    return this.byText.get(textOf(shape)) ?? this.byText.get(textOf(limited)) ?? this.append(limited);
  }

  private append(shape: Shape): number {
    const id = this.shapes.push(shape) - 1;
    this.byText.set(textOf(shape), id);
    if (id >= this.counts.length) {
      this.counts = grown(this.counts);
      this.firstLines = grown(this.firstLines);
      this.lastLines = grown(this.lastLines);
      const codes = new Uint8Array(this.codes.length * 2);
      codes.set(this.codes);
      this.codes = codes;
    }
    this.codes[id] = severityCode[shape.severity];
    return id;
  }
}

function textOf({ severity, masked }: Shape): string {
  return `${severity} ${masked}`;
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
