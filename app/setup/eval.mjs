import { main, ROOT } from './shell.mjs';
import { buildPrograms, loadProgram, runSuite } from './suites.mjs';

const SUITES = {
  async commands(args) {
    const out = await buildPrograms('eval', ['eval-main']);
    const { runCommandsEval } = await loadProgram(out, 'eval-main');
    return runCommandsEval(args, { root: ROOT, systems: new Map(), check: null });
  },
};

/** `npm run eval -- SUITE [options]`: sets up what is missing, then evaluates. Results on stdout. */
main(() => runSuite('Evaluation', SUITES, 'npm run eval -- commands --split dev'));
