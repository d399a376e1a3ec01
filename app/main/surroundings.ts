import { opendir, readFile } from 'node:fs/promises';
import { arch, release, type, userInfo } from 'node:os';
import { basename } from 'node:path';
import type { ContextItem } from '../../engine/contract/assistant';

/** Entries of a folder that a request may name; more would fill the small model's context. */
export const MOST_ENTRIES = 60;
/** Entries that are read at all: a folder of millions must not hold up the window. */
const MOST_READ = 2000;
const LONGEST_NAME = 80;

/** Operating system and shell. */
export async function systemItem(): Promise<ContextItem> {
  const system = (await linuxName()) ?? `${type() === 'Darwin' ? 'macOS, Darwin' : type()} ${release()}`;
  const shell = shellName();
  return {
    kind: 'system',
    label: `${system.replace(/\s*\(.*\)$/u, '')}, ${shell}`.slice(0, 200),
    text: `System: ${system}, ${arch()}\nShell: ${shell}`,
  };
}

/** The names in a folder, folders with a slash; null where it can't be read. */
export async function folderItem(cwd: string): Promise<ContextItem | null> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(cwd)) {
      names.push(`${entry.name}${entry.isDirectory() ? '/' : ''}`);
      if (names.length === MOST_READ) break;
    }
  } catch {
    return null;
  }
  const name = basename(cwd) || cwd;
  return { kind: 'folder', label: `Folder ${plainName(name)}`.slice(0, 200), text: folderText(cwd, names) };
}

/** Hidden names come last: requests seldom mean them. */
export function folderText(cwd: string, names: readonly string[]): string {
  const hidden = (name: string) => name.startsWith('.');
  const sorted = [...names].sort(
    (a, b) => Number(hidden(a)) - Number(hidden(b)) || (a < b ? -1 : a > b ? 1 : 0),
  );
  const shown = sorted.slice(0, MOST_ENTRIES).map(plainName);
  const more = names.length - shown.length;
  const rest = more > 0 ? [`… and ${names.length >= MOST_READ ? 'more' : `${more} more`}`] : [];
  return [`Folder: ${plainName(cwd)}`, ...(names.length === 0 ? ['(empty)'] : shown), ...rest].join('\n');
}

/** A name may hold line ends and escape sequences; in a text each name is one line. */
function plainName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}]/gu, '?');
  return plain.length > LONGEST_NAME && !plain.startsWith('/') ? `${plain.slice(0, LONGEST_NAME)}…` : plain;
}

async function linuxName(): Promise<string | null> {
  try {
    const value = /^PRETTY_NAME=(.*)$/mu.exec(await readFile('/etc/os-release', 'utf8'))?.[1]?.trim();
    return value?.replace(/^(["'])(.*)\1$/u, '$2') || null;
  } catch {
    return null;
  }
}

function shellName(): string {
  if (process.platform === 'win32') return 'powershell';
  try {
    return basename(process.env.SHELL || userInfo().shell || 'sh');
  } catch {
    // Containers run under user ids that have no account.
    return 'sh';
  }
}
