import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { main, ROOT, SetupError, say } from './shell.mjs';

const OUT = join(ROOT, 'node_modules', '.cache', 'sigma-ops-eval');

/** Builds the evaluation's program from TypeScript; it is no part of the app's build. */
async function buildEval() {
  const { build } = await import('vite');
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20',
      outDir: OUT,
      emptyOutDir: true,
      rollupOptions: {
        input: [join(ROOT, 'engine', 'eval', 'eval-main.ts')],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

const SUITES = {
  async commands(args) {
    await buildEval();
    const { runCommandsEval } = await import(pathToFileURL(join(OUT, 'eval-main.js')).href);
    return runCommandsEval(args, { root: ROOT, systems: new Map(), check: null });
  },
};

/** `npm run eval -- SUITE [options]`: sets up what is missing, then evaluates. Results on stdout. */
main(async () => {
  const [suite, ...args] = process.argv.slice(2);
  if (suite === undefined || !Object.hasOwn(SUITES, suite)) {
    const what = suite === undefined ? 'No suite was named' : `There is no suite '${suite}'`;
    throw new SetupError(
      `${what}. Suites: ${Object.keys(SUITES).join(', ')}. For example: npm run eval -- commands --split dev`,
    );
  }
  await ensureDependencies();
  say(`Evaluation '${suite}'`);
  return SUITES[suite](args);
});
