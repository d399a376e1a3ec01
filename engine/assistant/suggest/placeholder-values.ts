import { readdirSync } from 'node:fs';
import type { Placeholder } from '../../contract/commands';
import type { MachineNames } from '../../knowledge/machine-names';
import type { ReadRequest } from './request';

const MOST = 20;

/** Values that are known for the placeholders of a command, by the placeholder's name. */
export function placeholderValues(
  command: string,
  placeholders: readonly Placeholder[],
  request: ReadRequest,
  names: MachineNames | null,
  cwd: string | null,
): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  // What the request names and the command lacks is the likeliest.
  const left = request.values.map(({ text }) => text).filter((text) => !command.includes(text));
  for (const name of new Set(placeholders.map((one) => one.name))) {
    const known = [...left, ...named(name, command, names), ...files(name, cwd)].slice(0, MOST);
    if (known.length > 0) values[name] = [...new Set(known)];
  }
  return values;
}

function named(name: string, command: string, names: MachineNames | null): readonly string[] {
  if (!names) return [];
  if (/CONTEXT|CLUSTER/.test(name)) return names.contexts;
  if (/NAMESPACE|^NS$/.test(name)) return names.namespaces;
  if (/SERVICE|CONTAINER/.test(name) && /\b(?:docker|podman)[ -]compose\b/.test(command))
    return names.services;
  return /SERVICE|UNIT/.test(name) && /\b(?:systemctl|journalctl|service)\b/.test(command) ? names.units : [];
}

/** Names in the folder; of files for FILE, of folders for DIR. */
function files(name: string, cwd: string | null): string[] {
  if (cwd === null || !/FILE|DIR|FOLDER|PATH|ARCHIVE|SCRIPT|MANIFEST|SOURCE/.test(name)) return [];
  const onlyFolders = /DIR|FOLDER/.test(name);
  try {
    return readdirSync(cwd, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || !onlyFolders))
      .map((entry) => entry.name)
      .sort();
  } catch {
    return []; // The folder is gone or not readable.
  }
}
