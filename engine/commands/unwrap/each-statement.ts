import type { Redirect, Script, Statement, Word } from '../parse/syntax';

/** Scripts inside a word: substitutions, process substitutions, and those in expansions and arithmetic. */
export function scriptsOfWord(word: Word): readonly Script[] {
  if (word.literal !== null) return [];
  return word.parts.flatMap((part) => {
    if (part.kind === 'substitution' || part.kind === 'process') return [part.script];
    return part.kind === 'expansion' || part.kind === 'arithmetic' ? part.scripts : [];
  });
}

export const scriptsOfRedirect = ({ target, heredoc }: Redirect): readonly Script[] => [
  ...(target ? scriptsOfWord(target) : []),
  ...(heredoc?.scripts ?? []),
];

/** Scripts in the words of one statement, not those of the statements that it contains. */
export function scriptsOf(statement: Statement): readonly Script[] {
  const inRedirects = statement.redirects.flatMap(scriptsOfRedirect);
  switch (statement.kind) {
    case 'command':
      return [
        ...statement.assignments.flatMap(({ value, array }) =>
          [...(value ? [value] : []), ...(array ?? [])].flatMap(scriptsOfWord),
        ),
        ...statement.words.flatMap(scriptsOfWord),
        ...inRedirects,
      ];
    case 'for':
      return [...statement.values.flatMap(scriptsOfWord), ...inRedirects];
    case 'case':
      return [
        ...scriptsOfWord(statement.subject),
        ...statement.items.flatMap(({ patterns }) => patterns.flatMap(scriptsOfWord)),
        ...inRedirects,
      ];
    case 'condition':
      return [...statement.scripts, ...inRedirects];
    default:
      return inRedirects;
  }
}

/** The statements directly inside a compound statement, in order. */
export function innerStatements(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'pipeline':
      return statement.commands;
    case 'list':
      return [statement.left, statement.right];
    case 'negated':
    case 'function':
      return [statement.body];
    case 'group':
    case 'subshell':
    case 'for':
      return statement.body;
    case 'if':
      return statement.branches.flatMap(({ condition, body }) => [...condition, ...body]);
    case 'while':
      return [...statement.condition, ...statement.body];
    case 'case':
      return statement.items.flatMap(({ body }) => body);
    default:
      return [];
  }
}

/** Visits each statement of a script, those in substitutions included. */
export function eachStatement(script: Script, visit: (statement: Statement) => void): void {
  for (const statement of script.statements) visitStatement(statement, visit);
}

function visitStatement(statement: Statement, visit: (statement: Statement) => void): void {
  visit(statement);
  for (const script of scriptsOf(statement)) eachStatement(script, visit);
  for (const inner of innerStatements(statement)) visitStatement(inner, visit);
}

/** Scripts of `>( )`: they read what the command writes. */
export function fedScripts(statement: Statement): ReadonlySet<Script> {
  const targets = statement.redirects.flatMap(({ target }) => (target ? [target] : []));
  const words = statement.kind === 'command' ? [...statement.words, ...targets] : targets;
  const parts = words.flatMap((word) => word.parts);
  return new Set(
    parts.flatMap((part) => (part.kind === 'process' && part.direction === '>' ? [part.script] : [])),
  );
}
