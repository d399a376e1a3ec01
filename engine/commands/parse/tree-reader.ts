import type { Node } from 'web-tree-sitter';
import {
  type Assignment,
  type Operator,
  type Redirect,
  type Script,
  ShellSyntaxError,
  type Statement,
  type Word,
} from './syntax';
import { type ReadRedirect, readRedirect } from './tree-redirects';
import { assignmentOf, childrenOf, fail, patternOf, scriptsIn, type TreeContext, wordOf } from './tree-words';

/** Words that open or close compound commands; the grammar takes some of them for programs. */
const RESERVED = new Set(
  'then do done fi esac elif else if for while until case select function in } { ! [[ ]]'.split(' '),
);
const OPERATORS = new Set(['&&', '||', '|', '|&', '&', ';']);
const SKIPPED = new Set([';', '&', '\n', 'comment', '(', ')', '{', '}', '$(', '`', '<(', '>(', '|', '|&']);

/** The tree of the library as our own tree; throws ShellSyntaxError where the text is no valid shell. */
export function readTree(root: Node, text: string): { script: Script; operators: Operator[] } {
  if (root.hasError) {
    const broken = findBroken(root) ?? root;
    return fail(broken, syntaxMessage(broken, text));
  }
  const operators: Operator[] = [];
  const context: TreeContext = { text, script: (node) => scriptOf(node) };
  const statement = (node: Node): Statement => readStatement(node);
  const none = { redirects: [] };

  function noteOperators(children: readonly Node[]): void {
    for (const child of children)
      if (!child.isNamed && OPERATORS.has(child.type))
        operators.push({ text: child.type, start: child.startIndex, end: child.endIndex });
  }

  function scriptOf(node: Node): Script {
    return { start: node.startIndex, end: node.endIndex, statements: block(childrenOf(node)) };
  }

  /** Statements among the children of a node, separators left out. */
  function block(children: readonly Node[]): Statement[] {
    noteOperators(children);
    return children
      .filter((child) => {
        if (child.type === ';;') fail(child, 'Only a branch of case ends with two semicolons.');
        return child.isNamed && !SKIPPED.has(child.type);
      })
      .map(statement);
  }

  function readStatement(node: Node): Statement {
    const span = { start: node.startIndex, end: node.endIndex };
    const children = childrenOf(node);
    switch (node.type) {
      case 'command':
      case 'declaration_command':
      case 'unset_command':
      case 'variable_assignment':
      case 'variable_assignments':
        return simple(node, children);
      case 'redirected_statement':
        return redirected(node, children);
      // `$(< file)`: a redirection alone.
      case 'file_redirect':
        return attach(null, [readRedirect(node, context, statement)], span);
      case 'pipeline':
        noteOperators(children);
        return { kind: 'pipeline', ...span, ...none, commands: named(children).map(statement) };
      case 'list': {
        noteOperators(children);
        const [left, right] = named(children);
        if (!left || !right) return fail(node, 'A command is missing.');
        const operator = children.some((child) => child.type === '&&') ? '&&' : '||';
        return { kind: 'list', ...span, ...none, operator, left: statement(left), right: statement(right) };
      }
      case 'negated_command': {
        const [body] = named(children);
        return body
          ? { kind: 'negated', ...span, ...none, body: statement(body) }
          : fail(node, 'Nothing follows !.');
      }
      case 'subshell':
        return { kind: 'subshell', ...span, ...none, body: block(children) };
      case 'compound_statement':
        if (children[0]?.type === '((')
          return { kind: 'condition', ...span, ...none, scripts: scriptsIn(node, context) };
        if (!/\s/.test(text[children[0]?.endIndex ?? 0] ?? '') && text[children[0]?.endIndex ?? 0] !== '(')
          return fail(node, 'A blank must follow {.');
        return { kind: 'group', ...span, ...none, body: block(children) };
      case 'test_command':
        return {
          kind: 'condition',
          ...span,
          redirects: redirectsInTest(node),
          scripts: scriptsIn(node, context),
        };
      case 'if_statement':
        return { kind: 'if', ...span, ...none, branches: branches(children) };
      case 'while_statement': {
        const body = children.find((child) => child.type === 'do_group');
        const condition = children.filter((child) => child !== body);
        return {
          kind: 'while',
          ...span,
          ...none,
          condition: block(condition),
          body: body ? doGroup(body) : [],
        };
      }
      case 'for_statement':
        return forLoop(node, children);
      case 'c_style_for_statement': {
        const body = children.find((child) => /^(?:do_group|compound_statement)$/.test(child.type));
        const head = children.filter((child) => child !== body).flatMap((child) => scriptsIn(child, context));
        const first: Statement = { kind: 'condition', ...span, ...none, scripts: head };
        return { kind: 'group', ...span, ...none, body: [first, ...(body ? doGroup(body) : [])] };
      }
      case 'case_statement':
        return caseOf(node, children);
      case 'function_definition': {
        const name = node.childForFieldName('name')?.text ?? '';
        const body = node.childForFieldName('body');
        const redirects = redirectNodes(children).flatMap(
          (each) => readRedirect(each, context, statement).redirects,
        );
        return body
          ? { kind: 'function', ...span, redirects, name, body: statement(body) }
          : fail(node, 'No body.');
      }
      default:
        return fail(node, 'This part could not be read.');
    }
  }

  function simple(node: Node, children: readonly Node[]): Statement {
    refuseLineEnds(children, text);
    const words: Word[] = [];
    const assignments: Assignment[] = [];
    const redirects: Redirect[] = [];
    if (node.type === 'variable_assignment') assignments.push(assignmentOf(node, context));
    else
      for (const child of children) {
        if (child.type === 'variable_assignment') assignments.push(assignmentOf(child, context));
        else if (isRedirect(child)) {
          const read = readRedirect(child, context, statement);
          redirects.push(...read.redirects);
          words.push(...read.words);
        } else if (child.type === 'subshell')
          fail(child, 'A parenthesis stands where an argument is expected.');
        else if (child.type === 'command_name')
          words.push(...childrenOf(child).map((each) => wordOf(each, context)));
        else words.push(wordOf(child, context));
      }
    words.sort((a, b) => a.start - b.start);
    const [first] = words;
    if (first && RESERVED.has(first.text)) fail(node, `${first.text} stands where a command is expected.`);
    return { kind: 'command', start: node.startIndex, end: node.endIndex, assignments, words, redirects };
  }

  function redirected(node: Node, children: readonly Node[]): Statement {
    const body = node.childForFieldName('body');
    const reads = redirectNodes(children).map((child) => readRedirect(child, context, statement));
    return attach(body ? statement(body) : null, reads, { start: node.startIndex, end: node.endIndex });
  }

  function branches(children: readonly Node[]) {
    const result: { condition: Statement[]; body: Statement[] }[] = [];
    const then = children.findIndex((child) => child.type === 'then');
    const rest = children.slice(then + 1);
    const inner = rest.filter((child) => child.type !== 'elif_clause' && child.type !== 'else_clause');
    result.push({ condition: block(children.slice(0, then)), body: block(inner) });
    for (const clause of rest) {
      if (clause.type === 'elif_clause') result.push(...branches(childrenOf(clause)));
      if (clause.type === 'else_clause') result.push({ condition: [], body: block(childrenOf(clause)) });
    }
    return result;
  }

  const doGroup = (node: Node): Statement[] =>
    block(childrenOf(node).filter((child) => child.type !== 'do' && child.type !== 'done'));

  function forLoop(node: Node, children: readonly Node[]): Statement {
    const body = children.find((child) => child.type === 'do_group');
    const variable = children.find((child) => child.type === 'variable_name');
    const values = children
      .filter((child) => child.isNamed && child !== body && child !== variable && child.type !== 'comment')
      .map((child) => wordOf(child, context));
    const span = { start: node.startIndex, end: node.endIndex };
    return {
      kind: 'for',
      ...span,
      ...none,
      variable: variable?.text ?? '',
      values,
      body: body ? doGroup(body) : [],
    };
  }

  function caseOf(node: Node, children: readonly Node[]): Statement {
    const subject = node.childForFieldName('value');
    if (!subject) return fail(node, 'case has no word.');
    const items = children
      .filter((child) => child.type === 'case_item')
      .map((item) => {
        const parts = childrenOf(item);
        const close = parts.findIndex((child) => child.type === ')');
        const last = parts.findLastIndex((child) => /^;;?&?$/.test(child.type) && child.type !== ';');
        const patterns = parts.slice(0, close).filter((child) => child.isNamed);
        return {
          patterns: patterns.map((child) => patternOf(child, context)),
          body: block(parts.slice(close + 1, last > close ? last : undefined)),
        };
      });
    const span = { start: node.startIndex, end: node.endIndex };
    return { kind: 'case', ...span, ...none, subject: wordOf(subject, context), items };
  }

  /** `[ a > b ]` compares nothing: it writes to the file b. */
  function redirectsInTest(node: Node): Redirect[] {
    if (node.children[0]?.type !== '[') return [];
    const found: Redirect[] = [];
    const visit = (each: Node): void => {
      const children = childrenOf(each);
      const at = children.findIndex((child) => child.type === '>' || child.type === '>>');
      const operator = children[at];
      const target = children[at + 1];
      if (isRedirect(each)) found.push(...readRedirect(each, context, statement).redirects);
      else if (each.type === 'binary_expression' && operator && target)
        found.push({
          start: operator.startIndex,
          end: target.endIndex,
          descriptor: null,
          operator: operator.type,
          target: wordOf(target, context),
          heredoc: null,
        });
      if (each.type !== 'command_substitution') for (const child of children) visit(child);
    };
    visit(node);
    return found;
  }

  const script = scriptOf(root);
  operators.sort((a, b) => a.start - b.start);
  return { script, operators };
}

