import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Names of this machine that a command may need. Read from files alone, never by running a program, and only when the
 * person has turned this source on.
 */
export interface MachineNames {
  readonly units: readonly string[];
  /** Of the person's kubeconfig. */
  readonly contexts: readonly string[];
  readonly namespaces: readonly string[];
  /** Of the compose file in the folder. */
  readonly services: readonly string[];
}

const UNIT_FOLDERS = [
  '/etc/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
  '/run/systemd/system',
];
const UNIT = /^([\w@.:-]+)\.(?:service|timer|socket)$/;
const COMPOSE_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** `cwd` is the folder of the compose file; null where none is known. */
export function readMachineNames(
  home: string | null,
  cwd: string | null,
  unitFolders: readonly string[] = UNIT_FOLDERS,
): MachineNames {
  const kubeconfig = home === null ? '' : read(join(home, '.kube', 'config'));
  return {
    units: [
      ...new Set(unitFolders.flatMap((folder) => list(folder).flatMap((name) => UNIT.exec(name)?.[1] ?? []))),
    ]
      // Templates need an instance; a name with @ at its end is none.
      .filter((name) => !name.endsWith('@'))
      .sort(),
    contexts: namesBelow(kubeconfig, 'contexts'),
    namespaces: [
      ...new Set([...kubeconfig.matchAll(/^\s+namespace:\s*["']?([\w.-]+)/gm)].map(([, name = '']) => name)),
    ],
    services:
      cwd === null
        ? []
        : composeServices(COMPOSE_FILES.map((file) => read(join(cwd, file))).find(Boolean) ?? ''),
  };
}

/** Names of the entries of a top-level list: `contexts:` with `- name: x` or `  name: x` in each. */
function namesBelow(yaml: string, key: string): string[] {
  const section = new RegExp(`^${key}:[^\\n]*\\n((?:[ -][^\\n]*\\n?)*)`, 'm').exec(`${yaml}\n`)?.[1] ?? '';
  return [...section.matchAll(/^(?:- | {2})name:\s*["']?([^\s"']+)/gm)].map(([, name = '']) => name);
}

/** Keys one level below `services:`. */
export function composeServices(yaml: string): string[] {
  const section = /^services:[^\n]*\n((?:(?:[ \t#][^\n]*)?\n)*)/m.exec(`${yaml}\n`)?.[1] ?? '';
  const indent = /^( +)\S/m.exec(section)?.[1] ?? '';
  if (indent === '') return [];
  return [...section.matchAll(new RegExp(`^${indent}["']?([\\w.-]+)["']?:`, 'gm'))].map(
    ([, name = '']) => name,
  );
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Not every system has systemd.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 1_000_000);
  } catch {
    return '';
  }
}
