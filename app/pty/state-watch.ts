import { basename } from 'node:path';
import type { TerminalState } from '../contract/pty';
import { activityOf, type Evidence, whyNotInsert } from './activity';
import { isShell, programRuns } from './foreground';
import { hidesInput } from './tty-modes';

/** After something happened, the terminal is looked at once in this time. */
const LOOK_MS = 150;

/** What the watch asks about its terminal. */
export interface Watched {
  readonly pid: number;
  /** Path of the terminal's device; null where there is none. */
  readonly device: string | null;
  ended(): boolean;
  alternate(): boolean;
  phase(): Evidence['phase'];
  /** The shell has told of itself. */
  integrated(): boolean;
  /** The output stands still in the middle of a line, as after a question. */
  asks(): boolean;
  foregroundProgram(): string;
  folder(): string | null;
  claimedFolder(): TerminalState['claimedFolder'];
  editable(): boolean;
}

/** Finds out who reads a terminal's keyboard, and tells of changes. It looks only after something happened. */
export class StateWatch {
  readonly #watched: Watched;
  readonly #onChange: (state: TerminalState) => void;
  #timer: NodeJS.Timeout | undefined;
  #last = '';

  constructor(watched: Watched, onChange: (state: TerminalState) => void) {
    this.#watched = watched;
    this.#onChange = onChange;
  }

  /** Something happened: output, a key, a mark. */
  touch(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // Asking the terminal's driver costs a process, so it is asked only where a question may stand.
      void this.look(this.#watched.asks());
    }, LOOK_MS);
  }

  /** The state as it is now. `thorough` asks the terminal's driver too whether it hides what is typed. */
  async look(thorough = true): Promise<TerminalState> {
    const hidden = thorough && !this.#watched.ended() ? await hidesInput(this.#watched.device) : null;
    const state = this.#stateWith(hidden);
    const text = JSON.stringify(state);
    if (text !== this.#last) {
      this.#last = text;
      this.#onChange(state);
    }
    return state;
  }

  /** Tells the state again, whatever was told before. */
  repeat(): void {
    this.#last = '';
    void this.look(false);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #stateWith(hidden: boolean | null): TerminalState {
    const watched = this.#watched;
    const ended = watched.ended();
    const phase = watched.phase();
    const activity = activityOf({
      ended,
      alternate: watched.alternate(),
      programRuns: ended ? null : programRuns(watched.pid),
      phase,
      hidden,
      shell: ended ? null : isShell(watched.pid),
    });
    const program =
      activity === 'prompt' || ended ? null : basename(watched.foregroundProgram()).replace(/^-/, '') || null;
    return {
      activity,
      whyNot: whyNotInsert(activity, program),
      program,
      integrated: watched.integrated(),
      editable: activity === 'prompt' && watched.editable(),
      cwd: watched.folder(),
      claimedFolder: watched.claimedFolder(),
    };
  }
}
