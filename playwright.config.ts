import { defineConfig } from '@playwright/test';

// `npm run test:long` gives the path of a long log; without it the tests of every day run.
const longLog = Boolean(process.env.SIGMA_OPS_LONG_LOG);
// `npm run test:network` runs those that need a network namespace of their own.
const alone = Boolean(process.env.SIGMA_OPS_ALONE);
// `npm test -- --only package` gives the folder of an unpacked package.
const packaged = Boolean(process.env.SIGMA_OPS_PACKAGE);
const long = longLog || packaged;
const others = alone ? '**/*.alone.ts' : longLog ? '**/*.long.ts' : '**/*.spec.ts';

export default defineConfig({
  testDir: 'e2e',
  testMatch: packaged ? '**/package.long.ts' : others,
  testIgnore: packaged ? [] : '**/package.long.ts',
  outputDir: 'test-results/e2e',
  // Each test starts a whole app with its own engine; two cores carry one at a time.
  workers: 1,
  timeout: long || alone ? 1_200_000 : 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  // On a busy machine a start of Electron is lost now and then (e2e/app-fixture.ts); the report names such a test flaky.
  retries: process.env.CI ? 1 : 0,
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
