import { dirname, join } from 'node:path';
import { runCommandLine } from './main';

/** The command line inside a package: started by the package's own Node, needs no display and no Electron. */
const resources = join(import.meta.dirname, '..', '..', '..');

/** The window's program beside the resources, as each system lays an app out. */
function windowPath(): string {
  const folder = dirname(resources);
  if (process.platform === 'darwin') return join(folder, 'MacOS', 'Sigma Ops');
  return join(folder, process.platform === 'win32' ? 'Sigma Ops.exe' : 'sigma-ops-desktop');
}

process.exitCode = await runCommandLine(process.argv.slice(2), {
  modelDir: join(resources, 'model'),
  windowProgram: async () => ({ program: windowPath(), args: [] }),
});
