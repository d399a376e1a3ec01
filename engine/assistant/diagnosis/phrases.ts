import type { Citation } from '../../contract/diagnosis';
import type { EvidencePack, EvidencePiece, LogLine } from '../../contract/logs';
import { momentText, shownText } from './form';
import type { KnownFailure } from './known';

/** Longest text of a line that is quoted in a sentence, in UTF-16 units. */
const QUOTED = 160;

export function plural(count: number, word: string): string {
  return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;
}

/** Whether moments of a log need their date. */
export function withDate({ document: { time } }: EvidencePack): boolean {
  return time !== null && momentText(time.from, true).slice(0, 10) !== momentText(time.to, true).slice(0, 10);
}

/** ` at 10:03:12`, ` 45 times from 10:03:12 to 10:20:00`: how often and when, behind a sentence's words. */
export function howOften({ count, time }: EvidencePiece, dated: boolean): string {
  const times = count === 1 ? '' : `, ${count.toLocaleString('en-US')} times`;
  if (time === null) return times;
  const [from, to] = [momentText(time.from, dated), momentText(time.to, dated)];
  const when = from === to ? ` at ${from}` : ` from ${from} to ${to}`;
  return `${times}${when}`;
}

/** The line of a piece that says most: of its failure, else of the worst severity, else the first. */
export function leadLine({ lines, failures, severity }: EvidencePiece): LogLine | undefined {
  const failing = failures.flatMap(({ line }) => lines.find(({ number }) => number === line) ?? []);
  return failing[0] ?? lines.find((line) => line.severity === severity) ?? lines[0];
}

/** What a line says, quoted. */
export function quoted(line: LogLine): string {
  const text = shownText(line.text);
  return `"${text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text}"`;
}

/** One sentence on what a piece shows: the known failure's title, or the words of its line. */
export function pieceSentence(piece: EvidencePiece, known: KnownFailure | undefined, dated: boolean): string {
  const lead = leadLine(piece);
  const said = known ? known.signature.title : lead ? `The log says ${quoted(lead)}` : 'A line of the log';
  return `${said}${howOften(piece, dated)}.`;
}

export const cite = (pack: EvidencePack, lines: readonly LogLine[]): Citation[] =>
  lines.map(({ number, text }) => ({ file: pack.document.name, line: number, text }));

/** The lead line of a piece and, where it goes on, its last shown line. */
export function linesOf(piece: EvidencePiece): LogLine[] {
  const lead = leadLine(piece);
  const last = piece.lines.findLast(({ number }) => number === piece.lastLine);
  return [...new Set([lead, piece.count > 1 ? last : undefined])].flatMap((line) => line ?? []);
}

/** What the digest alone says of a log: counts that add up. */
export function summarise(pack: EvidencePack): string {
  const { lineCount, severities, patternCount } = pack.document;
  const size = `${plural(lineCount, 'line')} of ${plural(patternCount, 'pattern')}`;
  const errors = (severities.error ?? 0) + (severities.fatal ?? 0);
  const warnings = severities.warning ?? 0;
  if (pack.healthy) {
    const few = warnings === 0 ? 'no warnings' : `${plural(warnings, 'warning')}, as ordinary days have`;
    return `Nothing in this log points to trouble: ${size}, no errors and ${few}.`;
  }
  const worst = pack.pieces.filter(({ severity }) => severity === 'fatal' || severity === 'error');
  const first = Math.min(...worst.map(({ firstLine }) => firstLine));
  const where = worst.length > 0 ? ` Trouble begins at line ${first.toLocaleString('en-US')}.` : '';
  return `${size}: ${plural(errors, 'line')} of errors and ${warnings.toLocaleString('en-US')} of warnings.${where}`;
}
