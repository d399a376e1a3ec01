import type { LogRow } from '../../contract/log-views';
import type { EvidencePack, EvidencePiece, LogLine } from '../../contract/logs';
import { cutText, type DocumentReader } from '../store/document-reader';
import { lineRows } from '../store/line-texts';
import { GapFinder } from '../views/gaps';
import { scan } from '../views/log-scan';
import type { LogFacts } from '../views/log-state';
import { unusualBefore, WINDOW_LINES } from '../views/unusual-before';
import type { Pick } from './facts';
import { isHealthy } from './health';
import { gatherFacts } from './pattern-facts';
import { pickEvidence } from './score';

/** Longest text of a line in evidence, in UTF-16 units. */
export const EVIDENCE_LINE_LIMIT = 400;
/** Lines shown just before a pattern's first one. */
const LINES_BEFORE = 3;
/** Lines that show a piece. */
const LINES_SHOWN = 6;
/** Lines after the first one that are looked through for the rest of its record. */
const RECORD_LINES = 60;
/** Lines of a record that say what happened: the kind of exception and what caused it. */
const TELLING = /^\s*(?:Caused by: |[\w.$]*(?:Exception|Error|Failure|Interrupt)\b|\[rank\d+\]:)/;

/** Picks evidence out of every line of a document and reads the lines that it shows. */
export async function gatherEvidence(reader: DocumentReader, log: LogFacts): Promise<EvidencePack> {
  const { patterns, overview } = await gatherFacts(reader, log);
  const { picks, leftOut } = pickEvidence(patterns, log.lineCount);
  const countOf = (pattern: number) => overview.counts.counts[pattern] ?? 0;
  const pieces: EvidencePiece[] = [];
  for (const pick of picks) pieces.push(await readPiece(reader, log, pick, countOf));
  return {
    document: log.document,
    healthy: isHealthy(patterns, log.lineCount),
    pieces,
    leftOut,
    gaps: await gapsOf(reader, log),
  };
}

async function gapsOf(reader: DocumentReader, log: LogFacts): Promise<EvidencePack['gaps']> {
  if (log.clock === null) return [];
  const gaps = new GapFinder(log.clock);
  await scan(reader, log, null, [gaps]);
  return gaps.finish();
}

async function readPiece(
  reader: DocumentReader,
  log: LogFacts,
  { pattern, reason, patterns }: Pick,
  countOf: (pattern: number) => number,
): Promise<EvidencePiece> {
  const { firstLine, lastLine, failures } = pattern;
  const from = Math.max(1, firstLine - WINDOW_LINES);
  const around = await reader.lines(from, firstLine - from + 1 + RECORD_LINES);
  const earlier = around.filter(({ number }) => number < firstLine);
  const [second] =
    pattern.count > 1 ? ((await reader.firstLines([pattern.id], 2)).get(pattern.id)?.slice(1) ?? []) : [];
  // The most telling first, as there is room for some only.
  const wanted = [
    ...failures.map(({ line }) => line),
    firstLine,
    ...pattern.samples,
    ...recordLines(around, firstLine),
    ...(second === undefined ? [] : [second]),
    lastLine,
  ];
  const numbers = [...new Set(wanted)].slice(0, LINES_SHOWN).sort((a, b) => a - b);
  const shown = await lineRows(reader, log.blocks, numbers, 1);
  const before = earlier.filter(({ number }) => !numbers.includes(number));
  return {
    reason,
    signs: [...pattern.signs],
    severity: pattern.severity,
    pattern: cutText(pattern.text, EVIDENCE_LINE_LIMIT),
    patterns,
    count: pattern.count,
    firstLine,
    lastLine,
    time: await span(reader, around, pattern),
    failures: failures
      .filter(({ line }) => numbers.includes(line))
      .map(({ id, title, severity, line }) => ({ id, title, severity, line })),
    lines: shown.map(asLine),
    before: linesBefore(before, pattern.id, countOf, log.lineCount).map(asLine),
  };
}

/** Lines of the first record that say more than its head: in a stack trace those that name what was thrown. */
function recordLines(around: readonly LogRow[], firstLine: number): number[] {
  const after = around.filter(({ number }) => number > firstLine);
  const end = after.findIndex(({ continues }) => !continues);
  const inside = end < 0 ? after : after.slice(0, end);
  const telling = inside.filter(({ text }) => TELLING.test(text)).map(({ number }) => number);
  const first = inside[0]?.number;
  return telling.length > 0 || first === undefined ? telling : [first];
}

/** Unusual lines before the first one; where all are usual, as in a short log, the nearest. */
function linesBefore(
  earlier: readonly LogRow[],
  pattern: number,
  countOf: (pattern: number) => number,
  lineCount: number,
): readonly LogRow[] {
  const unusual = unusualBefore(earlier, pattern, countOf, lineCount);
  const nearest = earlier.filter(({ continues, text }) => !continues && text.trim() !== '');
  return (unusual.length > 0 ? unusual : nearest).slice(-LINES_BEFORE);
}

async function span(
  reader: DocumentReader,
  around: readonly LogRow[],
  { firstLine, lastLine }: Pick['pattern'],
): Promise<EvidencePiece['time']> {
  const from = timeAt(around, firstLine);
  if (from === null || firstLine === lastLine) return from === null ? null : { from, to: from };
  const start = Math.max(1, lastLine - WINDOW_LINES);
  const to = timeAt(await reader.lines(start, lastLine - start + 1), lastLine) ?? from;
  // Lines of several threads may come late.
  return { from: Math.min(from, to), to: Math.max(from, to) };
}

/** When a line was written: by its own header, or that of the nearest line before it. */
function timeAt(rows: readonly LogRow[], line: number): number | null {
  return rows.findLast(({ number, time }) => number <= line && time !== null)?.time ?? null;
}

function asLine({ number, text, severity }: LogRow): LogLine {
  return { number, text: cutText(text, EVIDENCE_LINE_LIMIT), severity };
}
