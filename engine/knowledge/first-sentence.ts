/** The first sentence, cut at a word where it is longer than `longest`. */
export function firstSentence(text: string, longest: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  // Not after "e.g.", "i.e." or a single letter ("U.S.").
  const end = plain.search(/(?<!\b(?:e\.g|i\.e|etc|vs|\w))\.\s+(?=[A-Z0-9`'"(-])/);
  const sentence = end > 0 ? plain.slice(0, end) : plain.replace(/\.$/, '');
  if (sentence.length <= longest) return sentence;
  return `${sentence.slice(0, longest).replace(/\s+\S*$/, '')}…`;
}
