import type { CommandCheck } from '../contract/commands';
import type { CommandKnowledge } from '../knowledge/command-spec';
import type { MachineView } from './analyzers/analyzer';
import { documentedValues } from './findings/documented-values';
import { findFindings } from './findings/find-findings';
import type { ShellParser, ShellText } from './parse/syntax';
import { findPlaceholders } from './placeholders';
import { previewOf } from './preview';
import { NO_NAMES, rateText } from './risk';
import type { ShellNames } from './unwrap/walk';

export interface RateOptions {
  readonly parser: ShellParser;
  /** What the machine has; without it nothing is said of paths and platforms. */
  readonly machine?: MachineView | null;
  /** Aliases and functions of the user's shell. */
  readonly aliases?: ShellNames | null;
}

export interface CheckOptions extends RateOptions {
  readonly knowledge: CommandKnowledge;
}

/** What parsing alone tells of a command; no knowledge of programs is opened for it. */
export type CommandRating = Omit<CommandCheck, 'findings' | 'preview'>;

export const rateCommand = (text: string, options: RateOptions): CommandRating =>
  rateParsed(options.parser.parse(text), options);

function rateParsed(parsed: ShellText, { parser, machine, aliases }: RateOptions): CommandRating {
  return {
    parsed: parsed.parsed,
    ...rateText(parsed, parser, aliases ?? NO_NAMES, machine ?? null),
    placeholders: parsed.parsed ? findPlaceholders(parsed.script) : [],
  };
}

/** Everything that is said of a command without a model and without running it. */
export const checkCommand = (text: string, options: CheckOptions): CommandCheck =>
  checkParsed(text, options.parser.parse(text), options);

/** The same of a text that was parsed already. */
export function checkParsed(text: string, parsed: ShellText, options: CheckOptions): CommandCheck {
  const { parser, knowledge, machine, aliases } = options;
  const { placeholders, ...rating } = rateParsed(parsed, options);
  const documented = parsed.parsed ? documentedValues(parsed.script, knowledge) : [];
  return {
    ...rating,
    findings: findFindings(text, parsed, knowledge, machine ?? null, aliases ?? NO_NAMES),
    placeholders: placeholders.filter(
      ({ name, start }) =>
        !documented.some((each) => each.start <= start && start < each.end && each.names.has(name)),
    ),
    preview: rating.level === 'read-only' ? null : previewOf(text, parsed, parser),
  };
}
