import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, ROOT, say } from './shell.mjs';

const MEGABYTES = 1000;

/** The log of the bench, a gigabyte, made once; its path. */
export async function ensureLongLog() {
  // Loaded here and not above: on a bare machine this file is read before the packages are there.
  const { runnerImport } = await import('vite');
  const code = join(ROOT, 'engine', 'bench', 'logs', 'make-log.ts');
  const { module } = await runnerImport(code, { root: ROOT, configFile: false, logLevel: 'error' });
  const folder = join(cacheFolder(), 'bench-logs');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `log-${MEGABYTES}-v${module.MAKER_VERSION}.log`);
  await module.ensureLog(path, MEGABYTES, say);
  return path;
}
