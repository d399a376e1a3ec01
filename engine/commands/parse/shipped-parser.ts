import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { loadShellParser } from './load-shell-parser';
import type { ShellParser } from './syntax';

/** The build puts the grammar beside the programs of out/main (electron.vite.config.ts). */
const GRAMMAR = 'tree-sitter-bash.wasm';

let loading: Promise<ShellParser> | undefined;

/** The parser that ships with the app; loaded once. */
export function shippedParser(): Promise<ShellParser> {
  const { resolve } = createRequire(import.meta.url);
  // This module is in an entry's file or in a shared chunk one folder below; a tool built elsewhere uses the package.
  const beside = ['.', '..'].map((folder) => join(import.meta.dirname, folder, GRAMMAR));
  loading ??= loadShellParser({
    runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: readFileSync(beside.find((path) => existsSync(path)) ?? resolve(`tree-sitter-bash/${GRAMMAR}`)),
  });
  return loading;
}
