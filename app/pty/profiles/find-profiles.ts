import { readFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import type { OwnProfile, Profile } from '../../contract/pty';
import { findShell, isExecutable } from '../shell-environment';

/** Shells that a menu offers where they are installed. */
const SHELLS = ['bash', 'zsh', 'fish', 'pwsh'];

/** Programs that open a shell elsewhere. */
const REMOTE: readonly {
  readonly kind: 'ssh' | 'docker' | 'kubectl';
  readonly name: string;
  readonly target: string;
}[] = [
  { kind: 'ssh', name: 'ssh', target: 'Host' },
  { kind: 'docker', name: 'docker exec', target: 'Container' },
  { kind: 'kubectl', name: 'kubectl exec', target: 'Pod (namespace/pod)' },
];

/** Every way to open a terminal here: the person's own shell, the other shells, going elsewhere, own profiles. */
export function findProfiles(own: readonly OwnProfile[]): Profile[] {
  const login = findShell();
  const shells = new Map([[basename(login), login]]);
  for (const path of [...SHELLS.map(onPath), ...listedShells()]) {
    if (path === null || shells.has(basename(path))) continue;
    if (SHELLS.includes(basename(path))) shells.set(basename(path), path);
  }
  const found: Profile[] = [...shells].map(([name, path]) => ({
    id: `shell:${path}`,
    name,
    kind: 'shell',
    program: path,
    target: null,
    isDefault: path === login,
  }));
  for (const { kind, name, target } of REMOTE) {
    const program = onPath(kind);
    if (program !== null) found.push({ id: kind, name, kind, program, target, isDefault: false });
  }
  const mine = own.map(
    ({ name, program }): Profile => ({
      id: `own:${name}`,
      name,
      kind: 'own',
      program,
      target: null,
      isDefault: false,
    }),
  );
  return [...mine, ...found];
}

/** Path of a program; null where it is not installed. */
export function onPath(program: string): string | null {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, program + ending);
      if (folder !== '' && isExecutable(path)) return path;
    }
  }
  return null;
}

/** Shells that the system's administrator lists; they may lie outside PATH. */
function listedShells(): string[] {
  try {
    const lines = readFileSync('/etc/shells', 'utf8').split('\n');
    return lines.filter((line) => line.startsWith('/') && isExecutable(line));
  } catch {
    return [];
  }
}
