import { basename } from 'node:path';
import { AppError } from '../../../engine/contract/errors';
import type { OwnProfile } from '../../contract/pty';
import { findShell, isExecutable } from '../shell-environment';
import { onPath } from './find-profiles';

/** Shells that our scripts can be put into. */
export type ShellKind = 'bash' | 'zsh' | 'fish' | 'pwsh';

/** A program to be started in a terminal. */
export interface Launch {
  readonly profile: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | null;
  /** The shell that it is, where it is one that we know; null for anything else. */
  readonly shell: ShellKind | null;
}

/** Asks for the best shell that a container has. */
const BEST_SHELL = 'command -v bash >/dev/null && exec bash; exec sh';

/** What a profile starts. Errors: `not-found` for a profile or program that is not here, `invalid-input` without a target. */
export function launchOf(profile: string | null, target: string | null, own: readonly OwnProfile[]): Launch {
  // macOS starts programs without the login environment, so a shell there is a login shell.
  const args = process.platform === 'darwin' ? ['-l'] : [];
  const plain = { args, env: {}, cwd: null };
  if (profile === null) {
    const program = findShell();
    return { ...plain, profile: `shell:${program}`, program, shell: kindOf(program) };
  }
  if (profile.startsWith('shell:')) {
    const program = profile.slice('shell:'.length);
    if (!isExecutable(program)) throw missing(program);
    return { ...plain, profile, program, shell: kindOf(program) };
  }
  if (profile.startsWith('own:')) {
    const mine = own.find(({ name }) => `own:${name}` === profile);
    if (!mine) throw new AppError('not-found', `There is no profile ${profile.slice(4)} in your settings.`);
    const program = mine.program.includes('/') ? mine.program : onPath(mine.program);
    if (program === null || !isExecutable(program)) throw missing(mine.program);
    // With arguments of its own it may be anything; scripts of ours go only into a plain shell.
    const shell = mine.args.length === 0 ? kindOf(program) : null;
    return { ...mine, profile, program, shell };
  }
  const there = argumentsFor(profile, target);
  const program = onPath(profile);
  if (program === null) throw missing(profile);
  return { ...plain, profile, program, args: there, shell: null };
}

function argumentsFor(profile: string, target: string | null): string[] {
  if (!['ssh', 'docker', 'kubectl'].includes(profile)) {
    throw new AppError('not-found', `There is no profile ${profile}. Choose another one.`);
  }
  if (target === null) throw new AppError('invalid-input', `Say where ${profile} is to go.`);
  // A target never begins with a dash (see ProfileTarget), so it can't be read as an option.
  if (profile === 'ssh') return [target];
  if (profile === 'docker') return ['exec', '-it', target, 'sh', '-c', BEST_SHELL];
  const [first = '', second, container] = target.split('/');
  return [
    'exec',
    '-it',
    ...(second === undefined ? [first] : ['--namespace', first, second]),
    ...(container ? ['--container', container] : []),
    '--',
    'sh',
    '-c',
    BEST_SHELL,
  ];
}

function kindOf(program: string): ShellKind | null {
  const name = basename(program).replace(/\.exe$/, '');
  return name === 'bash' || name === 'zsh' || name === 'fish' || name === 'pwsh' ? name : null;
}

function missing(program: string): AppError {
  return new AppError('not-found', `${program} is not installed here, so no terminal was opened with it.`);
}
