import type { TerminalActivity } from '../contract/pty';

/** What is known of who reads a terminal's keyboard; null where it can't be found out. */
export interface Evidence {
  readonly ended: boolean;
  /** The alternate screen is shown. */
  readonly alternate: boolean;
  /** Another program than the shell has the terminal; from the system. */
  readonly programRuns: boolean | null;
  /** As the shell itself says, proven by its secret. */
  readonly phase: 'prompt' | 'running' | null;
  /** A line is read and not shown; from the terminal's driver. */
  readonly hidden: boolean | null;
  /**
   * The terminal's own program is a shell. It may be ssh or docker, whose session elsewhere can't be seen from
   * here, also by `exec` in a shell that was one.
   */
  readonly shell: boolean | null;
}

export function activityOf(evidence: Evidence): TerminalActivity {
  const { ended, alternate, programRuns, phase, hidden, shell } = evidence;
  if (ended) return 'ended';
  if (alternate) return 'full-screen';
  // A shell at its prompt draws what is typed itself, so its driver never hides a line.
  if (hidden) return 'password';
  if (programRuns || phase === 'running') return 'program';
  if (phase === 'prompt') return 'prompt';
  // Without word from it, it must at least be a shell, and the one who has the terminal.
  return shell === true && programRuns === false ? 'prompt' : 'unknown';
}

/** Why nothing can be inserted, for people; null at the prompt. */
export function whyNotInsert(activity: TerminalActivity, program: string | null): string | null {
  switch (activity) {
    case 'prompt':
      return null;
    case 'program':
      return `${program ?? 'A program'} is running in this terminal, so the text would go to it and not to the prompt.`;
    case 'full-screen':
      return `${program ?? 'A program'} uses the whole screen of this terminal, so the text would go to it and not to the prompt.`;
    case 'password':
      return `${program ?? 'The shell'} reads a line that is not shown, as for a password.`;
    case 'unknown':
      return `It can't be seen from here whether ${program ?? 'the shell'} is at a prompt.`;
    case 'ended':
      return 'The shell in this terminal has ended.';
  }
}
