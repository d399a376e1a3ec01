import { join } from 'node:path';
import { ensureLlama } from './bench-llama.mjs';
import { cacheFolder, main, ROOT } from './shell.mjs';
import { buildPrograms, loadProgram, runSuite } from './suites.mjs';

const MODEL = join(ROOT, 'assets', 'model');
const MODELS = join(cacheFolder(), 'bench-models');
const LOGS = join(cacheFolder(), 'bench-logs');
const PROGRAMS = ['engine-bench-main', 'contender-main', 'quality-bench-main', 'first-token-bench-main'];

const LOG_PROGRAMS = ['bench/logs/logs-bench-main', 'bench/logs/job-main', 'logs/workers/scan-worker-main'];

const SUITES = {
  async engine(args) {
    const out = await buildPrograms('bench', PROGRAMS);
    const { runEngineBench } = await loadProgram(out, 'engine-bench-main');
    const needsLlama = !args.includes('--help') && !args.includes('-h');
    return runEngineBench(args, {
      root: ROOT,
      modelDir: MODEL,
      cacheDir: MODELS,
      contenderProgram: join(out, 'contender-main.js'),
      llama: needsLlama ? await ensureLlama() : { missing: 'not asked for' },
    });
  },

  async 'first-token'(args) {
    const out = await buildPrograms('bench', PROGRAMS);
    const { runFirstTokenBench } = await loadProgram(out, 'first-token-bench-main');
    return runFirstTokenBench(args, { root: ROOT, modelDir: MODEL, derivedDir: join(MODELS, 'derived') });
  },

  async quality(args) {
    const out = await buildPrograms('bench', PROGRAMS);
    const { runQualityBench } = await loadProgram(out, 'quality-bench-main');
    return runQualityBench(args, { root: ROOT, modelDir: MODEL, derivedDir: join(MODELS, 'derived') });
  },

  async logs(args) {
    const out = await buildPrograms('bench-logs', LOG_PROGRAMS, 'engine');
    const { runLogsBench } = await loadProgram(out, 'logs-bench-main');
    return runLogsBench(args, { jobProgram: join(out, 'job-main.js'), cacheDir: LOGS });
  },
};

/** `npm run bench -- SUITE [options]`: sets up what is missing, then measures. Results on stdout. */
main(() => runSuite('Bench', SUITES, 'npm run bench -- engine --quick'));
