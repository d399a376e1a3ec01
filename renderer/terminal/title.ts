const LONGEST = 80;
/** Control, format (bidi and zero-width among them), private and unassigned characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu;

/** A title as a program set it, fit to be shown: one line, nothing invisible, not endless. */
export function cleanTitle(title: string): string {
  const clean = title.replace(UNSEEN, '').replace(/\s+/g, ' ').trim();
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}
