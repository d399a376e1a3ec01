import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Launch, ordinaryLaunch } from '../app-fixture';

/** An account without rights that every Linux has. */
const NOBODY = 65_534;

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/**
 * How an ordinary user starts the app: without rights and with Chromium's sandbox. Where tests run as root, the
 * app becomes `nobody`; Electron and the tree, which may lie where only root can look, are shown to it under another
 * path, in a mount namespace of its own. `folders` become nobody's.
 */
export function ordinaryUser(folders: readonly string[]): Launch {
  const own = ordinaryLaunch();
  if (process.getuid?.() !== 0) return { ...own, switches: [] };

  const stage = mkdtempSync(join(tmpdir(), 'sigma-ops-user-'));
  chmodSync(stage, 0o755);
  const [electron, tree, runtime] = ['electron', 'tree', 'runtime'].map((name) => join(stage, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [electron, tree, runtime]) mkdirSync(folder);
  chmodSync(runtime, 0o700);
  for (const folder of [...folders, runtime]) chownSync(folder, NOBODY, NOBODY);

  // The display's key is readable by its owner only.
  const env: Record<string, string> = { XDG_RUNTIME_DIR: runtime, TMPDIR: runtime };
  if (process.env.XAUTHORITY) {
    env.XAUTHORITY = join(runtime, 'Xauthority');
    copyFileSync(process.env.XAUTHORITY, env.XAUTHORITY);
    chownSync(env.XAUTHORITY, NOBODY, NOBODY);
  }
  const inside = [
    `mount --bind ${quoted(dirname(own.executablePath))} ${quoted(electron)}`,
    `mount --bind ${quoted(own.root)} ${quoted(tree)}`,
    `exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups --inh-caps=-all --bounding-set=-all ${quoted(join(electron, 'electron'))} "$@"`,
  ].join(' && ');
  const starter = join(stage, 'start.sh');
  writeFileSync(
    starter,
    // Playwright, which runs as root, adds the switch that must not be there.
    `#!/bin/sh\nfor word do shift; [ "$word" = --no-sandbox ] || set -- "$@" "$word"; done\nexec unshare --mount --propagation private -- /bin/sh -c ${quoted(inside)} sh "$@"\n`,
    { mode: 0o755 },
  );
  return { executablePath: starter, root: tree, switches: [], env };
}
