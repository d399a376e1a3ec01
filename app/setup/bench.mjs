import { join } from 'node:path';
import { ensureLlama } from './bench-llama.mjs';
import { cacheFolder, main, ROOT } from './shell.mjs';
import { buildPrograms, loadProgram, runSuite } from './suites.mjs';

const SUITES = {
  async engine(args) {
    const out = await buildPrograms('bench', ['engine-bench-main', 'contender-main']);
    const { runEngineBench } = await loadProgram(out, 'engine-bench-main');
    const needsLlama = !args.includes('--help') && !args.includes('-h');
    return runEngineBench(args, {
      root: ROOT,
      modelDir: join(ROOT, 'assets', 'model'),
      cacheDir: join(cacheFolder(), 'bench-models'),
      contenderProgram: join(out, 'contender-main.js'),
      llama: needsLlama ? await ensureLlama() : { missing: 'not asked for' },
    });
  },
};

/** `npm run bench -- SUITE [options]`: sets up what is missing, then measures. Results on stdout. */
main(() => runSuite('Bench', SUITES, 'npm run bench -- engine --quick'));
