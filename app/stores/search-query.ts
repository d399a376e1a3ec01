/** Marks around what matched, in excerpts; no text that is typed holds them. */
export const HIT_START = '\u0002';
export const HIT_END = '\u0003';
/** More words make a query slow and find nothing else. */
const MOST_WORDS = 24;

/**
 * What a person typed as a query of FTS5: every word has to be there, as the beginning of a word; what stands in double
 * quotes has to be there as it is. No character of it is an operator, so no input is an error. Null where there is
 * nothing to look for.
 */
export function ftsQuery(typed: string): string | null {
  const parts = [...typed.matchAll(/"([^"]*)"?|[^\s"]+/gu)]
    .map((match) => ({ text: match[1] ?? match[0], exact: match[1] !== undefined }))
    // A part without a letter or digit has no word in it.
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .slice(0, MOST_WORDS);
  if (parts.length === 0) return null;
  return parts.map(({ text, exact }) => `"${text.replaceAll('\0', ' ')}"${exact ? '' : '*'}`).join(' AND ');
}

/** An excerpt as pieces, those that matched told apart. */
export function hitPieces(excerpt: string): { readonly text: string; readonly hit: boolean }[] {
  return excerpt.split(HIT_START).flatMap((part, index) => {
    if (index === 0) return part === '' ? [] : [{ text: part, hit: false }];
    const end = part.indexOf(HIT_END);
    const pieces = [
      { text: end < 0 ? part : part.slice(0, end), hit: true },
      { text: end < 0 ? '' : part.slice(end + 1), hit: false },
    ];
    return pieces.filter(({ text }) => text !== '');
  });
}