const isRedirect = (node: Node) => /^(?:file|heredoc|herestring)_redirect$/.test(node.type);
const redirectNodes = (children: readonly Node[]) => children.filter(isRedirect);
const named = (children: readonly Node[]) =>
  children.filter((child) => child.isNamed && child.type !== 'comment' && !isRedirect(child));

/** Puts redirections where bash puts them: behind `a && b` they belong to b alone. */
function attach(
  body: Statement | null,
  reads: readonly ReadRedirect[],
  span: { start: number; end: number },
): Statement {
  const redirects = reads.flatMap((read) => read.redirects);
  const words = reads.flatMap((read) => read.words);
  const tail = reads.find((read) => read.tail)?.tail ?? null;
  const own = body
    ? withRedirects(body, redirects, words)
    : ({ kind: 'command', ...span, assignments: [], words, redirects } as const);
  if (!tail) return own;
  if (tail.operator === '|') return pipeInto(own, tail.statement);
  return { kind: 'list', ...span, redirects: [], operator: tail.operator, left: own, right: tail.statement };
}

function withRedirects(body: Statement, redirects: readonly Redirect[], words: readonly Word[]): Statement {
  if (body.kind === 'list') return { ...body, right: withRedirects(body.right, redirects, words) };
  if (body.kind === 'negated') return { ...body, body: withRedirects(body.body, redirects, words) };
  if (body.kind === 'pipeline') {
    const last = body.commands.at(-1);
    return last
      ? { ...body, commands: [...body.commands.slice(0, -1), withRedirects(last, redirects, words)] }
      : body;
  }
  const joined = { redirects: [...body.redirects, ...redirects] };
  if (body.kind === 'command') return { ...body, ...joined, words: [...body.words, ...words] };
  if (words[0])
    throw new ShellSyntaxError('A word follows where none can stand.', words[0].start, words[0].end);
  return { ...body, ...joined };
}

