import type { CommandFinding } from '../../contract/commands';
import type { CommandKnowledge } from '../../knowledge/command-spec';
import { findRule } from '../analyzers/tables';
import { isPlaceholder, standsForProgram } from '../placeholders';
import { baseName } from '../unwrap/program-name';
import { wrapsCommands } from '../unwrap/wrappers';
import { nearest } from './nearest';
import type { CommandUse } from './uses';

/** Whether the program is known, and whether it is on this machine. */
export function programFindings(
  { program, place, isFile }: CommandUse,
  knowledge: CommandKnowledge,
  ownNames: ReadonlySet<string>,
): CommandFinding[] {
  const { text, known, glob, start, end } = program;
  if (!known || glob || text === '' || ownNames.has(text) || place !== 'here' || isFile) return [];
  if (isPlaceholder(text) || standsForProgram(text)) return [];
  if (/^(?:\.{0,2}\/|~)/.test(text) && !/^\/(?:usr\/)?(?:local\/)?s?bin\//.test(text)) return [];
  const name = baseName(text);
  const told = knowledge.program(name);
  // What the rating knows is a program too, though nothing describes its options.
  const isRated = findRule(name) !== null || wrapsCommands(name);
  const state = told === 'unknown' && isRated ? 'documented' : told;
  if (state === 'unknown') {
    const close = nearest(name, knowledge.names?.() ?? []);
    const meant = close ? `; ${close} may be meant` : '';
    return [
      {
        kind: 'unknown-program',
        // Without a look at PATH it may be there all the same.
        severity: knowledge.looksAtPath === false ? 'warning' : 'error',
        message: `No program ${name} is known${meant}.`,
        start,
        end,
      },
    ];
  }
  if (state !== 'documented' || knowledge.looksAtPath === false) return [];
  return [
    {
      kind: 'not-installed',
      severity: 'warning',
      message: `${name} is not installed on this machine.`,
      start,
      end,
    },
  ];
}
