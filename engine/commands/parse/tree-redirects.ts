import type { Node } from 'web-tree-sitter';
import type { Heredoc, Redirect, Statement, Word } from './syntax';
import { childrenOf, fail, scriptsIn, startOf, type TreeContext, wordOf } from './tree-words';

/** What a node of the grammar's redirections holds, which is more than the redirection. */
export interface ReadRedirect {
  readonly redirects: readonly Redirect[];
  /** `> a b`: the grammar counts b as a second target; it is an argument of the command. */
  readonly words: readonly Word[];
  /** `<<E | sh`: what follows the heredoc's start on its line. */
  readonly tail: { readonly operator: '|' | '&&' | '||'; readonly statement: Statement } | null;
}

const OPERATOR = /^(?:&>>|&>|>>|>\||>&-?|<&-?|<>|<<<|<<-?|>|<)/;

export function readRedirect(
  node: Node,
  context: TreeContext,
  statement: (node: Node) => Statement,
): ReadRedirect {
  return node.type === 'heredoc_redirect'
    ? readHeredoc(node, context, statement)
    : readFileRedirect(node, context);
}

function readFileRedirect(node: Node, context: TreeContext): ReadRedirect {
  const { text } = context;
  const children = childrenOf(node);
  const descriptor = children.find((child) => child.type === 'file_descriptor');
  const at = children.find((child) => !child.isNamed);
  if (!at) return fail(node, 'A redirection could not be read.');
  const start = startOf(node, text);
  const operator = OPERATOR.exec(text.slice(startOf(at, text)))?.[0] ?? at.type;
  const words = children
    .filter((child) => child !== at && child !== descriptor && child.isNamed)
    .map((child) => wordOf(child, context));
  const closes = operator.endsWith('-') && operator !== '<<-';
  const target = closes ? null : (words[0] ?? null);
  if (!closes && !target) return fail(node, 'A redirection names no file.');
  // `{fd}> file` is read as an argument {fd}; harmless, the redirection itself is seen.
  const redirect: Redirect = {
    start,
    end: target?.end ?? at.endIndex,
    descriptor: descriptor ? descriptor.text.trim() : null,
    operator,
    target,
    heredoc: null,
  };
  return { redirects: [redirect], words: words.slice(closes ? 0 : 1), tail: null };
}

function readHeredoc(node: Node, context: TreeContext, statement: (node: Node) => Statement): ReadRedirect {
  const { text } = context;
  const redirects: Redirect[] = [];
  const words: Word[] = [];
  let tail: ReadRedirect['tail'] = null;
  let operator = '<<';
  let pending: '&&' | '||' | null = null;
  let delimiter: Node | null = null;
  let descriptor: string | null = null;
  let heredoc: Heredoc | null = null;
  for (const child of childrenOf(node)) {
    if (child.type === 'file_descriptor') descriptor = child.text.trim();
    else if (child.type === '<<' || child.type === '<<-') operator = child.type;
    else if (child.type === 'heredoc_start') delimiter = child;
    else if (child.type === 'heredoc_body') heredoc = bodyOf(child, operator, delimiter, context);
    else if (child.type === 'heredoc_end' || child.type === '\n') continue;
    else if (child.type === '&&' || child.type === '||') pending = child.type;
    else if (child.type === 'file_redirect' || child.type === 'herestring_redirect') {
      const inner = readFileRedirect(child, context);
      redirects.push(...inner.redirects);
      words.push(...inner.words);
    } else if (child.type === 'pipeline') {
      const piped = childrenOf(child).find((each) => each.isNamed);
      if (!piped) return fail(child, 'Nothing follows the pipe.');
      tail = { operator: '|', statement: statement(piped) };
    } else if (pending) tail = { operator: pending, statement: statement(child) };
    else if (child.isNamed) words.push(wordOf(child, context));
  }
  if (!heredoc || !delimiter) return fail(node, 'A here-document could not be read.');
  const start = startOf(node, text);
  redirects.unshift({ start, end: delimiter.endIndex, descriptor, operator, target: null, heredoc });
  return { redirects, words, tail };
}

function bodyOf(node: Node, operator: string, delimiter: Node | null, context: TreeContext): Heredoc {
  const quoted = /['"\\]/.test(delimiter?.text ?? '');
  const raw = context.text.slice(node.startIndex, node.endIndex);
  const body = operator === '<<-' ? raw.replace(/^\t+/gm, '') : raw;
  const scripts = quoted ? [] : scriptsIn(node, context);
  return { start: node.startIndex, end: node.endIndex, body, quoted, scripts };
}