/** `a <<E | b && c`: a is piped into b, not into the list. And `x && a <<E | b` pipes a only. */
function pipeInto(left: Statement, right: Statement): Statement {
  if (right.kind === 'list') return { ...right, start: left.start, left: pipeInto(left, right.left) };
  if (left.kind === 'list') return { ...left, right: pipeInto(left.right, right) };
  const commands = [left, right].flatMap((each) => (each.kind === 'pipeline' ? each.commands : [each]));
  return { kind: 'pipeline', start: left.start, end: right.end, redirects: [], commands };
}

function findBroken(node: Node): Node | null {
  if (node.isError || node.isMissing) return node;
  if (!node.hasError) return null;
  for (const child of childrenOf(node)) {
    const found = findBroken(child);
    if (found) return found;
  }
  return node;
}

function syntaxMessage(node: Node, text: string): string {
  if (node.isMissing)
    return node.type === 'word' ? 'A command is missing here.' : `${node.type} is missing here.`;
  const written = text.slice(node.startIndex, Math.min(node.endIndex, node.startIndex + 20)).trim();
  return written === '' ? 'The command is not complete.' : `The shell can't read this: ${written}`;
}

/**
 * The grammar sometimes takes the next line for arguments: in `a | b | c`, a line end, `d < x` it reads `c d`. Such a tree
 * hides what runs, so it is none: a line goes on only behind a backslash.
 */
function refuseLineEnds(children: readonly Node[], text: string): void {
  children.forEach((child, at) => {
    const before = children[at - 1];
    if (before && /(?:^|[^\\])\n/.test(text.slice(before.endIndex, child.startIndex)))
      fail(child, 'The end of the line before this word is not read; give each line by itself.');
  });
}
