import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureElectron } from './electron.mjs';
import { writeFuzzReport } from './fuzz-report.mjs';
import { hasDisplay, launchOptions } from './launch.mjs';
import { ensureLongLog } from './long-log.mjs';
import { ensureSandbox } from './sandbox.mjs';
import { main, must, ROOT, run, SetupError, say } from './shell.mjs';
import { ensureSystemLibraries, onPath } from './system-libraries.mjs';
import { ensureTestPrograms } from './test-programs.mjs';

const REPORTS = join(ROOT, 'test-results');
const bin = (...path) => join(ROOT, 'node_modules', ...path);

/** A check that passes or fails as a whole counts as one test. */
function gate(script, args) {
  return async () => {
    const { code } = await run(process.execPath, [script, ...args]);
    return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  };
}

/** Reads a runner's report; a runner that ended badly without a failed test counts as one failure. */
function counted(code, file, read) {
  let counts;
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

async function unitTests() {
  // Without them, tests that drive a real shell are skipped, and the counts say so.
  await ensureTestPrograms().catch((error) => say(error.message));
  const file = join(REPORTS, 'unit.json');
  const { code } = await run(process.execPath, [
    bin('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return counted(code, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

/**
 * Tests in a real window: those of `*.spec.ts`, or the long ones. `extra` is the environment that they need, `around`
 * the words of a command that runs another one in its own way.
 */
async function windowTests(extra = {}, around = []) {
  const electron = await ensureElectron();
  await ensureSystemLibraries(electron, { virtualDisplay: !hasDisplay() });
  await ensureTestPrograms();
  await ensureSandbox(electron);
  await ensureBuild();
  const file = join(REPORTS, 'e2e.json');
  const { env, switches } = launchOptions();
  const playwright = [process.execPath, bin('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'];
  const [program, ...args] = hasDisplay()
    ? [...around, ...playwright]
    : ['xvfb-run', '-a', '-s', '-screen 0 1920x1080x24', ...around, ...playwright];
  const { code } = await run(program, args, {
    env: {
      ...env,
      ...extra,
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      SIGMA_OPS_ELECTRON: electron,
      SIGMA_OPS_ELECTRON_SWITCHES: switches.join(' '),
    },
  });
  return counted(code, file, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

const STEPS = {
  types: gate(bin('typescript', 'bin', 'tsc'), ['--build']),
  lint: gate(bin('@biomejs', 'biome', 'bin', 'biome'), ['check', '--error-on-warnings', '.']),
  imports: gate(bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), [
    '--config',
    '.dependency-cruiser.cjs',
    'app',
    'renderer',
    'engine',
    'e2e',
  ]),
  unit: unitTests,
  e2e: () => windowTests(),
};

/** Cases of `npm test` times this are more than a million. */
const FUZZ_FACTOR = 100;

/** The fuzz targets with a million cases; what each gave stands in e2e/results/fuzz.md afterwards. */
async function longFuzz() {
  const results = join(REPORTS, 'fuzz');
  const file = join(REPORTS, 'fuzz.json');
  const { code } = await run(
    process.execPath,
    [
      bin('vitest', 'vitest.mjs'),
      'run',
      'fuzz',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    {
      env: {
        ...process.env,
        SIGMA_OPS_FUZZ: process.env.SIGMA_OPS_FUZZ ?? String(FUZZ_FACTOR),
        SIGMA_OPS_FUZZ_RESULTS: results,
      },
    },
  );
  writeFuzzReport(results, join(ROOT, 'e2e', 'results', 'fuzz.md'));
  return counted(code, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
  }));
}

/** Steps that take long and much disk; run when they are asked for by name. */
const LONG_STEPS = {
  /** A log of a gigabyte and a hundred kills in a real window; `npm run test:long`. */
  long: async () => windowTests({ SIGMA_OPS_LONG_LOG: await ensureLongLog() }),
  /** Every flow in a network namespace that has the loopback device alone; `npm run test:network`. */
  network: () => {
    if (process.platform !== 'linux' || process.getuid() !== 0 || !onPath('ip') || !onPath('unshare')) {
      throw new SetupError(
        'This test makes a network namespace: it needs Linux, root, and the programs unshare (util-linux) and ip (iproute2).',
      );
    }
    const alone = ['unshare', '--net', '--', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
    return windowTests({ SIGMA_OPS_ALONE: '1' }, alone);
  },
  /** The unpacked package with its production fuses; `npm test -- --only package`. */
  package: async () => {
    await must('The package could not be made.', process.execPath, [
      join(ROOT, 'app', 'setup', 'package.mjs'),
    ]);
    // Outside the work tree, whose node_modules would lend it what it lacks.
    const away = mkdtempSync(join(tmpdir(), 'sigma-ops-package-'));
    try {
      const folder = join(away, 'app');
      await must('The package could not be copied.', 'cp', [
        '-a',
        join(ROOT, 'dist', 'linux-unpacked'),
        folder,
      ]);
      return await windowTests({ SIGMA_OPS_PACKAGE: folder });
    } finally {
      rmSync(away, { recursive: true, force: true });
    }
  },
  /** A million fuzz cases; `npm run test:fuzz`. */
  fuzz: longFuzz,
};

/** `npm test [-- --only STEP]`: sets up what is missing, runs every step, closes with the true counts. */
main(async () => {
  const only = process.argv.indexOf('--only') > 0 ? process.argv[process.argv.indexOf('--only') + 1] : null;
  const all = { ...STEPS, ...LONG_STEPS };
  if (only !== null && !Object.hasOwn(all, only)) {
    throw new SetupError(`There is no step ${only}. Steps: ${Object.keys(all).join(', ')}.`);
  }
  await ensureDependencies();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });

  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, step] of Object.entries(only === null ? STEPS : { [only]: all[only] })) {
    const started = performance.now();
    say(`\n== ${name}`);
    const counts = await step();
    for (const key of Object.keys(total)) total[key] += counts[key];
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(
      `== ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s`,
    );
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 ? 1 : 0;
});
