import type { CommandFinding } from '../../contract/commands';
import type { CommandKnowledge } from '../../knowledge/command-spec';
import { isPlaceholder } from '../placeholders';
import { baseName } from '../unwrap/program-name';
import { nearest } from './nearest';
import type { CommandUse } from './uses';

/** Whether the program is known, and whether it is on this machine. */
export function programFindings(
  { program, place }: CommandUse,
  knowledge: CommandKnowledge,
  ownNames: ReadonlySet<string>,
): CommandFinding[] {
  const { text, known, glob, start, end } = program;
  if (!known || glob || text === '' || ownNames.has(text) || isPlaceholder(text) || place !== 'here')
    return [];
  if (/^(?:\.{0,2}\/|~)/.test(text) && !/^\/(?:usr\/)?(?:local\/)?s?bin\//.test(text)) return [];
  const name = baseName(text);
  const state = knowledge.program(name);
  if (state === 'unknown') {
    const close = nearest(name, knowledge.names?.() ?? []);
    const meant = close ? `; ${close} may be meant` : '';
    return [
      {
        kind: 'unknown-program',
        severity: 'error',
        message: `No program ${name} is known${meant}.`,
        start,
        end,
      },
    ];
  }
  if (state !== 'documented') return [];
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
