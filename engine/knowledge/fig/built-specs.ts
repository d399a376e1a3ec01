import { dirname, join } from 'node:path';
import { ensureSpecs } from './build-specs';

/** The repository's root, from this folder. */
const ROOT = dirname(dirname(dirname(import.meta.dirname)));

/**
 * The spec file as the app's build, tests and evaluation take it: built once (about 15 s) into the cache below node_modules, and made anew when
 * the package or the reading changes.
 */
export function builtSpecs(): string {
  const target = join(ROOT, 'node_modules', '.cache', 'sigma-ops', 'command-specs.bin');
  return ensureSpecs(join(ROOT, 'node_modules', '@withfig', 'autocomplete'), target).path;
}
