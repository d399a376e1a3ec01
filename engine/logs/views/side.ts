import { type Severity, Severity as SeverityEnum } from '../../contract/log-views';
import type { DocumentReader } from '../store/document-reader';
import { type LineColumns, NO_PATTERN } from '../store/line-columns';
import type { Side, SidePattern } from './compare';
import { ListWalk } from './histogram';
import type { LineList } from './line-list';
import { scan } from './log-scan';
import type { LogFacts } from './log-state';

/** Stretches of a side that a pattern's lines are counted in, to see whether they come in bunches. */
const STRETCHES = 32;

/** Counts of a log, or a list of its lines, for a comparison. */
export async function sideOf(
  reader: DocumentReader,
  state: LogFacts,
  list: LineList | null,
  signal?: AbortSignal,
): Promise<Side> {
  const lines = list?.length ?? state.lineCount;
  const counts = new StretchCounts(state, list, lines);
  await scan(reader, state, list, [counts], signal);
  const patterns = new Map<string, SidePattern>();
  for (const { id, key, text, severity } of state.patterns) {
    const count = counts.counts[id] ?? 0;
    if (count === 0) continue;
    const known = patterns.get(key);
    const spark = [...counts.spark(id)];
    const firstLine = counts.firstLines[id] ?? 1;
    patterns.set(key, {
      text,
      severity: known ? worse(known.severity, severity) : severity,
      count: count + (known?.count ?? 0),
      firstLine: Math.min(firstLine, known?.firstLine ?? firstLine),
      spark: known ? spark.map((value, at) => value + (known.spark[at] ?? 0)) : spark,
    });
  }
  return { lines, patterns };
}

function worse(a: Severity, b: Severity): Severity {
  return SeverityEnum.options.indexOf(a) < SeverityEnum.options.indexOf(b) ? a : b;
}

/** Counts by pattern and by stretch of the side's own lines, each as many lines as the others. */
class StretchCounts {
  readonly counts: Uint32Array;
  readonly firstLines: Uint32Array;
  private readonly sparks: Uint32Array;
  private readonly walk: ListWalk;
  private row = 0;

  constructor(
    private readonly state: LogFacts,
    list: LineList | null,
    private readonly lines: number,
  ) {
    const size = state.patterns.reduce((most, { id }) => Math.max(most, id + 1), 0);
    this.counts = new Uint32Array(size);
    this.firstLines = new Uint32Array(size);
    this.sparks = new Uint32Array(size * STRETCHES);
    this.walk = new ListWalk(list);
  }

  add(columns: LineColumns): void {
    const { counts, firstLines, sparks, lines } = this;
    const { patternOfShape } = this.state;
    this.walk.each(columns, (line, at) => {
      const stretch = Math.floor((this.row++ / lines) * STRETCHES);
      const pattern = patternOfShape[columns.shapes[at] ?? 0] ?? NO_PATTERN;
      if (pattern >= counts.length) return;
      counts[pattern] = (counts[pattern] ?? 0) + 1;
      if (firstLines[pattern] === 0) firstLines[pattern] = line;
      const cell = pattern * STRETCHES + stretch;
      sparks[cell] = (sparks[cell] ?? 0) + 1;
    });
  }

  spark(pattern: number): Uint32Array {
    return this.sparks.subarray(pattern * STRETCHES, (pattern + 1) * STRETCHES);
  }
}
