import type { LogQuery } from '../../contract/log-views';
import { sqlText } from './sql-text';

/** What the text of lines must be like, as parts of SQL. `text` names a column of type VARCHAR. */
export interface TextPredicate {
  /** True for a line that is let through. */
  line(text: string): string;
  /** True for every block with such a line, and maybe others; null where that is not worth asking. */
  block(text: string): string | null;
  /** A block's bytes as text whose lines end in LF alone, as far as the predicate can tell the difference. */
  blockText(bytes: string): string;
}

/**
 * Lines that match one of `any`, where there are any, and none of `none`.
 *
 * Without `matchCase` letters are compared as RE2's `(?i)` does: by Unicode's simple case folding, letter by
 * letter. So `É` is `é`, `Σ` is `σ` and `ς`, `K` is the Kelvin sign; `ß` is not `ss`, and no locale counts.
 */
export function textPredicate(any: readonly LogQuery[], none: readonly LogQuery[] = []): TextPredicate {
  const terms = [...any, ...none];
  // Only a regular expression, or a CR that is looked for, can see whether lines end in CR LF.
  const seesLineEnds = terms.some(({ regex, text }) => regex || text.includes('\r'));
  return {
    line(text) {
      const parts = [
        ...(any.length > 0 ? [oneOf(any.map((query) => matchesLine(query, text)))] : []),
        ...none.map((query) => `NOT ${matchesLine(query, text)}`),
      ];
      return parts.length > 0 ? parts.join(' AND ') : 'true';
    },
    block(text) {
      const parts = any.map((query) => matchesBlock(query, text));
      return parts.length === 0 || parts.includes(null) ? null : oneOf(parts as string[]);
    },
    blockText: (bytes) => (seesLineEnds ? lineEndsAsLf(`decode(${bytes})`) : `decode(${bytes})`),
  };
}

/** Drops the CR of each CR LF; costs next to nothing where there is none. */
export function lineEndsAsLf(text: string): string {
  const crLf = 'chr(13) || chr(10)';
  return `CASE WHEN contains(${text}, ${crLf}) THEN replace(${text}, ${crLf}, chr(10)) ELSE ${text} END`;
}

/** RE2's text of a query that is not looked for with `contains`. */
export function re2Pattern({ text, regex, matchCase }: LogQuery): string {
  return (matchCase ? '' : '(?i)') + (regex ? text : quoteForRe2(text));
}

function matchesLine(query: LogQuery, text: string): string {
  if (isPlain(query)) return `contains(${text}, ${sqlText(query.text)})`;
  return `regexp_matches(${text}, ${sqlText(re2Pattern(query))})`;
}

function matchesBlock(query: LogQuery, text: string): string | null {
  if (isPlain(query)) return matchesLine(query, text);
  if (query.regex && SEES_MORE_THAN_A_LINE.test(query.text)) return null;
  // (?m): ^ and $ are the ends of lines within the block too.
  return `regexp_matches(${text}, ${sqlText(`(?m)${re2Pattern(query)}`)})`;
}

/**
 * Expressions that can match a line and yet not the block around it: ends of the whole text, `$` without (?m),
 * or one in which that flag may be turned off.
 */
const SEES_MORE_THAN_A_LINE = /\\[AzZCQ]|\(\?[a-zA-Z]*-/;

/** `contains` compares bytes; a NUL cannot stand in SQL, so it is asked for in RE2's way. */
function isPlain({ regex, matchCase, text }: LogQuery): boolean {
  const caseMatters = text.toLowerCase() !== text.toUpperCase();
  return !regex && (matchCase || !caseMatters) && !text.includes('\0');
}

export function quoteForRe2(text: string): string {
  return text.replace(/[!-/:-@[-^`{-~]/g, '\\$&');
}

function oneOf(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' OR ')})`;
}
