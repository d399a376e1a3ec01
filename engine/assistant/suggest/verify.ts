import type { CommandCheck, ExplainedPart } from '../../contract/commands';
import type { MachineKnowledge } from '../machine-knowledge';
import type { Candidate } from './candidate';
import { type Intent, intentPenalty } from './intent';
import { compareCandidates, type Ranked, scoreCandidate } from './rank';

/** A candidate with all that was found out about it without a model. */
export interface Verified extends Ranked {
  readonly candidate: Candidate;
  readonly check: CommandCheck;
  readonly explanation: readonly ExplainedPart[];
}

/** Checks candidates and puts the best first. What does not parse is left out, always. */
export function verify(
  candidates: readonly Candidate[],
  knowledge: Pick<MachineKnowledge, 'check'>,
  cwd: string | null,
  intent: Intent,
): Verified[] {
  return candidates
    .flatMap((candidate): Verified[] => {
      const { check, explanation } = knowledge.check(candidate.command, cwd);
      if (!check.parsed || /[\r\n]/.test(candidate.command)) return [];
      const findings = [...check.findings, ...candidate.notes];
      return [
        {
          candidate,
          check: { ...check, findings },
          explanation,
          score: scoreCandidate(candidate, findings) - intentPenalty(intent, check.level),
          hasError: findings.some(({ severity }) => severity === 'error'),
        },
      ];
    })
    .sort(compareCandidates);
}
