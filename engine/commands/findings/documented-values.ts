import type { CommandKnowledge } from '../../knowledge/command-spec';
import type { Script } from '../parse/syntax';
import { baseName } from '../unwrap/program-name';
import { readBySpec } from './read-by-spec';
import { usesIn } from './uses';

export interface DocumentedValue {
  readonly start: number;
  readonly end: number;
  /** Words that the documentation of the option names there. */
  readonly names: ReadonlySet<string>;
}

/** Where values of options stand that name their values: `-d SUPPORTED_CLOCKS` is one, and no placeholder. */
export function documentedValues(script: Script, knowledge: CommandKnowledge): DocumentedValue[] {
  return usesIn(script).flatMap(({ program, args }) => {
    // Only words in capitals can be taken for placeholders.
    if (!program.known || !args.some(({ text }) => /[A-Z]{2}/.test(text))) return [];
    const spec = knowledge.spec(baseName(program.text));
    if (!spec) return [];
    return readBySpec(spec, args).parts.flatMap(({ arg, option }) =>
      option?.values ? [{ start: arg.start, end: arg.end, names: new Set(option.values) }] : [],
    );
  });
}
