import type { CommandCheck } from '../contract/commands';
import type { CommandKnowledge } from '../knowledge/command-spec';
import type { MachineView } from './analyzers/analyzer';
import { findFindings } from './findings/find-findings';
import type { ShellParser } from './parse/syntax';
import { findPlaceholders } from './placeholders';
import { previewOf } from './preview';
import { NO_NAMES, rateText } from './risk';
import type { ShellNames } from './unwrap/walk';

export interface CheckOptions {
  readonly parser: ShellParser;
  readonly knowledge: CommandKnowledge;
  /** What the machine has; without it nothing is said of paths and platforms. */
  readonly machine?: MachineView | null;
  /** Aliases and functions of the user's shell. */
  readonly aliases?: ShellNames | null;
}

/** Everything that is said of a command without a model and without running it. */
export function checkCommand(
  text: string,
  { parser, knowledge, machine, aliases }: CheckOptions,
): CommandCheck {
  const parsed = parser.parse(text);
  const names = aliases ?? NO_NAMES;
  const risk = rateText(parsed, parser, names, machine ?? null);
  return {
    parsed: parsed.parsed,
    ...risk,
    findings: findFindings(text, parsed, knowledge, machine ?? null, names),
    placeholders: parsed.parsed ? findPlaceholders(parsed.script) : [],
    preview: risk.level === 'read-only' ? null : previewOf(text, parsed, parser),
  };
}
