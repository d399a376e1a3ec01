/** Where a pattern comes much more often than in the rest of the log. Numbers of lines count from 1. */
export interface Burst {
  readonly firstLine: number;
  readonly lastLine: number;
  /** Lines of the pattern in between. */
  readonly count: number;
}

/** Stretches that a log is looked at in, and the shortest one, in lines. */
const STRETCHES = 200;
const SHORTEST = 50;
/** A burst has so many lines, and so many times as many as the pattern has on average. */
const LEAST_LINES = 20;
const TIMES_AVERAGE = 5;

/** The fullest stretch of each pattern, where it is a burst. `patternOfLine` has chunks of patterns in line order. */
export async function findBursts(
  patternOfLine: AsyncIterable<ArrayLike<number>>,
  counts: readonly number[],
  lines: number,
): Promise<(Burst | null)[]> {
  const width = Math.max(SHORTEST, Math.ceil(lines / STRETCHES));
  const most = new Uint32Array(counts.length);
  const mostAt = new Uint32Array(counts.length);
  const now = new Uint32Array(counts.length);
  let touched: number[] = [];
  let stretch = 0;
  let left = width;
  const close = () => {
    for (const pattern of touched) {
      if ((now[pattern] ?? 0) > (most[pattern] ?? 0)) {
        most[pattern] = now[pattern] ?? 0;
        mostAt[pattern] = stretch;
      }
      now[pattern] = 0;
    }
    touched = [];
    stretch++;
    left = width;
  };
  for await (const chunk of patternOfLine) {
    for (let at = 0; at < chunk.length; at++) {
      const pattern = chunk[at] as number;
      if (now[pattern] === 0) touched.push(pattern);
      now[pattern] = (now[pattern] as number) + 1;
      if (--left === 0) close();
    }
  }
  close();
  return counts.map((total, pattern) => {
    const count = most[pattern] ?? 0;
    if (count < LEAST_LINES || count < (TIMES_AVERAGE * total * width) / lines) return null;
    const firstLine = (mostAt[pattern] ?? 0) * width + 1;
    return { firstLine, lastLine: Math.min(lines, firstLine + width - 1), count };
  });
}
