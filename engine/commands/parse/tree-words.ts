import type { Node } from 'web-tree-sitter';
import { type Assignment, type Script, ShellSyntaxError, type Word } from './syntax';
import { type Embedded, readWord } from './word-reader';

/** Reads the statements below a node; passed around so that words can hold scripts and scripts words. */
export type ScriptReader = (node: Node) => Script;

export interface TreeContext {
  readonly text: string;
  readonly script: ScriptReader;
}

const EMBEDDED: Readonly<Record<string, Embedded['kind']>> = {
  command_substitution: 'substitution',
  process_substitution: 'process',
  expansion: 'expansion',
  arithmetic_expansion: 'arithmetic',
};

export const fail = (node: Node, message: string): never => {
  throw new ShellSyntaxError(message, node.startIndex, Math.max(node.endIndex, node.startIndex));
};

export const childrenOf = (node: Node): Node[] =>
  node.children.filter((child): child is Node => child !== null);

/** Where a node's own text starts; the grammar's tokens may take blanks before them along. */
export function startOf(node: Node, text: string): number {
  let at = node.startIndex;
  while (at < node.endIndex && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}

/** The commands that run inside a node, wherever they stand in it. */
export function scriptsIn(node: Node, context: TreeContext): Script[] {
  if (node.type === 'command_substitution' || node.type === 'process_substitution')
    return [context.script(node)];
  return node.childCount === 0 ? [] : childrenOf(node).flatMap((child) => scriptsIn(child, context));
}

function collectEmbedded(node: Node, context: TreeContext, into: Map<number, Embedded>): void {
  const kind = EMBEDDED[node.type];
  if (kind)
    into.set(startOf(node, context.text), { kind, end: node.endIndex, scripts: scriptsIn(node, context) });
  else if (node.childCount > 0) for (const child of childrenOf(node)) collectEmbedded(child, context, into);
}

/**
 * A word must stand alone: the grammar skips an escaped blank before a word and may cut one word into two, where bash
 * does neither.
 */
function checkBounds(text: string, start: number, end: number, node: Node): void {
  const before = text[start - 1] ?? ' ';
  const escaped =
    /\s/.test(before) && text[start - 2] === '\\' && text[start - 1] !== '\n' && text[start - 3] !== '\\';
  if (!/[ \t\n;&|()<>`=]/.test(before) || escaped) fail(node, 'These words could not be told apart.');
  if (!/[ \t\n;&|()<>`]/.test(text[end] ?? ' ') && !/^\\\n/.test(text.slice(end)))
    fail(node, 'These words could not be told apart.');
}

export function wordOf(node: Node, context: TreeContext): Word {
  const start = startOf(node, context.text);
  if (context.text.slice(node.startIndex, start).includes('\n'))
    fail(node, 'Two lines could not be told apart.');
  const embedded = new Map<number, Embedded>();
  collectEmbedded(node, context, embedded);
  checkBounds(context.text, start, node.endIndex, node);
  return readWord(context.text, start, node.endIndex, embedded);
}

/** A pattern of `case`, in which `|` and parentheses may stand; only the commands inside matter. */
export function patternOf(node: Node, context: TreeContext): Word {
  const { text } = context;
  const written = text.slice(node.startIndex, node.endIndex);
  const literal = /^[\w.-]*$/.test(written) ? written : null;
  const span = { start: node.startIndex, end: node.endIndex };
  const parts = scriptsIn(node, context).map(
    (script) =>
      ({ kind: 'substitution', quoted: true, script, start: script.start, end: script.end }) as const,
  );
  return { ...span, text: written, parts, literal };
}

/** The word `NAME=VALUE` of declare and export, so that arrays are left out. */
export function assignmentOf(node: Node, context: TreeContext): Assignment {
  const name = node.childForFieldName('name');
  const value = node.childForFieldName('value');
  const span = { start: startOf(node, context.text), end: node.endIndex };
  const operator = childrenOf(node).some((child) => child.type === '+=');
  const plain =
    name?.type === 'subscript' ? (name.childForFieldName('name')?.text ?? '') : (name?.text ?? '');
  const inName = name ? scriptsIn(name, context) : [];
  if (value?.type === 'array') {
    const array = childrenOf(value)
      .filter((child) => child.isNamed)
      .map((child) => wordOf(child, context));
    return { ...span, name: plain, append: operator, value: null, array };
  }
  if (name?.type === 'subscript') {
    const words = value ? [wordOf(value, context)] : [];
    const index = inName.map((script) => substitutionWord(script));
    return { ...span, name: plain, append: true, value: null, array: [...index, ...words] };
  }
  return {
    ...span,
    name: plain,
    append: operator,
    value: value ? wordOf(value, context) : null,
    array: null,
  };
}

function substitutionWord(script: Script): Word {
  const { start, end } = script;
  return {
    start,
    end,
    text: '',
    parts: [{ kind: 'substitution', quoted: true, script, start, end }],
    literal: null,
  };
}
