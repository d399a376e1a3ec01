import { Severity } from '../../contract/logs';
import type { Digest, DigestPattern } from './digest';

/** Patterns in each part of the summary. */
const ROWS = 10;
/** Longest text of a pattern, in UTF-16 units. */
const TEXT_LENGTH = 160;
/** Most lines of a pattern that is called rare. */
const RARE = 3;

const number = (value: number) => value.toLocaleString('en-US');
const rank = (severity: Severity) => Severity.options.indexOf(severity);
const isTrouble = ({ severity }: DigestPattern) => rank(severity) <= rank('error');

/** A digest for people: what the log is, then its patterns that are worth a look. */
export function digestText(digest: Digest): string {
  const { patterns } = digest;
  const bySeverity = (a: DigestPattern, b: DigestPattern) => rank(a.severity) - rank(b.severity);
  const errors = patterns.filter(isTrouble).sort((a, b) => a.firstLine - b.firstLine);
  const rare = patterns
    .filter(({ count }) => count <= RARE)
    .sort((a, b) => bySeverity(a, b) || a.count - b.count);
  const bursts = patterns.filter(({ burst }) => burst !== null).sort(bySeverity);
  return [
    `${digest.name}: ${number(digest.lines)} ${digest.lines === 1 ? 'line' : 'lines'}, ${size(digest.bytes)}, ${digest.format}`,
    digest.time ? `From ${digest.time.from} to ${digest.time.to}` : 'Lines have no times.',
    `${number(patterns.length)} ${patterns.length === 1 ? 'pattern' : 'patterns'}. ${Severity.options
      .filter((severity) => digest.severities[severity] > 0)
      .map((severity) => `${severity} ${number(digest.severities[severity])}`)
      .join(', ')}`,
    ...digest.warnings.map((warning) => `Note: ${warning}`),
    ...part('Most lines', patterns, ({ count }) => `${number(count)}x`),
    ...part('First errors', errors, ({ firstLine, count }) => `line ${number(firstLine)}, ${number(count)}x`),
    ...part('Bursts', bursts, ({ burst }) =>
      burst ? `${number(burst.count)}x in lines ${number(burst.firstLine)} to ${number(burst.lastLine)}` : '',
    ),
    ...part('Rarest', rare, ({ firstLine, count }) => `${number(count)}x, line ${number(firstLine)}`),
  ].join('\n');
}

function part(
  title: string,
  patterns: readonly DigestPattern[],
  place: (pattern: DigestPattern) => string,
): string[] {
  const shown = patterns.slice(0, ROWS);
  if (shown.length === 0) return [];
  const places = shown.map(place);
  const width = Math.max(...places.map(({ length }) => length));
  const more = patterns.length - shown.length;
  return [
    '',
    more > 0 ? `${title} (${number(more)} more)` : title,
    ...shown.map(({ severity, text }, index) =>
      `  ${(places[index] ?? '').padStart(width)}  ${severity.padEnd(7)}  ${oneLine(text)}`.trimEnd(),
    ),
  ];
}

/** A template never moves the cursor or colours a terminal. */
function oneLine(text: string): string {
  const shown = text.replaceAll(/\p{Cc}/gu, ' ');
  return shown.length > TEXT_LENGTH ? `${shown.slice(0, TEXT_LENGTH)} …` : shown || '(empty line)';
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** A digest as one JSON value, with every pattern. */
export function digestJson(digest: Digest): string {
  return JSON.stringify(digest);
}
