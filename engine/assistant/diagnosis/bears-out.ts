import { claimSupport } from '../claim-support';

/** Number words that count something; articles and 'one' do not. */
const COUNTS: Readonly<Record<string, string>> = {
  two: '2',
  twice: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
};
/** Names that belong to the form, not to the log. */
const OURS = /^(?:L\d+|E\d+|I|The|A|An)$/;

/**
 * Why lines do not bear out a sentence, or null where they do. `evidence` is what it may rest on: its cited lines, what is
 * known of the failures in them, and their counts and moments. Every word that can be checked letter by letter (a number,
 * address, path, code, name) must stand in it as a whole word, and the rest must share at least one telling word.
 */
export function unsupportedReason(sentence: string, evidence: readonly string[]): string | null {
  const text = evidence.join('\n').toLowerCase();
  const strange = specificWords(sentence).find((word) => !stands(word.toLowerCase(), text));
  if (strange !== undefined) return `"${strange}" does not stand in the cited lines.`;
  if (claimSupport(sentence, evidence) === 'low') return 'Its words do not stand in the cited lines.';
  return null;
}

/** Words with a digit or inner punctuation, number words, and names: capitals that no sentence begins with. */
function specificWords(sentence: string): string[] {
  const found: string[] = [];
  for (const match of sentence.matchAll(/[\p{L}\p{N}_/~][\p{L}\p{N}_./:@%~+-]*/gu)) {
    const word = match[0].replace(/[./:@+-]+$/, '');
    if (word === '' || OURS.test(word)) continue;
    const begins = /(?:^|[.!?:]\s+|["'(]\s*)$/.test(sentence.slice(0, match.index));
    const isName = /\p{Lu}/u.test(begins ? word.slice(1) : word);
    const isSpecific =
      /\p{N}/u.test(word) || /[\p{L}\p{N}_][./:@_][\p{L}\p{N}_]/u.test(word) || word.startsWith('/');
    if (isName || isSpecific || word.toLowerCase() in COUNTS) found.push(word);
  }
  return found;
}

function stands(word: string, text: string): boolean {
  const digits = COUNTS[word];
  if (digits !== undefined && asWord(digits, text)) return true;
  // 1,234 in a sentence is 1234 in a log.
  return asWord(word, text) || (/^\d{1,3}(?:,\d{3})+$/.test(word) && asWord(word.replaceAll(',', ''), text));
}

/** Whether a text has a word with no letter or digit right before or behind it. */
function asWord(word: string, text: string): boolean {
  const isPart = (character: string | undefined) =>
    character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) return true;
  }
  return false;
}
