import type { Citation, Diagnosis } from '../../contract/diagnosis';
import { signaturesOf } from '../../knowledge/signatures';
import { type DiagnosisItem, type LineRange, namesCause } from './item';

/** What is true of one diagnosis of an item. Null where the item does not ask for it. */
export interface Judged {
  readonly item: DiagnosisItem;
  /** Healthy said of a healthy log, trouble said of a failing one. */
  readonly stateRight: boolean;
  readonly causeRight: boolean | null;
  /** Of a failing log with a named cause: all cited lines of the cause are among the right ones; or some are. */
  readonly citationsRight: boolean | null;
  readonly citationsTouch: boolean | null;
  /** Sentences of any kind, and those whose lines are there and bear them out. */
  readonly claims: number;
  readonly claimsBorneOut: number;
  readonly ms: number;
}

const isIn = (ranges: readonly LineRange[], line: number) =>
  ranges.some(([first, last]) => line >= first && line <= last);

/** `lines`: the log's own lines, read here and not by the product. */
export function judge(
  item: DiagnosisItem,
  diagnosis: Diagnosis,
  lines: readonly string[],
  ms: number,
): Judged {
  const { cause } = diagnosis;
  const expected = item.cause;
  const cited = cause?.citations.map(({ line }) => line) ?? [];
  const citesAny = expected !== null && cause !== null;
  // Of a healthy log there is nothing to cite.
  const claims = diagnosis.healthy ? [] : claimsOf(diagnosis);
  return {
    item,
    stateRight: diagnosis.healthy === (expected === null),
    causeRight: expected === null ? null : !diagnosis.healthy && isCauseRight(diagnosis, expected),
    citationsRight: citesAny ? cited.length > 0 && cited.every((line) => isIn(expected.lines, line)) : null,
    citationsTouch: citesAny ? cited.some((line) => isIn(expected.lines, line)) : null,
    claims: claims.length,
    claimsBorneOut: claims.filter((claim) => isBorneOut(claim, lines)).length,
    ms,
  };
}

/** Repeating a line of the log is no explanation of it. */
const LONG_QUOTATION = /".{40,}"|“.{40,}”/gs;

/** Named by a known failure that is accepted, or in words that hold one of every group. */
function isCauseRight({ cause }: Diagnosis, expected: NonNullable<DiagnosisItem['cause']>): boolean {
  if (cause === null) return false;
  const { text, failure } = cause;
  if (failure !== null && expected.signatures.includes(failure.id)) return true;
  return namesCause(`${failure?.title ?? ''}. ${text.replace(LONG_QUOTATION, '')}`, expected);
}

interface Claim {
  readonly citations: readonly Citation[];
  readonly unsupported: string | null;
  readonly failure: { readonly id: string } | null;
}

function claimsOf({ what, answer, cause, findings }: Diagnosis): Claim[] {
  return [
    ...[...what, ...answer].map((sentence) => ({ ...sentence, failure: null })),
    ...(cause ? [cause] : []),
    ...findings.map((finding) => ({ ...finding, unsupported: null })),
  ];
}

/**
 * Every cited line is there and reads as it was shown, the product itself has no doubt, and where a known failure is
 * named one of the lines shows it.
 */
function isBorneOut({ citations, unsupported, failure }: Claim, lines: readonly string[]): boolean {
  if (citations.length === 0 || unsupported !== null) return false;
  if (!citations.every(({ line, text }) => readsAs(lines[line - 1], text))) return false;
  return failure === null || citations.some(({ line }) => shows(lines[line - 1] ?? '', failure.id));
}

const shows = (line: string, id: string) => signaturesOf(line).some((signature) => signature.id === id);

/** Long lines are shown cut: what is shown of them must stand in the line. */
function readsAs(line: string | undefined, shown: string): boolean {
  if (line === undefined) return false;
  const parts = shown.split('…').map((part) => part.trim());
  return parts.every((part) => line.includes(part));
}
