import { join } from 'node:path';
import { ensureKnowledge } from './knowledge.mjs';
import { main, ROOT } from './shell.mjs';
import { buildPrograms, loadProgram, runSuite } from './suites.mjs';

const SUITES = {
  async commands(args) {
    // The completion specs, which take a while to make the first time.
    await ensureKnowledge();
    const out = await buildPrograms('eval', ['eval-main']);
    const { productSystems, runCommandsEval } = await loadProgram(out, 'eval-main');
    const product = productSystems({
      root: ROOT,
      specsFile: join(ROOT, 'out', 'knowledge', 'command-specs.bin'),
      modelDir: join(ROOT, 'assets', 'model'),
    });
    return runCommandsEval(args, { root: ROOT, ...product });
  },
  async model(args) {
    await ensureKnowledge();
    const out = await buildPrograms('eval', ['model/model-main']);
    const { runModelEval } = await loadProgram(out, 'model-main');
    return runModelEval(args, {
      root: ROOT,
      specsFile: join(ROOT, 'out', 'knowledge', 'command-specs.bin'),
      modelDir: join(ROOT, 'assets', 'model'),
      derivedDir: join(ROOT, 'node_modules', '.cache', 'sigma-ops', 'eval-model'),
    });
  },
  async diagnosis(args) {
    await ensureKnowledge();
    const out = await buildPrograms('eval', ['diagnosis/diagnosis-main']);
    const { runDiagnosisEval } = await loadProgram(out, 'diagnosis-main');
    return runDiagnosisEval(args, {
      root: ROOT,
      specsFile: join(ROOT, 'out', 'knowledge', 'command-specs.bin'),
      modelDir: join(ROOT, 'assets', 'model'),
    });
  },
};

/** `npm run eval -- SUITE [options]`: sets up what is missing, then evaluates. Results on stdout. */
main(() => runSuite('Evaluation', SUITES, 'npm run eval -- commands --split dev'));
