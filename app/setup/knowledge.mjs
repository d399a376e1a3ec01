import { join } from 'node:path';
import { ROOT } from './shell.mjs';

/**
 * Writes the completion specs that ship with the app into `folder`, unless they are there from the same package and
 * code. About 15 s when they are made. The code is TypeScript of the engine, so Vite loads it.
 */
export async function ensureKnowledge(folder = join(ROOT, 'out', 'knowledge')) {
  // Loaded here and not above: on a bare machine this file is read before the packages are there.
  const { runnerImport } = await import('vite');
  const code = join(ROOT, 'engine', 'knowledge', 'fig', 'build-specs.ts');
  const options = { root: ROOT, configFile: false, logLevel: 'error' };
  const { module } = await runnerImport(code, options);
  const specs = join(ROOT, 'node_modules', '@withfig', 'autocomplete');
  return module.ensureSpecs(specs, join(folder, 'command-specs.bin'));
}
