import type { CommandCheck } from '../contract/commands';

/** A check for people: the level, then reasons and findings. */
export function checkText({ level, needsRoot, reasons, findings, preview }: CommandCheck): string {
  return [
    `${level}${needsRoot ? ', needs root' : ''}`,
    ...reasons.map((reason) => `  ${reason}`),
    ...findings.map(({ severity, message }) => `  ${severity}: ${message}`),
    ...(preview === null ? [] : [`  First look with: ${preview}`]),
  ].join('\n');
}
