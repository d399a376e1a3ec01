import type { DocumentReader } from '../store/document-reader';
import { lineMatches } from '../store/line-matches';
import type { TextPredicate } from '../store/text-predicate';
import { between } from './filter';
import { intersect, type LineList, LineListBuilder } from './line-list';
import type { LogState } from './log-state';

/** Least time between two reports of how far a search is, in milliseconds. */
const REPORT_MS = 50;

export type Report = (found: { count: number; done: number }) => void;

export interface TextSearch {
  readonly predicate: TextPredicate;
  /** The lines that are looked through; null for all. */
  readonly candidates: LineList | null;
  /** Lines that are known already to match, of the lines before `from`. */
  readonly known?: { readonly lines: LineList; readonly from: number } | undefined;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** Finds the lines that a predicate on their text lets through, part by part of the log, with reports meanwhile. */
export async function searchText(
  reader: DocumentReader,
  { blocks, lineCount }: LogState,
  { predicate, candidates, known, report, signal }: TextSearch,
): Promise<LineList> {
  const found = new LineListBuilder(known?.lines);
  const start = known?.from ?? 1;
  let reported = performance.now();
  for (const { from, to } of blocks.parts(lineCount)) {
    if (to < start) continue;
    const wanted = candidates && between(candidates, Math.max(from, start), to);
    if (wanted?.length === 0) continue;
    const range = { from: wanted?.[0] ?? Math.max(from, start), to: wanted?.at(-1) ?? to, signal };
    let next = 0;
    for await (const lines of lineMatches(reader, predicate, range)) {
      const kept = wanted ? intersect(lines, wanted, next) : { both: lines, next };
      next = kept.next;
      found.pushAll(kept.both);
      if (performance.now() - reported > REPORT_MS) {
        reported = performance.now();
        report({ count: found.length, done: (lines.at(-1) ?? from) / lineCount });
      }
    }
    report({ count: found.length, done: to / lineCount });
  }
  return found.finish();
}
