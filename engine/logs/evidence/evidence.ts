import type { EvidencePack, EvidencePiece, LogDocument, LogLine } from '../../contract/logs';
import { cutText, type DocumentReader } from '../store/document-reader';
import { BURST_LINES, isHealthy, type PatternFacts, type Pick, pickEvidence, stretchWidth } from './score';

/** Longest text of a line in evidence, in UTF-16 units. */
export const EVIDENCE_LINE_LIMIT = 400;
/** Lines shown just before a pattern's first one. */
const LINES_BEFORE = 3;
/** Lines shown of a pattern: this many first ones, and the last. */
const FIRST_SAMPLES = 2;

/** Picks evidence out of every line of a document and reads the lines that it shows. */
export async function gatherEvidence(reader: DocumentReader, document: LogDocument): Promise<EvidencePack> {
  const [rows, peaks] = await Promise.all([
    reader.patterns(),
    reader.peaks(stretchWidth(document.lineCount), BURST_LINES),
  ]);
  const peakOf = new Map(peaks.map((peak) => [peak.pattern, peak]));
  const facts = rows.map((row): PatternFacts => ({ ...row, peak: peakOf.get(row.id) ?? null }));
  const picks = pickEvidence(facts, document.lineCount);
  const samples = await reader.firstLines(
    picks.map(({ pattern }) => pattern.id),
    FIRST_SAMPLES,
  );
  const pieces: EvidencePiece[] = [];
  for (const pick of picks) pieces.push(await piece(reader, pick, samples.get(pick.pattern.id) ?? []));
  return { document, healthy: isHealthy(facts), pieces };
}

async function piece(reader: DocumentReader, pick: Pick, first: readonly number[]): Promise<EvidencePiece> {
  const { pattern, reason } = pick;
  const { firstLine, lastLine } = pattern;
  const start = Math.max(1, firstLine - LINES_BEFORE);
  const around = await readLines(reader, start, firstLine - start + 1);
  const shown = [...new Set([...first, lastLine])];
  const lines: LogLine[] = [];
  for (const number of shown) {
    lines.push(...(number === firstLine ? around.slice(-1) : await readLines(reader, number, 1)));
  }
  return {
    reason,
    severity: pattern.severity,
    pattern: cutText(pattern.text, EVIDENCE_LINE_LIMIT),
    count: pattern.count,
    firstLine,
    lastLine,
    lines,
    before: around.slice(0, -1),
  };
}

async function readLines(reader: DocumentReader, from: number, count: number): Promise<LogLine[]> {
  const lines = await reader.lines(from, count);
  return lines.map(({ number, text, severity }) => ({
    number,
    text: cutText(text, EVIDENCE_LINE_LIMIT),
    severity,
  }));
}
