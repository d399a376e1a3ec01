import type { Format } from './format';
import { formats } from './index';

/** What a log is called whose lines are of no known form. */
export const PLAIN_TEXT = 'plain text';
/** Lines at the start of a log that tell its form. */
export const SAMPLE_LINES = 400;
/** Longest part of a line that is looked at. */
const LINE_LENGTH = 2000;
/** A form must be that of so many of the lines: the rest may be stack traces, banners, lines of other programs. */
const MIN_SHARE = 0.1;

const regexes = formats.map(({ line }) => new RegExp(line));
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
const COLOURS = /\x1b\[[\d;]*m/g;

/** The form that most lines have, each line counted for the first form that it fits; null for plain text. */
export function detectFormat(sampleLines: readonly string[]): Format | null {
  const counts = new Map<Format, number>();
  let lines = 0;
  for (const line of sampleLines.slice(0, SAMPLE_LINES)) {
    if (line.trim() === '') continue;
    lines++;
    const format = formatOfLine(line);
    if (format !== null) counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  let best: Format | null = null;
  let most = lines * MIN_SHARE;
  for (const [format, count] of counts) {
    if (count <= most) continue;
    best = format;
    most = count;
  }
  return best;
}

/** What people call the form of a log with these lines at its start. */
export function formatName(sampleLines: readonly string[]): string {
  return detectFormat(sampleLines)?.name ?? PLAIN_TEXT;
}

/** The first form that a line fits; null where it fits none. */
export function formatOfLine(line: string): Format | null {
  const text = line.slice(0, LINE_LENGTH).replace(COLOURS, '').replace(/\r$/, '');
  return formats[regexes.findIndex((regex) => regex.test(text))] ?? null;
}
