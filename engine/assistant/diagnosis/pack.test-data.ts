import type { CommandCheck } from '../../contract/commands';
import type { EvidencePack, EvidencePiece, LogLine } from '../../contract/logs';
import { signatureById } from '../../knowledge/signatures';
import type { CommandChecker } from './next-steps';

export const at = (time: string): number => Date.parse(`2024-03-10T${time}Z`);

/** A piece of one line, or of lines in a row; `failures` are ids of known failures that the first line shows. */
export function piece(
  lines: readonly [first: string, ...rest: string[]],
  {
    firstLine = 1,
    failures = [],
    time = null,
    ...facts
  }: Partial<Omit<EvidencePiece, 'failures' | 'time'>> & {
    readonly failures?: readonly string[];
    readonly time?: readonly [from: string, to: string] | null;
  } = {},
): EvidencePiece {
  const severity = facts.severity ?? 'error';
  return {
    reason: failures.length > 0 ? 'known-failure' : 'first-error',
    signs: [],
    severity,
    pattern: lines[0],
    patterns: 1,
    count: lines.length,
    firstLine,
    lastLine: firstLine + lines.length - 1,
    time: time && { from: at(time[0]), to: at(time[1]) },
    failures: failures.map((id) => {
      const known = signatureById(id)?.signature;
      if (!known) throw new Error(`There is no known failure ${id}.`);
      return { id, title: known.title, severity: known.severity, line: firstLine };
    }),
    lines: lines.map((text, index): LogLine => ({ number: firstLine + index, text, severity })),
    before: [],
    ...facts,
  };
}

export function pack(pieces: readonly EvidencePiece[], facts: Partial<EvidencePack> = {}): EvidencePack {
  return {
    document: {
      id: 'a',
      name: 'web.log',
      path: null,
      sources: [{ name: 'web.log', path: null }],
      state: 'ready',
      format: 'syslog (RFC 3164)',
      bytes: 1000,
      lineCount: 900,
      time: { from: at('10:00:00'), to: at('11:00:00') },
      severities: { fatal: 1, error: 45, warning: 2, info: 852, debug: 0, none: 0 },
      patternCount: 12,
      warnings: [],
    },
    healthy: false,
    pieces: [...pieces],
    leftOut: 0,
    gaps: [],
    ...facts,
  };
}

/** Memory ran out at 10:03:12; then nginx found nothing behind it. */
export const OUT_OF_MEMORY: EvidencePack = pack([
  piece(['kernel: Out of memory: Killed process 4242 (java) total-vm:8124844kB'], {
    firstLine: 100,
    severity: 'fatal',
    failures: ['kernel-oom-kill'],
    time: ['10:03:12', '10:03:12'],
  }),
  piece(
    [
      'nginx[9]: connect() failed (111: Connection refused) while connecting to upstream',
      'nginx[9]: connect() failed (111: Connection refused) while connecting to upstream',
    ],
    { firstLine: 110, failures: ['nginx-upstream-refused'], time: ['10:03:20', '10:20:00'] },
  ),
]);

/** Nothing that is known. */
export const UNKNOWN: EvidencePack = pack([
  piece(['flux: capacitor C7 over limit 88 mph, coupling lost'], {
    firstLine: 41,
    time: ['10:01:02', '10:01:02'],
  }),
  piece(['flux: jump 0 skipped, no coupling', 'flux: jump 1 skipped, no coupling'], {
    firstLine: 52,
    time: ['10:10:00', '10:18:00'],
  }),
]);

/** A checker to which commands with `rm` are destructive and the rest only look. */
export const CHECKER: CommandChecker = {
  check(command) {
    const check: CommandCheck = {
      parsed: !command.includes('((('),
      level: /\brm\b/.test(command) ? 'destructive' : 'read-only',
      needsRoot: false,
      runsUnseenCode: /\|\s*sh\b/.test(command),
      reasons: [],
      findings: [],
      placeholders: [...command.matchAll(/\b[A-Z][A-Z_]+\b/g)].map((match) => ({
        name: match[0],
        start: match.index,
        end: match.index + match[0].length,
      })),
      preview: null,
    };
    return { check, explanation: [] };
  },
};
