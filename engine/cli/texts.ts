import type { Diagnosis } from '../contract/assistant';
import type { CommandCheck } from '../contract/commands';

/** The agreed JSON form of a diagnosis. */
export function diagnosisJson({ healthy, summary, findings, commands, linesSeen }: Diagnosis) {
  return {
    healthy,
    summary,
    findings: findings.map(({ claim, confidence, citations }) => ({ claim, confidence, citations })),
    commands,
    linesSeen,
  };
}

/** A diagnosis for people: the summary, then each finding with its lines. */
export function diagnosisText(diagnosis: Diagnosis): string {
  const findings = diagnosis.findings.map(({ subject, claim, confidence, citations }, index) =>
    [
      '',
      `${index + 1}. ${subject ? `${subject.count}x ${subject.pattern}` : 'Your question'}`,
      `   Model (${confidence} confidence): ${claim}`,
      ...citations.map(({ file, line, text }) => `   ${file}:${line}: ${text}`),
    ].join('\n'),
  );
  const left = diagnosis.piecesLeftOut;
  return [
    diagnosis.summary,
    ...findings,
    ...(left > 0 ? ['', `${left} more line patterns with signs of trouble were not explained.`] : []),
  ].join('\n');
}

/** A check for people: the level, then reasons and findings. */
export function checkText({ level, needsRoot, reasons, findings, preview }: CommandCheck): string {
  return [
    `${level}${needsRoot ? ', needs root' : ''}`,
    ...reasons.map((reason) => `  ${reason}`),
    ...findings.map(({ severity, message }) => `  ${severity}: ${message}`),
    ...(preview === null ? [] : [`  First look with: ${preview}`]),
  ].join('\n');
}
