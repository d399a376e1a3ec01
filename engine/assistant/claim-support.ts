import type { Finding } from '../contract/assistant';

/** Words that claims share with any log and that therefore support nothing. */
const COMMON = new Set(
  (
    'the a an and or of in on at to for from by with is are was were be been has have had it its this that these ' +
    'those as not no but if then than so because due which who what when where likely cause caused causing log ' +
    'line lines message messages file error errors warning warnings happened appears appear times indicates ' +
    'system server user service could couldn not able unable cannot did does access connect there may might can could will would should you your means mean shows show'
  ).split(' '),
);

/** Words with a digit or inner punctuation: addresses, paths, ids, unit names. They can be checked letter by letter. */
const SPECIFIC = /[0-9]|[\w][./:_@-][\w]/;

function words(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}_][\p{L}\p{N}_./:@-]*/gu) ?? []).map((word) =>
    word.replace(/[./:@-]+$/, ''),
  );
}

/** Stems of the words of a text that say something. */
export function tellingStems(text: string): Set<string> {
  return new Set(
    words(text)
      .filter((word) => !COMMON.has(word))
      .map(stem),
  );
}

/**
 * How well the cited lines bear out a claim, by its words alone: 'low' when it names something specific
 * (a number, address, path) that stands in none of them, or shares no telling word with them; 'high' when
 * all specifics and at least half of the other words are found; else 'medium'.
 */
export function claimSupport(claim: string, lines: readonly string[]): Finding['confidence'] {
  const evidence = lines.join('\n').toLowerCase();
  const stems = new Set(words(evidence).map(stem));
  const telling = words(claim).filter((word) => !COMMON.has(word) && !/^l\d+$/.test(word));
  const specific = telling.filter((word) => SPECIFIC.test(word));
  const plain = telling.filter((word) => !SPECIFIC.test(word));
  if (specific.some((word) => !evidence.includes(word))) return 'low';
  const found = plain.filter((word) => stems.has(stem(word))).length;
  if (found === 0 && specific.length === 0) return 'low';
  return found * 2 >= plain.length ? 'high' : 'medium';
}

/** Mean log-probability of its tokens from which on a sentence of the first model was mostly right. */
const SURE = -0.5;
/** And below which it was mostly wrong (tried on a dozen real lines, by hand). */
const UNSURE = -0.7;

/** Confidence in a claim: what its words have in the lines, lowered where the model itself was unsure. */
export function claimConfidence(
  claim: string,
  lines: readonly string[],
  logProbs: readonly number[],
): Finding['confidence'] {
  const support = claimSupport(claim, lines);
  const mean = logProbs.reduce((sum, each) => sum + each, 0) / Math.max(1, logProbs.length);
  if (support === 'low' || mean < UNSURE) return 'low';
  return support === 'high' && mean >= SURE ? 'high' : 'medium';
}

/** Crude English stem: enough to pair 'refused' with 'refusing'. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/, '') : word;
}
