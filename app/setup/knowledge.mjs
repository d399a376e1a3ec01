import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './shell.mjs';

const FOLDER = join(ROOT, 'out', 'knowledge');

/**
 * Puts the data that the checks of commands read into out/knowledge: the completion specs, made once (about 15 s) into
 * the cache that tests use too, and the shell's grammar. The code is TypeScript of the engine, so Vite loads it.
 */
export async function ensureKnowledge() {
  // Loaded here and not above: on a bare machine this file is read before the packages are there.
  const { runnerImport } = await import('vite');
  const code = join(ROOT, 'engine', 'knowledge', 'fig', 'built-specs.ts');
  const { module } = await runnerImport(code, { root: ROOT, configFile: false, logLevel: 'error' });
  mkdirSync(FOLDER, { recursive: true });
  copyFileSync(module.builtSpecs(), join(FOLDER, 'command-specs.bin'));
  const grammar = 'tree-sitter-bash.wasm';
  copyFileSync(join(ROOT, 'node_modules', 'tree-sitter-bash', grammar), join(FOLDER, grammar));
}
