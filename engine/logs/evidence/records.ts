import type { DocumentReader } from '../store/document-reader';
import { isTrouble, joinFailures, type PatternFacts, worse } from './facts';

/** How far before a continuation line the head of its record is looked for. */
const HEAD_LINES = 80;
/** Patterns of continuation lines whose head is looked for, the most serious first. */
const LOOKED_UP = 60;
/** A continuation that comes with so many of its head's lines tells of them. */
const SAME_COUNT = 2;

/**
 * Lines of a stack trace are no evidence of their own: what they tell goes to the pattern of their record's first line,
 * or, where that is harmless by itself, to the first of them. `continuing` holds numbers of first lines that continue a
 * record.
 */
export async function joinRecords(
  reader: DocumentReader,
  facts: readonly PatternFacts[],
  continuing: ReadonlySet<number>,
): Promise<PatternFacts[]> {
  const byId = new Map(facts.map((each) => [each.id, each]));
  const inRecords = facts
    .filter(({ severity, firstLine }) => isTrouble(severity) && continuing.has(firstLine))
    .sort((a, b) => b.failures.length - a.failures.length || a.firstLine - b.firstLine)
    .slice(0, LOOKED_UP)
    .sort((a, b) => a.firstLine - b.firstLine);
  /** By the head's line: the pattern that tells of that record. */
  const tellers = new Map<number, number>();
  for (const { id } of inRecords) {
    const inner = byId.get(id);
    const head = inner && (await headOf(reader, inner.firstLine));
    if (!inner || !head || head.pattern === id) continue;
    const headFacts = byId.get(head.pattern);
    const teller =
      headFacts && isTrouble(headFacts.severity) ? headFacts : byId.get(tellers.get(head.number) ?? -1);
    if (teller && isAsFrequent(teller, inner)) {
      byId.set(teller.id, withInner(teller, inner));
      byId.delete(id);
    } else {
      tellers.set(head.number, id);
      byId.set(id, { ...inner, samples: [head.number, ...inner.samples] });
    }
  }
  return [...byId.values()];
}

async function headOf(
  reader: DocumentReader,
  line: number,
): Promise<{ number: number; pattern: number } | null> {
  const from = Math.max(1, line - HEAD_LINES);
  const rows = await reader.lines(from, line - from);
  return rows.findLast(({ continues }) => !continues) ?? null;
}

function isAsFrequent(a: PatternFacts, b: PatternFacts): boolean {
  return Math.max(a.count, b.count) <= SAME_COUNT * Math.min(a.count, b.count);
}

function withInner(teller: PatternFacts, inner: PatternFacts): PatternFacts {
  return {
    ...teller,
    severity: worse(teller.severity, inner.severity),
    failures: joinFailures(teller.failures, inner.failures),
    samples: [...teller.samples, inner.firstLine],
  };
}
