import type { PatternSign, PatternSummary } from '../../../engine/contract/log-views';
import { SEVERITIES } from '../filters/filter-model';

export const SORTS = {
  count: 'Most lines',
  rare: 'Fewest lines',
  severity: 'Severity',
  first: 'First line',
  last: 'Last line',
  signs: 'Signs',
} as const;
export type Sort = keyof typeof SORTS;

/** The most telling sign first; each has a word and a letter, since colour alone would not do. */
export const SIGNS: Readonly<Record<PatternSign, { readonly word: string; readonly tip: string }>> = {
  'first-error': { word: 'first error', tip: 'The first of its kind of error is here' },
  burst: { word: 'burst', tip: 'Far more of it at one time than usual' },
  new: { word: 'new', tip: 'Begins in the later part of the log' },
  vanished: { word: 'vanished', tip: 'Does not come any more in the later part of the log' },
  rare: { word: 'rare', tip: 'Very few lines of it' },
};
const SIGN_ORDER = Object.keys(SIGNS) as PatternSign[];

const severityRank = ({ severity }: PatternSummary) => SEVERITIES.indexOf(severity);
const signRank = ({ signs }: PatternSummary) =>
  Math.min(SIGN_ORDER.length, ...signs.map((sign) => SIGN_ORDER.indexOf(sign)));

const ORDERS: Readonly<Record<Sort, (a: PatternSummary, b: PatternSummary) => number>> = {
  count: (a, b) => b.count - a.count,
  rare: (a, b) => a.count - b.count,
  severity: (a, b) => severityRank(a) - severityRank(b) || b.count - a.count,
  first: (a, b) => a.firstLine - b.firstLine,
  last: (a, b) => b.lastLine - a.lastLine,
  signs: (a, b) => signRank(a) - signRank(b) || severityRank(a) - severityRank(b) || b.count - a.count,
};

/** Patterns whose text has every word of `text`, in any case, in an order. */
export function arrange(patterns: readonly PatternSummary[], text: string, sort: Sort): PatternSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = patterns.filter((pattern) => {
    const lower = pattern.text.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
  return found.sort((a, b) => ORDERS[sort](a, b) || a.pattern - b.pattern);
}

/** A template cut at its masked variables, `<*>` and named ones such as `<ip>`. */
export function templatePieces(text: string): { readonly text: string; readonly variable: boolean }[] {
  return text
    .split(/(<\*>|<[a-z][a-z0-9_-]{0,20}>)/i)
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: piece, variable: /^<.*>$/.test(piece) }));
}

/** Bars of a sparkline as an SVG path: from the base up, the highest one filling the height. */
export function sparkPath(spark: readonly number[], width: number, height: number): string {
  const most = Math.max(0, ...spark);
  if (most === 0) return '';
  const step = width / spark.length;
  return spark
    .map((count, index) => {
      if (count === 0) return '';
      // One line among thousands is to be seen too.
      const bar = Math.max(1.5, (count / most) * height);
      return `M${(index * step).toFixed(2)} ${height}v${(-bar).toFixed(2)}h${(step * 0.85).toFixed(2)}v${bar.toFixed(2)}z`;
    })
    .join('');
}
