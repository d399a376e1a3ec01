import type { CommandFinding, ExplainedPart } from '../../engine/contract/commands';
import type { FilledSpan } from './fill-placeholders';

/** A stretch of the command that is drawn in one way. */
export interface Cell {
  readonly start: number;
  readonly text: string;
  readonly severity: CommandFinding['severity'] | null;
  readonly placeholder: 'left' | 'filled' | null;
}

/** A part with something to say about it, or what lies between two of those. */
export interface Piece {
  readonly part: ExplainedPart | null;
  /** What is wrong with it. */
  readonly findings: readonly CommandFinding[];
  readonly cells: readonly Cell[];
}

/** Cuts a command into pieces to draw. Parts inside another part are said in the list of parts only. */
export function commandPieces(
  command: string,
  parts: readonly ExplainedPart[],
  findings: readonly CommandFinding[],
  placeholders: readonly FilledSpan[],
): Piece[] {
  const pieces: Piece[] = [];
  const cut = (start: number, end: number, part: ExplainedPart | null) => {
    if (start >= end) return;
    const touching = findings.filter((finding) => finding.start < end && finding.end > start);
    pieces.push({ part, findings: touching, cells: cells(command, start, end, touching, placeholders) });
  };
  let from = 0;
  const inOrder = [...parts].sort((a, b) => a.start - b.start || b.end - a.end);
  for (const part of inOrder) {
    const end = Math.min(part.end, command.length);
    if (part.start < from || part.start >= end) continue;
    if (part.meaning === null && !findings.some((other) => other.start < end && other.end > part.start))
      continue;
    cut(from, part.start, null);
    cut(part.start, end, part);
    from = end;
  }
  cut(from, command.length, null);
  return pieces;
}

function cells(
  command: string,
  start: number,
  end: number,
  findings: readonly CommandFinding[],
  placeholders: readonly FilledSpan[],
): Cell[] {
  const inside = (at: number) => at > start && at < end;
  const edges = [...findings, ...placeholders].flatMap((span) => [span.start, span.end]).filter(inside);
  const cuts = [...new Set([start, ...edges, end])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((at, index) => {
    const covers = (span: { start: number; end: number }) => span.start <= at && span.end > at;
    const wrong = findings.filter(covers);
    const placeholder = placeholders.find(covers);
    return {
      start: at,
      text: command.slice(at, cuts[index + 1]),
      severity: wrong.some(({ severity }) => severity === 'error')
        ? 'error'
        : wrong.length > 0
          ? 'warning'
          : null,
      placeholder: placeholder ? (placeholder.filled ? 'filled' : 'left') : null,
    };
  });
}
