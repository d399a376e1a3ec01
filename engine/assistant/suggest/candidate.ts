import type { ShellText, Word } from '../../commands/parse/syntax';
import { eachStatement } from '../../commands/unwrap/each-statement';
import type { Source } from '../../contract/assistant';
import type { CommandFinding } from '../../contract/commands';

/** A command that may answer a request, with what speaks for it. Not yet checked. */
export interface Candidate {
  readonly command: string;
  readonly source: Source;
  /** A documented sentence; '' where there is none. Never the model's words. */
  readonly why: string;
  readonly whySource: Source;
  /** 0..1: how near the example is that it is made of; 0 for a command of the model alone. */
  readonly similarity: number;
  /** 0..1: the share of the model's answers that were this command. */
  readonly agreement: number;
  /** 0..1: the model's mean probability of its tokens, geometric; 0 where the model did not write it. */
  readonly confidence: number;
  /** 0..1: the share of the request's values (paths, numbers, names) that stand in it; 1 where there are none. */
  readonly values: number;
  /** Placeholders and left-over values of an example's own request. */
  readonly open: number;
  readonly stale: number;
  /** Findings of the making, not of the checks. */
  readonly notes: readonly CommandFinding[];
}

/** One text for all spellings of a command that differ in space and quoting only. */
export function commandKey(command: string, parsed: ShellText): string {
  if (!parsed.parsed) return command.replace(/\s+/g, ' ').trim();
  const tokens: { at: number; text: string }[] = parsed.operators.map(({ start, text }) => ({
    at: start,
    text,
  }));
  const add = (word: Word) => tokens.push({ at: word.start, text: word.literal ?? word.text });
  eachStatement(parsed.script, (statement) => {
    if (statement.kind === 'command') {
      statement.words.forEach(add);
      for (const { start, end } of statement.assignments) {
        tokens.push({ at: start, text: command.slice(start, end) });
      }
    }
    for (const { start, end, operator, target } of statement.redirects) {
      tokens.push({
        at: start,
        text: target ? `${operator}${target.literal ?? target.text}` : command.slice(start, end),
      });
    }
  });
  return tokens
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text)
    .join('\u001f');
}
