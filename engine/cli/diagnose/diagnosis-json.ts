import type { Diagnosis } from '../../contract/diagnosis';
import type { EvidencePack } from '../../contract/logs';

/** A diagnosis and what it rests on. */
export interface Diagnosed {
  readonly diagnosis: Diagnosis;
  readonly evidence: EvidencePack;
}

const isoTime = (time: number) => new Date(time).toISOString();

/** The JSON form of a diagnosis; ARCHITECTURE.md lists its fields. Times are ISO 8601, UTC. */
export function diagnosisJson({ diagnosis, evidence }: Diagnosed) {
  const { when, cause, commands, ...rest } = diagnosis;
  const { document, pieces, leftOut, gaps } = evidence;
  return {
    healthy: rest.healthy,
    summary: rest.summary,
    what: rest.what,
    when: when && { from: isoTime(when.from), to: isoTime(when.to), citations: when.citations },
    cause,
    answer: rest.answer,
    checks: rest.checks,
    findings: rest.findings,
    // The rating stands on the command itself, as in `suggest --json`.
    commands: commands.map((command) => ({
      ...command,
      risk: command.check && {
        level: command.check.level,
        needsRoot: command.check.needsRoot,
        runsUnseenCode: command.check.runsUnseenCode,
        reasons: command.check.reasons,
      },
    })),
    linesSeen: rest.linesSeen,
    dropped: rest.dropped,
    piecesLeftOut: rest.piecesLeftOut,
    log: {
      name: document.name,
      format: document.format,
      lines: document.lineCount,
      time: document.time && { from: isoTime(document.time.from), to: isoTime(document.time.to) },
      severities: document.severities,
      warnings: document.warnings,
    },
    evidence: { pieces, leftOut, gaps },
  };
}
