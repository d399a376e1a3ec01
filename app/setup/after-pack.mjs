import { rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * electron-builder's hook after a package's folder is laid out. The runtime of closed networks has a default app and a mark
 * of the set-up, which a package must not carry.
 */
export default function afterPack({ appOutDir, electronPlatformName }) {
  if (electronPlatformName !== 'linux') return;
  for (const name of [join('resources', 'app'), 'complete'])
    rmSync(join(appOutDir, name), { recursive: true, force: true });
}
