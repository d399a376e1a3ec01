#!/usr/bin/env node
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { launchOptions } from './launch.mjs';
import { main, ROOT } from './shell.mjs';

/** How the window of this tree is started, for `sigma-ops open`. */
async function windowProgram() {
  const { ensureElectron } = await import('./electron.mjs');
  const { ensureSystemLibraries } = await import('./system-libraries.mjs');
  const { ensureSandbox } = await import('./sandbox.mjs');
  const program = await ensureElectron();
  await ensureSystemLibraries(program);
  await ensureSandbox(program);
  const { switches, env } = launchOptions();
  return { program, args: [...switches, ROOT], env };
}

/** `sigma-ops`, `npm run -s sigma --`: sets up what is missing, then runs the command line in this process. */
main(async () => {
  await ensureDependencies();
  await ensureBuild();
  const { runCommandLine } = await import(pathToFileURL(join(ROOT, 'out', 'main', 'sigma-ops.js')).href);
  // Where the window's socket is, on a machine without a runtime folder.
  Object.assign(process.env, launchOptions().env);
  return runCommandLine(process.argv.slice(2), { modelDir: join(ROOT, 'assets', 'model'), windowProgram });
});
