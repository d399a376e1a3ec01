import type { NumberOutlier } from '../../contract/log-views';
import type { DocumentReader } from '../store/document-reader';
import { patternLines } from '../store/pattern-lines';
import type { LogFacts } from './log-state';
import { mostTelling, PlaceValues } from './outliers';
import { quantityValue, TemplateValues } from './template-values';

/** Lines that values are read of in one log: two or three seconds' work. */
const LINE_BUDGET = 1_000_000;
/** A pattern with fewer lines has no usual values; one with fewer read values neither. */
const LEAST_LINES = 40;
const LEAST_SHARE = 0.8;
/** Most outliers that are told. */
const TOLD = 30;

interface Candidate {
  readonly pattern: number;
  readonly text: string;
  readonly count: number;
  readonly reader: TemplateValues;
  /** Values of each of its quantities. */
  readonly places: readonly PlaceValues[];
  /** Lines that were read. */
  read: number;
}

/**
 * Quantities inside patterns (latencies, sizes: numbers with a unit, or behind a name that says so) whose greatest
 * value lies far above the usual ones. All lines of a pattern are read, for patterns of up to LINE_BUDGET lines in
 * all: first those with a unit, then those with few lines, so that as many kinds as possible are covered. Of the
 * one that goes past the budget the first lines are read.
 */
export async function numberOutliers(
  reader: DocumentReader,
  state: LogFacts,
  counts: ArrayLike<number>,
  signal?: AbortSignal,
): Promise<NumberOutlier[]> {
  const candidates = promising(state, counts);
  if (candidates.length === 0) return [];
  const byPattern = new Map(candidates.map((candidate) => [candidate.pattern, candidate]));
  const patterns = [...byPattern.keys()];
  let left = LINE_BUDGET;
  for (const range of state.blocks.parts(state.lineCount)) {
    if (left <= 0) break;
    for await (const lines of patternLines(reader, patterns, { ...range, signal })) {
      lines.texts.forEach((text, at) => {
        const candidate = byPattern.get(lines.patterns[at] ?? 0);
        if (candidate) addValues(candidate, lines.numbers[at] ?? 0, text);
      });
      left -= lines.texts.length;
    }
  }
  return mostTelling(candidates.flatMap(outliersOf), TOLD);
}

function promising({ patterns }: LogFacts, counts: ArrayLike<number>): Candidate[] {
  const all = patterns
    .map(({ id, text }) => {
      const reader = new TemplateValues(text);
      const places = reader.quantities.map(() => new PlaceValues());
      return { pattern: id, text, count: counts[id] ?? 0, reader, places, read: 0 };
    })
    .filter(({ count, reader }) => count >= LEAST_LINES && reader.quantities.length > 0)
    .sort((a, b) => Number(hasUnit(b)) - Number(hasUnit(a)) || a.count - b.count);
  let lines = 0;
  return all.filter(({ count }) => {
    const before = lines;
    lines += count;
    return before < LINE_BUDGET;
  });
}

function hasUnit({ reader }: Candidate): boolean {
  return reader.quantities.some(({ unit }) => unit !== '');
}

function addValues(candidate: Candidate, line: number, text: string): void {
  const { reader, places } = candidate;
  candidate.read++;
  const found = reader.read(text);
  if (!found) return;
  reader.quantities.forEach((quantity, at) => {
    const value = quantityValue(found[quantity.place] ?? '', quantity);
    if (Number.isFinite(value)) places[at]?.add(line, value);
  });
}

function outliersOf({ pattern, text, read, reader, places }: Candidate): NumberOutlier[] {
  return reader.quantities.flatMap(({ place, unit }, at) => {
    const values = places[at];
    // Where most lines have no number at that place, the template does not mean one.
    if (!values || values.size < LEAST_SHARE * read) return [];
    const outlier = values.outlier();
    return outlier ? [{ pattern, text, place, unit, ...outlier }] : [];
  });
}
