import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { shippedFile } from '../../knowledge/shipped-file';
import { loadShellParser } from './load-shell-parser';
import type { ShellParser } from './syntax';

const GRAMMAR = 'tree-sitter-bash.wasm';

let loading: Promise<ShellParser> | undefined;

/** The parser that ships with the app, loaded when it is first asked for; from its packages where there is no build. */
export function shippedParser(): Promise<ShellParser> {
  const { resolve } = createRequire(import.meta.url);
  loading ??= loadShellParser({
    runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: readFileSync(shippedFile(GRAMMAR) ?? resolve(`tree-sitter-bash/${GRAMMAR}`)),
  });
  return loading;
}
