import { readClients } from '../languages/clients';
import { readInterpreters } from '../languages/interpreters';
import type { Script, ShellParser, SimpleCommand, Statement, Word } from '../parse/syntax';
import { type Arg, argOf, argsOf, plainArg, UNKNOWN } from './args';
import { readContainers } from './containers';
import { eachStatement, fedScripts, innerStatements, scriptsOf, scriptsOfWord } from './each-statement';
import { environmentRisk } from './environment';
import { readHiddenCommands } from './hidden-commands';
import { readIterators } from './iterators';
import type { Variables } from './known-variables';
import { programOfPath } from './program-name';
import type { Call, Inside, Place, Seen, Stdin } from './seen';
import { readShells, shown } from './shells';
import { statementOutput } from './static-output';
import { collectValues, NO_VARIABLES, variablesWith } from './variables';
import { unwrap } from './wrappers';

/** Names that the user's own shell gives a meaning: text of aliases, text of function bodies. */
export interface ShellNames {
  readonly aliases: ReadonlyMap<string, string>;
  readonly functions: ReadonlyMap<string, string>;
}

interface Context {
  readonly variables: Variables;
  /** Values of variables that have several; each command is read once for each. */
  readonly values: ReadonlyMap<string, readonly string[] | null>;
  readonly outer: Variables;
  readonly functions: ReadonlyMap<string, Statement>;
  readonly stdin: Stdin;
  readonly place: Place;
  readonly root: boolean;
  readonly depth: number;
  /** Names of functions and aliases being read, so that one that calls itself ends. */
  readonly calls: readonly string[];
  /** Set while code from inside an argument is read: the place of that argument in the whole text. */
  readonly span: { readonly start: number; readonly end: number } | null;
}

const NO_INPUT: Stdin = { kind: 'none' };
/** Code in code in code: deeper than this nobody can tell what runs. */
const MAX_DEPTH = 12;
/** Most ways of giving values to the variables of one command. */
const MAX_WAYS = 12;
/** So that a text built to branch at each level ends. */
const MAX_SEEN = 3000;

const READERS = [
  readShells,
  readIterators,
  readInterpreters,
  readClients,
  readContainers,
  // git and screen are both: their options start programs, and some of their subcommands wrap a command.
  (call: Call): Inside[] | null => {
    const [hidden, wrapped] = [readHiddenCommands(call), unwrap(call)];
    return hidden && wrapped ? [...hidden, ...wrapped] : (hidden ?? wrapped);
  },
] as const;

