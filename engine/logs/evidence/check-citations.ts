import type { Citation, Diagnosis, Sentence } from '../../contract/diagnosis';

/** Texts of lines of the log as they are now, by number; missing where the log has no such line. */
export type LinesNow = ReadonlyMap<number, string>;

/** Numbers of all lines that a diagnosis cites. */
export function citedLines(diagnosis: Diagnosis): number[] {
  const { what, when, cause, answer, findings } = diagnosis;
  const sentences = [...what, ...answer, ...(cause ? [cause] : []), ...findings, ...(when ? [when] : [])];
  return [...new Set(sentences.flatMap(({ citations }) => citations.map(({ line }) => line)))].sort(
    (a, b) => a - b,
  );
}

/**
 * Holds each citation against the log: it gets the whole text of its line, and one whose line reads otherwise now is taken
 * away. A sentence that loses one is marked, as what it was checked against is gone.
 */
export function checkCitations(diagnosis: Diagnosis, now: LinesNow): Diagnosis {
  const stands = ({ line, text }: Citation) => now.get(line)?.startsWith(text) === true;
  const whole = (citations: readonly Citation[]): Citation[] =>
    citations
      .filter(stands)
      .map((citation) => ({ ...citation, text: now.get(citation.line) ?? citation.text }));
  const checked = <T extends Sentence>(sentence: T): T => ({
    ...sentence,
    citations: whole(sentence.citations),
    unsupported: sentence.citations.every(stands)
      ? sentence.unsupported
      : 'A line that it rests on reads otherwise now.',
  });
  const { what, when, cause, answer, findings } = diagnosis;
  const checkedCause = cause && checked(cause);
  return {
    ...diagnosis,
    what: what.map(checked),
    answer: answer.map(checked),
    when: when && { ...when, citations: whole(when.citations) },
    cause: checkedCause?.unsupported ? { ...checkedCause, confidence: 'low' } : checkedCause,
    findings: findings.map((finding) => ({
      ...finding,
      citations: whole(finding.citations),
      confidence: finding.citations.every(stands) ? finding.confidence : 'low',
    })),
  };
}
