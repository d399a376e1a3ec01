import type { CommandFinding } from '../../contract/commands';
import type { CommandSpec } from '../../knowledge/command-spec';
import type { Arg } from '../unwrap/args';
import type { Place } from '../unwrap/seen';
import { nearest } from './nearest';
import { readBySpec, type SpecPart } from './read-by-spec';

/** Subcommands and options that the description of a program does not have, and arguments that are missing. */
export function optionFindings(
  program: string,
  spec: CommandSpec,
  args: readonly Arg[],
  place: Place,
): CommandFinding[] {
  const { parts } = readBySpec(spec, args);
  return parts.flatMap((part) => {
    const finding = findingOf(program, part, place);
    return finding ? [{ ...finding, start: part.arg.start, end: part.arg.end }] : [];
  });
}

function findingOf(
  program: string,
  part: SpecPart,
  place: Place,
): Omit<CommandFinding, 'start' | 'end'> | null {
  const { name, problem, spec, option } = part;
  const path = spec.names[0] === program ? program : `${program} ${spec.names[0] ?? ''}`;
  // What is described only in part may have more, and another machine may have another version: only a hint then.
  const severity = spec.complete && place === 'here' ? 'error' : 'warning';
  switch (problem) {
    case 'unknown-option': {
      const close = nearest(
        name,
        spec.options.flatMap(({ names }) => names),
      );
      const meant = close && name.length > 2 ? `; ${close} may be meant` : '';
      return { kind: 'unknown-option', severity, message: `${path} has no option ${name}${meant}.` };
    }
    case 'unknown-subcommand': {
      const close = nearest(
        name,
        spec.subcommands.flatMap(({ names }) => names),
      );
      const meant = close ? `; ${close} may be meant` : '';
      return { kind: 'unknown-subcommand', severity, message: `${path} has no subcommand ${name}${meant}.` };
    }
    case 'missing-argument':
      return {
        kind: 'missing-argument',
        severity,
        message: `${name} of ${path} needs ${option?.argumentName || 'a value'}.`,
      };
    case 'unexpected-argument':
      return { kind: 'unexpected-argument', severity, message: `${name} of ${path} takes no value.` };
    default:
      return null;
  }
}
