import { RE2JS } from 're2js';
import type { LogQuery } from '../../../engine/contract/log-views';

/** Where a text matches: pairs of begin and end, in order, none empty. */
export type Marks = readonly (readonly [number, number])[];
export type Marker = (text: string) => Marks;

const MOST_MARKS = 200;
const NO_MARKS: Marks = [];

/**
 * Finds in a drawn line what the log process searched for. Its expressions are RE2's and so are these: the
 * browser's own would differ in places, and some of them take forever. Null where the expression is wrong.
 */
export function markerFor({ text, regex, matchCase }: LogQuery): Marker | null {
  if (text === '') return null;
  let compiled: RE2JS;
  try {
    const source = regex ? text : RE2JS.quote(text);
    compiled = RE2JS.compile(source, matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
  } catch {
    return null;
  }
  return (line) => {
    const marks: [number, number][] = [];
    const matcher = compiled.matcher(line);
    for (let from = 0; marks.length < MOST_MARKS && matcher.find(from); ) {
      const [begin, end] = [matcher.start(), matcher.end()];
      if (end > begin) marks.push([begin, end]);
      from = Math.max(end, begin + 1);
      if (from > line.length) break;
    }
    return marks.length > 0 ? marks : NO_MARKS;
  };
}

export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** A line cut at its marks; together the pieces are the line. */
export function piecesOf(line: string, marks: Marks): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [begin, end] of marks) {
    if (begin > at) pieces.push({ text: line.slice(at, begin), marked: false });
    pieces.push({ text: line.slice(begin, end), marked: true });
    at = end;
  }
  if (at < line.length || pieces.length === 0) pieces.push({ text: line.slice(at), marked: false });
  return pieces;
}