/** All that a script does, with wrappers taken off and code inside arguments read. */
export function seeScript(script: Script, parser: ShellParser, names: ShellNames): Seen[] {
  const seen: Seen[] = [];

  function add(item: Seen): void {
    if (seen.length < MAX_SEEN) seen.push(item);
    else if (seen.length === MAX_SEEN)
      seen.push({
        kind: 'unseen',
        why: 'The command has more parts than are read.',
        start: item.start,
        end: item.end,
      });
  }
  const unseen = (why: string, { start, end }: { start: number; end: number }) =>
    add({ kind: 'unseen', why, start, end });

  function walkScript(inner: Script, context: Context): void {
    for (const statement of inner.statements) walk(statement, context);
  }

  function enter(inner: Script, context: Context): Context {
    const values = collectValues(inner, context.variables);
    const functions = new Map(context.functions);
    eachStatement(inner, (each) => {
      if (each.kind === 'function') functions.set(each.name, each.body);
    });
    const variables = variablesWith(values, new Map(), context.variables);
    return { ...context, values, variables, outer: context.variables, functions };
  }

  function walk(statement: Statement, context: Context): void {
    const fed = fedScripts(statement);
    for (const inner of scriptsOf(statement))
      walkScript(inner, { ...context, stdin: fed.has(inner) ? { kind: 'unknown', from: 'pipe' } : NO_INPUT });
    const stdin = inputOf(statement, context);
    const here = { ...context, stdin };
    if (statement.kind !== 'command') writes(statement, here);
    switch (statement.kind) {
      case 'command':
        eachWay(statement, here);
        break;
      case 'pipeline':
        statement.commands.forEach((command, index) => {
          const before = statement.commands[index - 1];
          walk(command, before ? { ...here, stdin: outputOf(before, here) } : here);
        });
        break;
      case 'function':
        // The body is rated where it is defined as well: it replaces a name that is used later.
        walk(statement.body, { ...here, stdin: NO_INPUT, calls: [...here.calls, statement.name] });
        break;
      default:
        for (const inner of innerStatements(statement)) walk(inner, here);
    }
  }

  function outputOf(statement: Statement, context: Context): Stdin {
    const text = statementOutput(statement, context.variables);
    return text === null ? { kind: 'unknown', from: 'pipe' } : { kind: 'text', text };
  }

  function inputOf(statement: Statement, context: Context): Stdin {
    let input = context.stdin;
    for (const { operator, descriptor, target, heredoc } of statement.redirects) {
      if (descriptor !== null && descriptor !== '0') continue;
      if (heredoc)
        input = { kind: 'text', text: heredoc.quoted ? heredoc.body : fillHeredoc(heredoc.body, context) };
      else if (operator === '<<<' && target) {
        const arg = argOf(target, context.variables);
        input =
          arg.text === UNKNOWN ? { kind: 'unknown', from: 'pipe' } : { kind: 'text', text: `${arg.text}\n` };
      } else if (/^<>?$/.test(operator) && target) {
        const name = argOf(target, context.variables).text;
        if (name === '/dev/null') input = NO_INPUT;
        else if (!/^\/dev\/(?:stdin|tty|fd\/0)$/.test(name)) input = { kind: 'unknown', from: 'file' };
      } else if (operator === '<&') input = { kind: 'unknown', from: 'file' };
    }
    return input;
  }

  /** A body with expansions: substitutions become unknown, so that a command word made of one is not taken for known. */
  const fillHeredoc = (body: string, { variables }: Context): string =>
    body
      .replace(/\\([$`\\])/g, '$1')
      .replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced, plain) => variables.value(braced ?? plain) ?? whole);

  function writes({ redirects }: Statement, context: Context): void {
    for (const { operator, target, start, end } of redirects) {
      if (!target || !/>/.test(operator)) continue;
      const arg = argOf(target, context.variables);
      if (/^>&$/.test(operator) && /^(?:\d+-?|-)$/.test(arg.text)) continue;
      if (target.parts.some((part) => part.kind === 'process')) continue;
      add({ kind: 'write', operator, target: arg, ...place(context, { start, end }) });
    }
  }

  const place = ({ span, place, root }: Context, own: { start: number; end: number }) => ({
    place,
    root,
    start: span?.start ?? own.start,
    end: span?.end ?? own.end,
  });

  /** A command whose words hold variables with several values is read with each of them. */
  function eachWay(command: SimpleCommand, context: Context): void {
    const names = new Set<string>();
    for (const word of command.words)
      for (const part of word.parts)
        if (part.kind === 'expansion' && (context.values.get(part.name)?.length ?? 0) > 1)
          names.add(part.name);
    let ways: Map<string, string>[] = [new Map()];
    for (const name of names)
      ways = ways.flatMap((way) =>
        (context.values.get(name) ?? []).map((value) => new Map(way).set(name, value)),
      );
    if (ways.length > MAX_WAYS) ways = [new Map()];
    for (const way of ways) {
      const variables = way.size > 0 ? variablesWith(context.values, way, context.outer) : context.variables;
      runCommand(command, { ...context, variables });
    }
  }

  function runCommand(command: SimpleCommand, context: Context): void {
    writes(command, context);
    const first = plainArg('', command);
    for (const { name, value, start, end } of command.assignments)
      if (value)
        setVariable(
          plainArg(`${name}=${argOf(value, context.variables).text}`, { start, end }),
          first,
          context,
        );
    // With another IFS nobody can tell into which words a variable falls.
    const splits =
      context.values.has('IFS') && command.words[0]?.parts.some((part) => part.kind === 'expansion');
    if (splits) {
      unseen('The command to run depends on IFS.', place(context, command));
      return;
    }
    const args = command.words.flatMap((word) => argsOf(word, context.variables));
    if (args.length > 0) run(args, false, { ...context, span: context.span });
    // `$X` that may be nothing leaves nothing to run; a word that is there but has no value does not.
    else if (command.words.length > 0)
      unseen('The command to run is not in the text.', place(context, command));
  }

  function setVariable(assignment: Arg, first: Arg, context: Context): void {
    const call: Call = {
      program: assignment.text.replace(/=[\s\S]*/, ''),
      args: [assignment],
      moreArgs: false,
      stdin: NO_INPUT,
    };
    const inside = environmentRisk(assignment);
    if (inside.length > 0) runInside(inside, call, first, context);
  }

  function run(args: readonly Arg[], moreArgs: boolean, context: Context): void {
    const [first, ...rest] = args;
    if (!first) return;
    const span = place(context, { start: first.start, end: args.at(-1)?.end ?? first.end });
    if (context.depth > MAX_DEPTH) {
      unseen('The code is nested too deeply to be read.', span);
      return;
    }
    if (!first.known || first.glob) {
      unseen('The program to run is not in the text: it is computed when the command runs.', span);
      return;
    }
    const written = first.text;
    const own = context.functions.get(written) ?? null;
    const meaning = names.aliases.get(written);
    const body = names.functions.get(written);
    if (
      (own || meaning !== undefined || body !== undefined) &&
      context.place === 'here' &&
      !context.calls.includes(written)
    ) {
      runNamed(written, own, meaning ?? body ?? '', meaning !== undefined, args, moreArgs, context);
      return;
    }
    if (own && context.calls.includes(written)) {
      add({
        kind: 'note',
        level: 'destructive',
        why: `The function ${written} calls itself without end.`,
        ...pick(span),
      });
      return;
    }

    const program = written.includes('/') ? programOfPath(written) : written;
    if (/^(?:export|declare|typeset|local|readonly)$/.test(written))
      for (const arg of rest) if (/^\w+=/.test(arg.text)) setVariable(arg, first, context);
    if (program === null) {
      unseen(`The file ${shown(first)} runs, and what is in it was not seen.`, span);
      return;
    }
    if (program === '') return;
    const call: Call = { program, args: rest, moreArgs, stdin: context.stdin };
    for (const read of READERS) {
      const inside = read(call);
      if (inside) {
        runInside(inside, call, first, context);
        return;
      }
    }
    add({ kind: 'invocation', program, args: rest, moreArgs, stdin: context.stdin, ...span });
  }

  function runNamed(
    name: string,
    own: Statement | null,
    text: string,
    isAlias: boolean,
    args: readonly Arg[],
    moreArgs: boolean,
    context: Context,
  ): void {
    const inner = { ...context, depth: context.depth + 1, calls: [...context.calls, name] };
    if (own) {
      walk(own, inner);
      return;
    }
    const span = context.span ?? { start: args[0]?.start ?? 0, end: args.at(-1)?.end ?? 0 };
    if (!isAlias) {
      runCode(text, { ...inner, span });
      return;
    }
    const parsed = parser.parse(text);
    const words = parsed.parsed ? onlyCommand(parsed.script) : null;
    // An alias of one command takes the arguments that follow; of anything else only its last command would.
    if (!words) {
      runCode(
        `${text} ${args
          .slice(1)
          .map(({ text: each }) => quote(each))
          .join(' ')}`,
        { ...inner, span },
      );
      return;
    }
    const expanded = words.flatMap((word) =>
      argsOf(word, context.variables).map((arg) => ({ ...arg, ...span })),
    );
    run([...expanded, ...args.slice(1)], moreArgs, inner);
  }

  function runInside(inside: readonly Inside[], call: Call, first: Arg, context: Context): void {
    const span = place(context, { start: first.start, end: call.args.at(-1)?.end ?? first.end });
    const deeper = { ...context, depth: context.depth + 1 };
    for (const each of inside) {
      const where = {
        place: ('place' in each && each.place) || context.place,
        root: ('root' in each && each.root) || context.root,
      };
      if ('root' in each && each.root) add({ kind: 'elevated', program: call.program, ...pick(span) });
      switch (each.kind) {
        case 'self':
          add({ kind: 'invocation', ...call, ...span });
          break;
        case 'unseen':
          unseen(each.why, span);
          break;
        case 'note':
          add({ kind: 'note', level: each.level, why: each.why, ...pick(span) });
          break;
        case 'write':
          add({ kind: 'write', operator: each.operator, target: each.target, ...span });
          break;
        case 'argv':
          run(each.args, each.moreArgs ?? false, { ...deeper, ...where, stdin: each.stdin ?? NO_INPUT });
          break;
        case 'code':
          runCode(each.code.text, {
            ...deeper,
            ...where,
            stdin: each.fromInput ? NO_INPUT : call.stdin,
            span: context.span ?? { start: each.code.start, end: each.code.end },
          });
      }
    }
  }

  function runCode(text: string, context: Context): void {
    const span = context.span ?? { start: 0, end: 0 };
    if (context.depth > MAX_DEPTH) {
      unseen('The code is nested too deeply to be read.', span);
      return;
    }
    const parsed = parser.parse(text.replaceAll(UNKNOWN, `\${${HIDDEN}}`));
    if (!parsed.parsed) {
      unseen('Code that is given as text could not be read.', span);
      return;
    }
    walkScript(parsed.script, enter(parsed.script, context));
  }

  const root: Context = {
    variables: NO_VARIABLES,
    values: new Map(),
    outer: NO_VARIABLES,
    functions: new Map(),
    stdin: NO_INPUT,
    place: 'here',
    root: false,
    depth: 0,
    calls: [],
    span: null,
  };
  walkScript(script, enter(script, root));
  return seen;
}

/** Stands for what is not known in code that is built from arguments; no text sets it. */
const HIDDEN = 'sigma_ops_not_in_the_text';

const pick = ({ start, end }: { start: number; end: number }) => ({ start, end });
const quote = (text: string) => (/^[\w./=:,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function onlyCommand(script: Script): readonly Word[] | null {
  const [only] = script.statements;
  if (script.statements.length !== 1 || only?.kind !== 'command') return null;
  const plain = only.redirects.length === 0 && only.assignments.length === 0;
  return plain && only.words.every((word) => scriptsOfWord(word).length === 0) ? only.words : null;
}
