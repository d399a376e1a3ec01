import type { DocumentReader } from '../store/document-reader';
import { lineRows, lineTexts } from '../store/line-texts';
import { type ShapeLine, shapeLines } from '../store/shape-lines';
import type { LogFacts } from '../views/log-state';
import { type PatternOverview, patternOverview } from '../views/pattern-summaries';
import { isTrouble, type PatternFacts } from './facts';
import { failuresIn, severityWith } from './known-failures';
import { joinRecords } from './records';
import { BURST_LINES, stretchWidth } from './score';

/** Lines in which known failures are looked for: those of trouble first, then the rarest. */
const LINES_LOOKED_AT = 4000;
const LINES_AT_ONCE = 1000;
/** Patterns whose first moments are read. */
const MOMENTS_AT_ONCE = 2000;

export interface GatheredFacts {
  readonly patterns: readonly PatternFacts[];
  readonly overview: PatternOverview;
}

/**
 * What evidence is picked from: each pattern with its counts, signs and known failures. Known failures are looked for in the
 * first and the last line of each shape, as lines of one shape share their words; lines inside a stack trace count for the record.
 */
export async function gatherFacts(reader: DocumentReader, log: LogFacts): Promise<GatheredFacts> {
  const [overview, peaks, shapes] = await Promise.all([
    patternOverview(reader, log),
    reader.peaks(stretchWidth(log.lineCount), BURST_LINES),
    shapeLines(reader),
  ]);
  const peakOf = new Map(peaks.map((peak) => [peak.pattern, peak]));
  const texts = await sampleTexts(reader, log, shapes);
  const facts = log.patterns.map((row): PatternFacts => {
    const failures = failuresIn(texts.get(row.id) ?? [], row.severity);
    return {
      ...row,
      severity: severityWith(row.severity, failures),
      firstTime: null,
      peak: peakOf.get(row.id) ?? null,
      signs: overview.signs.get(row.id) ?? [],
      failures,
      samples: [],
    };
  });
  const continuing = new Set(shapes.filter(({ continues }) => continues).map(({ number }) => number));
  const joined = await joinRecords(reader, facts, continuing);
  return { patterns: await withMoments(reader, log, joined), overview };
}

/** Lines of each pattern, by its id. */
async function sampleTexts(reader: DocumentReader, log: LogFacts, shapes: readonly ShapeLine[]) {
  const rows = new Map(log.patterns.map((row) => [row.id, row]));
  const patternOf = new Map<number, number>();
  const ranked = shapes
    .map((shape) => ({ shape, isTrouble: isTrouble(rows.get(shape.pattern)?.severity ?? 'none') }))
    .sort((a, b) => Number(b.isTrouble) - Number(a.isTrouble) || a.shape.lines - b.shape.lines);
  // A word or number that says what failed may be masked: the last line often has another one than the first.
  const wanted = [
    ...ranked.map(({ shape }) => shape),
    ...ranked.map(({ shape }) => ({ ...shape, number: shape.last })),
  ];
  for (const { number, pattern } of wanted) {
    if (patternOf.size >= LINES_LOOKED_AT) break;
    patternOf.set(number, pattern);
  }
  const numbers = [...patternOf.keys()].sort((a, b) => a - b);
  const texts = new Map<number, { number: number; text: string }[]>();
  for (let at = 0; at < numbers.length; at += LINES_AT_ONCE) {
    for (const line of await lineTexts(reader, log.blocks, numbers.slice(at, at + LINES_AT_ONCE))) {
      const pattern = patternOf.get(line.number) ?? -1;
      texts.set(pattern, [...(texts.get(pattern) ?? []), line]);
    }
  }
  return texts;
}

/** Adds the moments of first lines, for patterns that may become evidence. */
async function withMoments(
  reader: DocumentReader,
  log: LogFacts,
  facts: readonly PatternFacts[],
): Promise<PatternFacts[]> {
  if (log.clock === null) return [...facts];
  const numbers = facts
    .filter(({ severity }) => isTrouble(severity))
    .map(({ firstLine }) => firstLine)
    .sort((a, b) => a - b)
    .slice(0, MOMENTS_AT_ONCE);
  const rows = await lineRows(reader, log.blocks, numbers, 1);
  const times = new Map(rows.map(({ number, time }) => [number, time]));
  return facts.map((each) => ({ ...each, firstTime: times.get(each.firstLine) ?? null }));
}
