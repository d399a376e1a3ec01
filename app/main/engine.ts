import type { EngineService } from '../../engine/contract/assistant';
import { AppError, toErrorData } from '../../engine/contract/errors';
import type { CallOptions, ParamsInput, ResultOf } from '../../engine/contract/rpc';
import type { GenerationStats, ModelInfo } from '../../engine/contract/runtime';
import type { EngineStatus } from '../contract/window-api';
import type { HostProcess } from './hosts/host-process';
import type { Notices } from './notices';

type Job = 'chat' | 'suggest' | 'diagnose';
/** What the engine process does without a model. */
type Chore = 'check' | 'countTokens' | 'gatherKnowledge';

const NO_MODEL =
  'Safe mode: no model is loaded. Logs, terminals and checks of commands work; quit and start as usual to have it again.';

/**
 * The model as the app sees it: keeps it loaded, through crashes too, and tells what state it is in.
 * Jobs that come before it is ready wait for it, except suggestions: examples alone answer those. A diagnosis waits for a
 * model that loads; where there is none, counts and known failures alone answer.
 */
export class Engine<Port = unknown> {
  readonly #host: HostProcess<EngineService, Port>;
  #modelDir: string | null;
  readonly #watchers = new Set<(status: EngineStatus) => void>();
  #status: EngineStatus = { state: 'starting' };
  #running = 0;
  #wasReady = false;

  /** `modelDir` null: no model is loaded until one is chosen. */
  constructor(host: HostProcess<EngineService, Port>, modelDir: string | null, notices: Notices) {
    this.#host = host;
    this.#modelDir = modelDir;
    host.onState((state) => {
      switch (state) {
        case 'running':
          void this.#load();
          return;
        case 'restarting':
          this.#set({ state: 'starting' });
          notices.add(
            'warning',
            this.#wasReady
              ? 'The model process stopped and is being started again. Your conversations are kept; ask again when it is ready.'
              : 'The model process stopped while it was loading and is being started again.',
          );
          return;
        case 'failed':
          this.#set({
            state: 'failed',
            message:
              'The model process stopped several times in a row. Logs and terminals still work. Try a restart of the model.',
          });
          return;
        case 'stopped':
          return;
      }
    });
  }

  get status(): EngineStatus {
    return this.#status;
  }

  start(): void {
    this.#host.start();
  }

  restart(): void {
    this.#set({ state: 'starting' });
    this.#host.restart();
  }

  /** Loads another model folder in a new process; conversations stay. */
  switchModel(modelDir: string): void {
    this.#modelDir = modelDir;
    this.restart();
  }

  /** Tells the state now and every change until aborted. */
  watch(watcher: (status: EngineStatus) => void, signal: AbortSignal): void {
    this.#watchers.add(watcher);
    signal.addEventListener('abort', () => this.#watchers.delete(watcher), { once: true });
    watcher(this.#status);
  }

  /** Does what needs no model, as soon as the process is there. */
  async do<K extends Chore>(
    chore: K,
    params: ParamsInput<EngineService[K]>,
    options: CallOptions<EngineService[K]> & { readonly signal: AbortSignal },
  ): Promise<ResultOf<EngineService[K]>> {
    await this.#until(isUp, options.signal);
    return this.#host.call(chore, params, options);
  }

  /** Runs one of the assistant's jobs as soon as it can be run. */
  async run<K extends Job>(
    job: K,
    params: ParamsInput<EngineService[K]>,
    options: CallOptions<EngineService[K]> & { readonly signal: AbortSignal },
  ): Promise<ResultOf<EngineService[K]>> {
    await this.#until(ACCEPTED[job], options.signal);
    this.#count(1);
    try {
      const result = await this.#host.call(job, params, options);
      this.#remember((result as { stats: GenerationStats | null }).stats);
      return result;
    } finally {
      this.#count(-1);
    }
  }

  async #load(): Promise<void> {
    this.#running = 0;
    const modelDir = this.#modelDir;
    if (modelDir === null) {
      this.#set({ state: 'failed', message: NO_MODEL });
      return;
    }
    this.#set({ state: 'loading', done: 0, total: 0 });
    try {
      const model = await this.#host.call(
        'load',
        { modelDir },
        { onEvent: ({ done, total }) => this.#set({ state: 'loading', done, total }) },
      );
      this.#becomeReady(model);
    } catch (thrown) {
      const error = toErrorData(thrown);
      // The process went away: its supervisor decides what comes next.
      if (error.kind === 'unavailable') return;
      this.#set({ state: 'failed', message: error.message });
    }
  }

  #becomeReady(model: ModelInfo): void {
    this.#wasReady = true;
    this.#set({ state: 'ready', model, busy: this.#running > 0, last: null });
  }

  /** Waits for a state that will do; `accept` throws when it can't come. */
  #until(accept: (status: EngineStatus) => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settled = new AbortController();
      const cancel = () => {
        settled.abort();
        reject(new AppError('cancelled', 'Stopped before the model was ready.'));
      };
      if (signal.aborted) return cancel();
      signal.addEventListener('abort', cancel, { once: true, signal: settled.signal });
      this.watch((status) => {
        try {
          if (!accept(status)) return;
          resolve();
        } catch (thrown) {
          reject(thrown);
        }
        settled.abort();
      }, settled.signal);
    });
  }

  #count(change: number): void {
    this.#running = Math.max(0, this.#running + change);
    if (this.#status.state === 'ready') this.#set({ ...this.#status, busy: this.#running > 0 });
  }

  #remember(stats: GenerationStats | null): void {
    if (stats && this.#status.state === 'ready') this.#set({ ...this.#status, last: stats });
  }

  #set(status: EngineStatus): void {
    this.#status = status;
    for (const watcher of [...this.#watchers]) watcher(status);
  }
}

function isReady(status: EngineStatus): boolean {
  if (status.state === 'failed') throw new AppError('model', status.message);
  return status.state === 'ready';
}

/** Its process runs, whatever became of the model in it. */
function isUp({ state }: EngineStatus): boolean {
  return state !== 'starting';
}

/** It runs with its model, or will have none. */
function isSettled({ state }: EngineStatus): boolean {
  return state === 'ready' || state === 'failed';
}

/** What each job waits for. */
const ACCEPTED: Readonly<Record<Job, (status: EngineStatus) => boolean>> = {
  chat: isReady,
  suggest: isUp,
  diagnose: isSettled,
};
