import type { Severity } from '../../contract/logs';
import { signatureById, signaturesOf } from '../../knowledge/signatures';
import { type FoundFailure, joinFailures, worse } from './facts';

/** Known failures that these lines of one pattern show, the specific and serious ones first. */
export function failuresIn(
  lines: readonly { readonly number: number; readonly text: string }[],
  own: Severity,
): FoundFailure[] {
  let found: FoundFailure[] = [];
  for (const { number, text } of lines) {
    const shown = signaturesOf(text).map(({ id, title, severity }): FoundFailure => {
      const generic = signatureById(id)?.generic ?? false;
      return { id, title, severity: severityOf(severity, generic, own), line: number, generic };
    });
    found = joinFailures(found, shown);
  }
  return found;
}

/**
 * How serious a failure is in a line. Words that any program may write ('Connection refused') do not outweigh the level
 * that the program gave its line: a retry that it calls information is a warning at most.
 */
function severityOf(
  failure: FoundFailure['severity'],
  generic: boolean,
  own: Severity,
): FoundFailure['severity'] {
  const isHarmless = own === 'info' || own === 'debug' || own === 'warning';
  return generic && isHarmless ? 'warning' : failure;
}

/** Severity of a pattern with these failures. */
export function severityWith(own: Severity, failures: readonly FoundFailure[]): Severity {
  return failures.reduce<Severity>((worst, { severity }) => worse(worst, severity), own);
}
