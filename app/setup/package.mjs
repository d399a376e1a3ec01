import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureElectron } from './electron.mjs';
import { stageCommandLine } from './package-command-line.mjs';
import { stageLicences } from './package-licences.mjs';
import { main, must, ROOT } from './shell.mjs';

/**
 * `npm run package [-- arguments of electron-builder]`: packages for this system, by default unpacked
 * (`dist/`). Installers fetch their tools from electron-builder's own download site.
 */
main(async () => {
  await ensureDependencies();
  const electron = await ensureElectron();
  await ensureBuild();
  await stageCommandLine();
  const folder = dirname(electron);
  await stageLicences(folder);
  const versionFile = join(folder, 'version');
  const runtime = existsSync(versionFile)
    ? [
        `--config.electronDist=${folder}`,
        `--config.electronVersion=${readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')}`,
      ]
    : [];
  const args = process.argv.slice(2);
  await must('The package could not be made.', process.execPath, [
    join(ROOT, 'node_modules', 'electron-builder', 'cli.js'),
    ...(args.length > 0 ? args : ['--dir']),
    ...runtime,
  ]);
});
