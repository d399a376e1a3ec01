import { lowestOf } from './order';

export interface Outlier {
  readonly line: number;
  readonly value: number;
  /** Half, and 95 %, of the values are at most these, to about 1 %. */
  readonly median: number;
  readonly p95: number;
}

/** Fewer values say nothing of what is usual. */
const LEAST_VALUES = 40;
/** How far from the median, in robust deviations of the logarithm, and how many times the 95th percentile. */
const DEVIATIONS = 6;
const LIFT = 3;
/** Least deviation of the logarithm: values that hardly vary would else make an outlier of each. */
const LEAST_DEVIATION = 0.1;
/** Share of steps upwards from which on values are a counter. */
const COUNTER = 0.95;
/** Classes that values are counted in are 2 % wide; values below the smallest are as good as none. */
const CLASSES_PER_E = 50;
const SMALLEST = 1e-6;

/**
 * Values of one masked place, as they come line by line: counted in classes, so that ten million need no memory.
 */
export class PlaceValues {
  private readonly classes = new Map<number, number>();
  private count = 0;
  private up = 0;
  private before = Number.NaN;
  private greatest = Number.NEGATIVE_INFINITY;
  private greatestLine = 1;

  add(line: number, value: number): void {
    const place = classOf(value);
    this.classes.set(place, (this.classes.get(place) ?? 0) + 1);
    this.count++;
    if (value > this.before) this.up++;
    this.before = value;
    if (value > this.greatest) {
      this.greatest = value;
      this.greatestLine = line;
    }
  }

  get size(): number {
    return this.count;
  }

  /**
   * The greatest value, where it lies far above what is usual: six median absolute deviations above the median, on
   * a logarithmic scale as latencies and sizes vary by factors, and three times the 95th percentile. Null where it
   * does not, where there are few values, where nearly all are 0, and where they only ever rise, as counters do.
   */
  outlier(): Outlier | null {
    if (this.count < LEAST_VALUES || this.up > COUNTER * (this.count - 1)) return null;
    const classes = lowestOf([...this.classes], ([place]) => place, this.classes.size);
    const middle = weightedQuantile(classes, this.count, 0.5);
    const high = weightedQuantile(classes, this.count, 0.95);
    const distances = classes.map(([place, count]) => [Math.abs(place - middle), count] as const);
    const spread =
      weightedQuantile(
        lowestOf(distances, ([distance]) => distance, distances.length),
        this.count,
        0.5,
      ) * 1.4826;
    const least = DEVIATIONS * Math.max(spread, LEAST_DEVIATION * CLASSES_PER_E);
    const p95 = valueOfClass(high);
    if (p95 <= 0 || classOf(this.greatest) - middle < least || this.greatest < LIFT * p95) return null;
    return { line: this.greatestLine, value: this.greatest, median: valueOfClass(middle), p95 };
  }
}

/** The most telling outliers: the furthest above their 95th percentile. */
export function mostTelling<T extends Outlier>(outliers: readonly T[], most: number): T[] {
  return lowestOf(outliers, ({ value, p95 }) => -value / p95, most);
}

function classOf(value: number): number {
  return Math.round(Math.log(Math.max(0, value) / SMALLEST + 1) * CLASSES_PER_E);
}

/** The value in the middle of a class, in as many digits as that says. */
function valueOfClass(place: number): number {
  return Number(((Math.exp(place / CLASSES_PER_E) - 1) * SMALLEST).toPrecision(3));
}

/** Of values with counts, by ascending value: the one below which a share `q` lies. */
function weightedQuantile(values: readonly (readonly [number, number])[], count: number, q: number): number {
  let left = q * count;
  for (const [value, times] of values) {
    left -= times;
    if (left < 0) return value;
  }
  return values.at(-1)?.[0] ?? 0;
}
