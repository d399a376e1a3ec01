import type { CommandKnowledge, CommandSpec } from '../knowledge/command-spec';
import { readBySpec, type SpecPart } from './findings/read-by-spec';
import { type CommandUse, usesIn } from './findings/uses';
import type { ShellText } from './parse/syntax';
import { baseName } from './unwrap/program-name';

/** What a command is mainly about: its first program that is no wrapper of another (`sudo`, `env`, `time`). */
export interface MainUse {
  readonly program: string;
  /** 'docker compose up': the program with the subcommands that are known. */
  readonly path: string;
  /** The deepest known description; null where the program is not known. */
  readonly spec: CommandSpec | null;
  readonly parts: readonly SpecPart[];
  readonly use: CommandUse;
}

const WRAPPERS = /^(?:sudo|doas|env|time|nohup|nice|ionice|timeout|stdbuf|setsid|command|builtin)$/;

/** Null for a text that does not parse or has no program. */
export function mainUse(parsed: ShellText, knowledge: CommandKnowledge): MainUse | null {
  if (!parsed.parsed) return null;
  const uses = usesIn(parsed.script);
  const use =
    uses.find(({ program, inner }) => !(inner.length > 0 && WRAPPERS.test(baseName(program.text)))) ??
    uses[0];
  return use ? describeUse(use, knowledge) : null;
}

/** Every program of a command that is no wrapper, described. */
export function allUses(parsed: ShellText, knowledge: CommandKnowledge): MainUse[] {
  return parsed.parsed ? usesIn(parsed.script).map((use) => describeUse(use, knowledge)) : [];
}

function describeUse(use: CommandUse, knowledge: CommandKnowledge): MainUse {
  const program = baseName(use.program.text);
  const root = use.program.known ? knowledge.spec(program) : null;
  if (!root) return { program, path: program, spec: null, parts: [], use };
  const { parts, spec } = readBySpec(root, use.args);
  const below = parts.filter(({ role, problem }) => role === 'subcommand' && problem === null);
  return { program, path: [program, ...below.map(({ name }) => name)].join(' '), spec, parts, use };
}

/** The spec of 'git commit', from that of git; null where it is not known. */
export function specOfPath(knowledge: CommandKnowledge, path: string): CommandSpec | null {
  const [program = '', ...subcommands] = path.split(' ');
  let spec = knowledge.spec(program);
  for (const name of subcommands) spec = spec?.subcommands.find((one) => one.names.includes(name)) ?? null;
  return spec;
}
