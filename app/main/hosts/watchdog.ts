/** How long a process may be silent, in milliseconds. */
export interface SilenceLimits {
  /** With nothing to do it answers at once. */
  readonly idle: number;
  /** A step of the model, or starting, may hold its thread for long. */
  readonly busy: number;
}
export const SILENCE_LIMITS: SilenceLimits = { idle: 30_000, busy: 120_000 };

/** Time between two heartbeats, in milliseconds. */
export const HEARTBEAT_MS = 3000;

export type Verdict = 'alive' | 'silent' | 'hung';

/**
 * Judges by heartbeats whether a process still runs its event loop. Time counts in heartbeats that were really
 * sent: while the whole machine slept, or this process was stopped itself, nobody was asked and nobody is late.
 */
export class Watchdog {
  readonly #limits: SilenceLimits;
  #silentMs = 0;
  #hasSpoken = false;
  #hasTold = false;

  constructor(limits: SilenceLimits = SILENCE_LIMITS) {
    this.#limits = limits;
  }

  /** Something came from the process. */
  heard(): void {
    this.#silentMs = 0;
    this.#hasSpoken = true;
    this.#hasTold = false;
  }

  /**
   * Called at each heartbeat, before it is sent. 'silent' comes once for each stretch of silence, at half of what
   * is allowed.
   */
  beat(isBusy: boolean): Verdict {
    const limit = isBusy || !this.#hasSpoken ? this.#limits.busy : this.#limits.idle;
    const verdict = this.#silentMs >= limit ? 'hung' : this.#silentMs >= limit / 2 ? 'silent' : 'alive';
    this.#silentMs += HEARTBEAT_MS;
    if (verdict !== 'silent') return verdict;
    if (this.#hasTold) return 'alive';
    this.#hasTold = true;
    return 'silent';
  }
}
