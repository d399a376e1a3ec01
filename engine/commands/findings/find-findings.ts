import type { CommandFinding } from '../../contract/commands';
import type { CommandKnowledge } from '../../knowledge/command-spec';
import type { MachineView } from '../analyzers/analyzer';
import type { ShellText } from '../parse/syntax';
import { eachStatement } from '../unwrap/each-statement';
import { baseName } from '../unwrap/program-name';
import type { ShellNames } from '../unwrap/walk';
import { optionFindings } from './options';
import { pathFindings } from './paths';
import { platformFindings } from './platform';
import { programFindings } from './programs';
import { quotingFindings } from './quoting';
import { type CommandUse, usesIn } from './uses';

/** Whatever in a command does not fit what is known of its programs and of the machine, errors first. */
export function findFindings(
  text: string,
  parsed: ShellText,
  knowledge: CommandKnowledge,
  machine: MachineView | null,
  names: ShellNames,
): CommandFinding[] {
  if (!parsed.parsed) {
    const { message, start, end } = parsed;
    const syntax: CommandFinding = { kind: 'syntax', severity: 'error', message, start, end };
    return [syntax, ...quotingFindings([], [], text)];
  }
  const uses = usesIn(parsed.script);
  const own = new Set([...names.aliases.keys(), ...names.functions.keys()]);
  eachStatement(parsed.script, (statement) => {
    if (statement.kind === 'function') own.add(statement.name);
  });
  const findings = [
    ...uses.flatMap((use) => programFindings(use, knowledge, own)),
    ...uses.flatMap((use) => (own.has(use.program.text) ? [] : inOptions(use, knowledge))),
    ...uses.flatMap(unendedExec),
    ...quotingFindings(uses, parsed.operators, text),
    ...(machine ? pathFindings(uses, machine) : []),
    ...(machine ? platformFindings(uses, machine.platform) : []),
  ];
  return findings.sort(
    (a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning') || a.start - b.start,
  );
}

function inOptions(
  { program, args, inner, place, isCut }: CommandUse,
  knowledge: CommandKnowledge,
): CommandFinding[] {
  if (!program.known) return [];
  const name = baseName(program.text);
  // '/usr/bin/time' is the program, while what is known is the shell's own.
  if (program.text.includes('/') && knowledge.program(name) === 'builtin') return [];
  const spec = knowledge.spec(name);
  if (!spec) return [];
  // What a wrapper runs counts as its operand, so that an option before it has its value.
  const [first] = inner;
  const own = first && name !== 'find' ? args.filter(({ start }) => start < first.start) : args;
  const found = optionFindings(name, spec, own, place);
  return isCut || own.length < args.length ? found.filter(({ kind }) => kind !== 'missing-argument') : found;
}

function unendedExec({ program, args, inner }: CommandUse): CommandFinding[] {
  if (baseName(program.text) !== 'find') return [];
  const at = args.findIndex(({ text }) => /^-(?:exec|ok)(?:dir)?$/.test(text));
  const exec = args[at];
  const ended = [...args, ...inner].some(
    ({ text, start }) => exec && start > exec.start && (text === ';' || text === '+'),
  );
  if (!exec || ended) return [];
  const { start, end } = exec;
  return [
    {
      kind: 'missing-argument',
      severity: 'error',
      message: `${exec.text} needs \\; or + at its end.`,
      start,
      end,
    },
  ];
}
