import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { ROOT, SetupError, say } from './shell.mjs';

/**
 * Builds programs that are no part of the app's build: the bench's, the evaluation's, a package's command line. They are
 * named by their paths below `from`, which is engine/NAME unless given. `external`: all packages but these are built in.
 * Resolves to the folder of the built programs, `ENTRY.js` each, or as `names` has it.
 */
export async function buildPrograms(name, entries, from = `engine/${name}`, options = {}) {
  const { build } = await import('vite');
  const { out = join(ROOT, 'node_modules', '.cache', `sigma-ops-${name}`), external, names = {} } = options;
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    define: { __APP_VERSION__: JSON.stringify(version) },
    ...(external ? { ssr: { noExternal: true, external } } : {}),
    build: {
      ssr: true,
      target: 'node20',
      outDir: out,
      emptyOutDir: true,
      rollupOptions: {
        input: entries.map((entry) => join(ROOT, from, `${entry}.ts`)),
        output: {
          format: 'es',
          entryFileNames: ({ name: entry }) => `${names[entry] ?? entry}.js`,
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  });
  return out;
}

/** The exports of a program that `buildPrograms` built. */
export const loadProgram = (out, entry) => import(pathToFileURL(join(out, `${entry}.js`)).href);

/** `npm run … -- SUITE [options]`: sets up what is missing, then runs the suite. Resolves to its exit status. */
export async function runSuite(what, suites, example) {
  const [suite, ...args] = process.argv.slice(2);
  if (suite === undefined || !Object.hasOwn(suites, suite)) {
    const wrong = suite === undefined ? 'No suite was named' : `There is no suite '${suite}'`;
    throw new SetupError(`${wrong}. Suites: ${Object.keys(suites).join(', ')}. For example: ${example}`);
  }
  await ensureDependencies();
  say(`${what} '${suite}'`);
  return suites[suite](args);
}
