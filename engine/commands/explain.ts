import type { ExplainedPart } from '../contract/commands';
import type { CommandKnowledge, CommandSpec } from '../knowledge/command-spec';
import { readBySpec, type SpecPart } from './findings/read-by-spec';
import { type CommandUse, usesIn } from './findings/uses';
import { lookUp } from './look-up';
import type { Operator, Redirect, Script, ShellText } from './parse/syntax';
import { eachStatement } from './unwrap/each-statement';
import { baseName } from './unwrap/program-name';

const SHELL = 'man bash(1)';

const OPERATORS: Readonly<Record<string, string>> = {
  '|': 'The output of the left command is the input of the right one.',
  '|&': 'Output and errors of the left command are the input of the right one.',
  '&&': 'The right command runs only if the left one succeeded.',
  '||': 'The right command runs only if the left one failed.',
  ';': 'The next command runs when this one has ended.',
  '&': 'The command runs in the background.',
};

const REDIRECTIONS: Readonly<Record<string, string>> = {
  '>': 'Writes the output to this file, over what is in it.',
  '>|': 'Writes the output to this file, over what is in it, even if the shell is set to keep files.',
  '>>': 'Adds the output to the end of this file.',
  '<': 'Reads the input from this file.',
  '<>': 'Opens this file for reading and writing.',
  '&>': 'Writes output and errors to this file, over what is in it.',
  '&>>': 'Adds output and errors to the end of this file.',
  '<<<': 'Gives this text as input.',
  '<<': 'Gives the following lines as input.',
  '<<-': 'Gives the following lines as input, without the tabs before them.',
  '>&': 'Sends the output where this stream goes.',
  '<&': 'Takes the input from this stream.',
  '>&-': 'Closes the output.',
  '<&-': 'Closes the input.',
};

/** Each part of a command with its documented meaning, in the order of the text. */
export function explainCommand(
  text: string,
  parsed: ShellText,
  knowledge: CommandKnowledge,
): ExplainedPart[] {
  if (!parsed.parsed) return [];
  const parts = [
    ...usesIn(parsed.script).flatMap((use) => explainUse(use, text, knowledge)),
    ...parsed.operators.map((operator) => explainOperator(operator)),
    ...explainShell(parsed.script, text),
  ];
  return parts.sort((a, b) => a.start - b.start || a.end - b.end);
}

function explainUse(
  { program, args }: CommandUse,
  text: string,
  knowledge: CommandKnowledge,
): ExplainedPart[] {
  const name = baseName(program.text);
  const spec = program.known ? knowledge.spec(name) : null;
  const head = part(text, program, 'program', spec ? spec.description || null : null, spec);
  if (!spec)
    return [
      head,
      ...args.map((arg) => part(text, arg, arg.text.startsWith('-') ? 'option' : 'argument', null, null)),
    ];
  const { parts } = readBySpec(spec, args);
  return [head, ...joinOptions(parts).map((each) => explainPart(each, text))];
}

/** Letters of one cluster are one word of the text: their meanings are said one after the other. */
function joinOptions(parts: readonly SpecPart[]): SpecPart[][] {
  const groups: SpecPart[][] = [];
  for (const each of parts) {
    const last = groups.at(-1);
    if (last?.[0]?.arg === each.arg && each.role === 'option') last.push(each);
    else groups.push([each]);
  }
  return groups;
}

function explainPart(group: readonly SpecPart[], text: string): ExplainedPart {
  const [first] = group as [SpecPart, ...SpecPart[]];
  const { arg, role, spec, option, name } = first;
  if (role === 'subcommand')
    return part(text, arg, 'subcommand', spec.description || null, first.problem ? null : spec);
  if (role === 'end-of-options')
    return { ...part(text, arg, 'operator', 'What follows are no options.', null), source: SHELL };
  if (role === 'operand') return part(text, arg, 'argument', null, null);
  if (role === 'value')
    return part(
      text,
      arg,
      'argument',
      option ? `${option.argumentName || 'The value'} of ${name}.` : null,
      spec,
    );
  const meanings = group.flatMap((each) => {
    if (!each.option?.description) return [];
    return [group.length > 1 ? `${each.name}: ${each.option.description}` : each.option.description];
  });
  const known = group.some((each) => each.option);
  // Sentences of several options without their own points: one ends where the next one's name begins.
  const joined =
    meanings.length > 1
      ? meanings.map((one) => one.replace(/[.;]\s*$/, '')).join('; ')
      : (meanings[0] ?? null);
  return part(text, arg, 'option', joined, known ? spec : null);
}

function part(
  text: string,
  { start, end }: { start: number; end: number },
  role: ExplainedPart['role'],
  meaning: string | null,
  spec: CommandSpec | null,
): ExplainedPart {
  return {
    start,
    end,
    text: text.slice(start, end),
    role,
    meaning,
    source: spec && meaning ? spec.source.name : null,
  };
}

const explainOperator = ({ text, start, end }: Operator): ExplainedPart => ({
  start,
  end,
  text,
  role: 'operator',
  meaning: lookUp(OPERATORS, text) ?? null,
  source: SHELL,
});

/** Redirections and assignments, wherever they stand. */
function explainShell(script: Script, text: string): ExplainedPart[] {
  const parts: ExplainedPart[] = [];
  eachStatement(script, (statement) => {
    parts.push(...statement.redirects.map((redirect) => explainRedirect(redirect, text)));
    if (statement.kind === 'command') {
      const forOne = statement.words.length > 0;
      for (const { start, end, name } of statement.assignments) {
        const meaning = forOne ? `Sets ${name} for this command alone.` : `Sets the variable ${name}.`;
        parts.push({ start, end, text: text.slice(start, end), role: 'assignment', meaning, source: SHELL });
      }
    }
  });
  return parts;
}

function explainRedirect(
  { start, end, operator, descriptor, target }: Redirect,
  text: string,
): ExplainedPart {
  return {
    start,
    end,
    text: text.slice(start, end),
    role: 'redirection',
    meaning: redirectMeaning(operator, descriptor, target?.text ?? ''),
    source: SHELL,
  };
}

function redirectMeaning(operator: string, descriptor: string | null, target: string): string | null {
  if (operator === '>&' && descriptor === '2' && target === '1') return 'Sends errors where the output goes.';
  if (operator === '>&' && target === '2') return 'Sends the output where errors go.';
  if (target === '/dev/null' && />/.test(operator))
    return descriptor === '2' ? 'Throws errors away.' : 'Throws the output away.';
  const meaning = lookUp(REDIRECTIONS, operator);
  if (!meaning) return null;
  return descriptor === '2' ? meaning.replace(/\b(?:the output|output)\b/, 'errors') : meaning;
}
