import { readFileSync, readlinkSync } from 'node:fs';

/** Fields of Linux's /proc/PID/stat that say who owns the terminal. */
export interface ProcessGroups {
  readonly group: number;
  /** Process group in the foreground of the process's terminal; -1 without one. */
  readonly foreground: number;
}

/** Reads the text of /proc/PID/stat. The program's name, in brackets, may itself hold brackets and spaces. */
export function parseProcessStat(stat: string): ProcessGroups | null {
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // After the name: state, parent, group, session, terminal, foreground group.
  const group = Number(afterName[2]);
  const foreground = Number(afterName[5]);
  return Number.isInteger(group) && Number.isInteger(foreground) ? { group, foreground } : null;
}

/** Process groups of `pid`, or null where the system does not say. */
export function processGroups(pid: number): ProcessGroups | null {
  if (process.platform !== 'linux') return null;
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Whether another program than the shell has the terminal, and so reads the keyboard. Null where the
 * system does not say.
 */
export function programRuns(shellPid: number): boolean | null {
  const groups = processGroups(shellPid);
  if (groups === null || groups.foreground <= 0) return null;
  return groups.foreground !== groups.group;
}

/** The folder that a process is in; null where the system does not say. */
export function workingFolder(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/** The command line that a process was started with; '' where the system does not say. */
export function commandLine(pid: number): string {
  if (process.platform !== 'linux') return '';
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Names of programs that show a prompt and edit a line on it. */
const SHELLS = new Set(
  'bash zsh fish sh dash ash ksh ksh93 mksh oksh yash tcsh csh nu elvish pwsh busybox rbash'.split(' '),
);

/** Whether a process is a shell, by the name of its program; null where the system does not say. */
export function isShell(pid: number): boolean | null {
  if (process.platform !== 'linux') return null;
  try {
    return SHELLS.has(readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
  } catch {
    return null;
  }
}
