import { join } from 'node:path';
import { ensureKnowledge } from './knowledge.mjs';
import { main, ROOT } from './shell.mjs';
import { buildPrograms, loadProgram, runSuite } from './suites.mjs';

async function maker() {
  await ensureKnowledge();
  return loadProgram(await buildPrograms('training/tasks', ['make-tasks-main']), 'make-tasks-main');
}
const folders = {
  root: ROOT,
  specsFile: join(ROOT, 'out', 'knowledge', 'command-specs.bin'),
  modelDir: join(ROOT, 'assets', 'model'),
};
const SUITES = {
  commands: async (args) => (await maker()).makeCommandTasks(args, folders),
  questions: async (args) => (await maker()).makeQuestionTasks(args, folders),
  vectors: async (args) => (await maker()).makeExampleVectors(args, folders),
  diagnosis: async (args) => (await maker()).makeDiagnosisTasks(args, folders),
};

/** `npm run train-data -- SET --out DIR`: the tasks that the model is taught, made from the app's own prompts. */
main(() => runSuite('Training data', SUITES, 'npm run train-data -- commands --out DIR'));
