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
  if (!regex && matchCase) return (line) => placesOf(line, text);
  // Small and capital letters outside of ASCII are a matter for RE2, which the log process asks too.
  if (!regex && ASCII.test(text)) {
    const small = text.toLowerCase();
    let whole: Marker | null = null;
    return (line) => {
      if (ASCII.test(line)) return placesOf(line.toLowerCase(), small);
      whole ??= expressionMarker(RE2JS.quote(text), false);
      return whole?.(line) ?? NO_MARKS;
    };
  }
  return expressionMarker(regex ? text : RE2JS.quote(text), matchCase);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
const ASCII = /^[\u0000-\u007f]*$/;

function placesOf(line: string, text: string): Marks {
  const marks: [number, number][] = [];
  for (let at = line.indexOf(text); at >= 0 && marks.length < MOST_MARKS; ) {
    marks.push([at, at + text.length]);
    at = line.indexOf(text, at + text.length);
  }
  return marks.length > 0 ? marks : NO_MARKS;
}

function expressionMarker(source: string, matchCase: boolean): Marker | null {
  let compiled: RE2JS;
  try {
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
