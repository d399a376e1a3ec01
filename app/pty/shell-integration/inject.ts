import { dirname, join } from 'node:path';
import type { Launch } from '../profiles/launch';
import { SCRIPTS, writeScripts } from './scripts';

/** What is added to a shell's start so that it reads our script; the person's own files are read as ever. */
export interface Injection {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** fish and the desktop's rules take these where nothing is set. */
const DEFAULT_DATA_DIRS = '/usr/local/share:/usr/share';

/**
 * How `launch` is to be started with our script, which `folder` is for. Null for a program that is no shell
 * of ours, and where the scripts can't be written: it then starts as it is. `secret` proves the script's
 * messages; each script takes it out of the environment before the person's own files are read (PowerShell:
 * after its profile).
 */
export function inject(
  launch: Launch,
  secret: string,
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Injection | null {
  if (launch.shell === null) return null;
  try {
    writeScripts(folder);
  } catch (error) {
    console.error('Scripts for shells could not be written; the shell starts without.', error);
    return null;
  }
  const at = (script: keyof typeof SCRIPTS) => join(folder, SCRIPTS[script]);
  const env = { SIGMA_OPS_NONCE: secret };
  switch (launch.shell) {
    case 'bash': {
      // A login shell ignores --rcfile, so the script reads the login files instead.
      const login = launch.args.includes('-l') ? { SIGMA_OPS_LOGIN: '1' } : {};
      return {
        args: ['--rcfile', at('bash'), ...launch.args.filter((arg) => arg !== '-l')],
        env: { ...env, ...login },
      };
    }
    case 'zsh': {
      const before = environment.ZDOTDIR;
      const restore = before === undefined ? {} : { SIGMA_OPS_ZDOTDIR: before };
      return { args: launch.args, env: { ...env, ...restore, ZDOTDIR: dirname(at('zshenv')) } };
    }
    case 'fish': {
      const before = environment.XDG_DATA_DIRS;
      const restore = before === undefined ? {} : { SIGMA_OPS_XDG_DATA_DIRS: before };
      const dirs = `${join(folder, 'fish')}:${before || DEFAULT_DATA_DIRS}`;
      return { args: launch.args, env: { ...env, ...restore, XDG_DATA_DIRS: dirs } };
    }
    case 'pwsh':
      return {
        args: [...launch.args, '-NoExit', '-Command', `. '${at('pwsh').replaceAll("'", "''")}'`],
        env,
      };
  }
}
