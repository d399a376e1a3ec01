import { type CommandRisk, RISK_LEVELS, type RiskLevel } from '../contract/commands';
import type { Analyzer, MachineView, Risk } from './analyzers/analyzer';
import { otherLanguages } from './analyzers/other-languages';
import { overwrites } from './analyzers/overwrites';
import { programs } from './analyzers/programs';
import { rootRights } from './analyzers/root-rights';
import { unknownPrograms } from './analyzers/unknown-programs';
import { unseenCode } from './analyzers/unseen-code';
import type { ShellParser, ShellText } from './parse/syntax';
import { type ShellNames, seeScript } from './unwrap/walk';

const ANALYZERS: readonly Analyzer[] = [
  programs,
  unknownPrograms,
  overwrites,
  unseenCode,
  otherLanguages,
  rootRights,
];

export const NO_NAMES: ShellNames = { aliases: new Map(), functions: new Map() };

/** More reasons than this help nobody. */
const MAX_REASONS = 12;

export const rank = (level: RiskLevel): number => RISK_LEVELS.indexOf(level);

/** What running a text does: the worst of its parts. A text that can't be read is the worst there is. */
export function rateText(
  text: ShellText,
  parser: ShellParser,
  names: ShellNames = NO_NAMES,
  machine: MachineView | null = null,
): CommandRisk {
  if (!text.parsed)
    return {
      level: 'destructive',
      needsRoot: false,
      runsUnseenCode: true,
      reasons: ['The command could not be read, so nobody can tell what it does.'],
    };
  const seen = seeScript(text.script, parser, names);
  const risks = seen.flatMap((each) => ANALYZERS.flatMap((analyzer) => analyzer(each, machine)));
  return mergeRisks(risks);
}

export function mergeRisks(risks: readonly Risk[]): CommandRisk {
  const sorted = [...risks].sort((a, b) => rank(b.level) - rank(a.level));
  const reasons = [...new Set(sorted.map(({ why }) => why).filter((why) => why !== ''))];
  return {
    level: sorted[0]?.level ?? 'read-only',
    needsRoot: risks.some(({ needsRoot }) => needsRoot),
    runsUnseenCode: risks.some(({ runsUnseenCode }) => runsUnseenCode),
    reasons: reasons.slice(0, MAX_REASONS),
  };
}
