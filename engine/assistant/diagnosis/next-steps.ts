import type { CommandSuggestion } from '../../contract/assistant';
import type { Check } from '../../contract/diagnosis';
import type { MachineKnowledge } from '../machine-knowledge';
import type { KnownFailure } from './known';
import { placeholderWords } from './placeholder-words';

const CHECKS = 5;
const COMMANDS = 5;
/** Checks and commands that failures beside the cause may have. */
const OTHERS_CHECKS = 1;
const OTHERS_COMMANDS = 1;

export type CommandChecker = Pick<MachineKnowledge, 'check'>;

/** What to look at next, in words: all of the first failure's, one of each other's. */
export function checksOf(failures: readonly KnownFailure[]): Check[] {
  const checks = failures.flatMap(({ signature, label }, at) =>
    signature.check.slice(0, at === 0 ? CHECKS : OTHERS_CHECKS).map(
      (text): Check => ({
        text: /[.?!]$/.test(text) ? text : `${text}.`,
        source: { kind: 'data', name: signature.source },
        piece: label,
      }),
    ),
  );
  const texts = new Set<string>();
  return checks.filter(({ text }) => !texts.has(text) && texts.add(text)).slice(0, CHECKS);
}

/** Commands that show more, checked as any suggestion is; the first failure's, then one of each other's. */
export function commandsOf(failures: readonly KnownFailure[], checker: CommandChecker): CommandSuggestion[] {
  const all = failures.flatMap(({ signature, piece }, at) =>
    signature.commands.slice(0, at === 0 ? COMMANDS : OTHERS_COMMANDS).map(({ command, why }) => ({
      command,
      why: `${why[0]?.toUpperCase() ?? ''}${why.slice(1)}`,
      title: signature.title,
      lines: [...piece.lines, ...piece.before].map(({ text }) => text),
    })),
  );
  const seen = new Set<string>();
  return all
    .filter(({ command }) => !seen.has(command) && seen.add(command))
    .slice(0, COMMANDS)
    .flatMap(({ command, why, title, lines }): CommandSuggestion[] => {
      const { check, explanation } = checker.check(command, null);
      // Data that does not parse is a mistake in the data; the person is spared it.
      if (!check.parsed) return [];
      const source = { kind: 'data', name: `known failure: ${title}` } as const;
      const values = placeholderWords(
        check.placeholders.map(({ name }) => name),
        lines,
      );
      return [{ command, commandSource: source, why, whySource: source, check, explanation, values }];
    });
}
