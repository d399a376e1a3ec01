import { toErrorData } from '../../engine/contract/errors';
import type { KnowledgeStatus } from '../contract/window-api';
import type { Engine } from './engine';
import type { Notices } from './notices';

const FOREVER = new AbortController().signal;

/**
 * Has what is known of this machine's programs gathered, in each new engine process, once the model is loaded: the
 * model is waited for, this is not. A failure is told once; suggestions and checks then do with what ships.
 */
export class Knowledge {
  readonly #watchers = new Set<(status: KnowledgeStatus) => void>();
  #status: KnowledgeStatus = { state: 'waiting' };
  #asked = false;
  #named = false;
  #told = false;

  constructor(
    private readonly engine: Pick<Engine, 'watch' | 'do'>,
    private readonly notices: Notices,
    /** Whether the names of this machine may be read: a setting. */
    private readonly machineNames: () => boolean,
  ) {}

  start(): void {
    this.engine.watch(({ state }) => {
      if (state === 'starting') this.#asked = false;
      else if (state !== 'loading' && !this.#asked) {
        this.#asked = true;
        void this.#gather();
      }
    }, FOREVER);
  }

  /** The setting may have changed. */
  refresh(): void {
    if (this.#asked && this.machineNames() !== this.#named) void this.#gather();
  }

  /** Tells the state now and every change until aborted. */
  watch(watcher: (status: KnowledgeStatus) => void, signal: AbortSignal): void {
    this.#watchers.add(watcher);
    signal.addEventListener('abort', () => this.#watchers.delete(watcher), { once: true });
    watcher(this.#status);
  }

  async #gather(): Promise<void> {
    this.#named = this.machineNames();
    this.#set({ state: 'gathering', done: 0, total: 0, what: '' });
    try {
      const onEvent = (progress: { done: number; total: number; what: string }) =>
        this.#set({ state: 'gathering', ...progress });
      const params = { machineNames: this.#named };
      const known = await this.engine.do('gatherKnowledge', params, { signal: FOREVER, onEvent });
      this.#set({ state: 'ready', ...known });
    } catch (thrown) {
      const { kind, message } = toErrorData(thrown);
      this.#set({ state: 'failed', message });
      // A process that went away is told of by its supervisor, and the next one is asked again.
      if (kind === 'unavailable' || this.#told) return;
      this.#told = true;
      this.notices.add(
        'warning',
        `What this machine knows of its programs could not be gathered: ${message} Commands are suggested and checked with what ships with the app.`,
      );
    }
  }

  #set(status: KnowledgeStatus): void {
    this.#status = status;
    for (const watcher of [...this.#watchers]) watcher(status);
  }
}
