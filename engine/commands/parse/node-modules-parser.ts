import { createRequire } from 'node:module';
import { loadShellParser } from './load-shell-parser';
import type { ShellParser } from './syntax';

/** The parser with the files of node_modules, as tests and tools that run from the sources use it. */
export function loadParserFromNodeModules(): Promise<ShellParser> {
  const { resolve } = createRequire(import.meta.url);
  return loadShellParser({
    runtime: resolve('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: resolve('tree-sitter-bash/tree-sitter-bash.wasm'),
  });
}
