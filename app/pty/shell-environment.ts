import { accessSync, constants } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { AppError } from '../../engine/contract/errors';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Set by Electron, by npm or by the way this app was started: none of the person's shell's business. */
const OURS =
  /^(?:ELECTRON_|npm_|NODE_OPTIONS$|NODE_CHANNEL_|CHROME_DESKTOP$|VITEST|VITE_|TERM_PROGRAM|COLUMNS$|LINES$|TMUX|STY$|WINDOWID$)/;

/** Shells in the order in which they are tried. */
export function shellCandidates(
  platform: string,
  environment: Environment,
  passwdShell: string | null,
): string[] {
  const named =
    platform === 'win32'
      ? ['powershell.exe', environment.COMSPEC, 'cmd.exe']
      : [environment.SHELL, passwdShell, '/bin/bash', '/bin/zsh', '/bin/sh'];
  return [...new Set(named.filter((shell): shell is string => Boolean(shell)))];
}

/** The shell of the person who runs this app. */
export function findShell(): string {
  const candidates = shellCandidates(process.platform, process.env, account().shell);
  // Windows looks programs up by PATH itself.
  const usable = process.platform === 'win32' ? candidates : candidates.filter(isExecutable);
  const shell = usable[0];
  if (shell) return shell;
  throw new AppError(
    'not-found',
    `No shell was found; looked for ${candidates.join(', ')}. Set SHELL to the path of a shell and start again.`,
  );
}

/** Closes every descriptor above stderr, then becomes the program that its arguments name. */
const CLOSE_AND_BECOME =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
  'for f in /proc/$$/fd/*; do n=${f##*/}; [ "$n" -gt 2 ] && eval "exec $n>&-"; done; exec "$0" "$@"';

/**
 * The program that starts `shell` in a terminal, with its arguments. On Linux node-pty leaves every open
 * descriptor to the shell, those of the other terminals too: a program in one could read and type into
 * another. Bash closes them first (-p: without the person's BASH_ENV) and is then replaced by the shell.
 */
export function shellStart(
  platform: string,
  shell: string,
  args: readonly string[],
): { file: string; args: string[] } {
  if (platform === 'linux' && isExecutable('/bin/bash')) {
    return { file: '/bin/bash', args: ['-p', '-c', CLOSE_AND_BECOME, shell, ...args] };
  }
  return { file: shell, args: [...args] };
}

/** The environment of a new terminal: the person's own, with what a terminal has to say about itself. */
export function terminalEnvironment(environment: Environment, shell: string | null): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !OURS.test(name)) result[name] = value;
  }
  result.TERM = 'xterm-256color';
  result.COLORTERM = 'truecolor';
  result.TERM_PROGRAM = 'sigma-ops';
  if (process.platform === 'win32') return result;
  // A start from a desktop menu or a service may lack these.
  result.SHELL = shell ?? findShell();
  result.HOME ??= homedir();
  const { name } = account();
  if (name) {
    result.USER ??= name;
    result.LOGNAME ??= name;
  }
  // Without any locale a shell counts bytes, and every accented letter breaks its line editing.
  if (!result.LANG && !result.LC_ALL && !result.LC_CTYPE) result.LANG = 'C.UTF-8';
  return result;
}

function account(): { name: string | null; shell: string | null } {
  try {
    const { username, shell } = userInfo();
    return { name: username, shell };
  } catch {
    // Containers run under user ids that have no account.
    return { name: null, shell: null };
  }
}

/** Whether `path` can be started. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
