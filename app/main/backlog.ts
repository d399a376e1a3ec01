/** Passes things on to whoever watches; what comes before anyone does waits for the first, as a page takes a moment. */
export class Backlog<T> {
  readonly #watchers = new Set<(item: T) => void>();
  #waiting: T[] = [];

  add(item: T): void {
    if (this.#watchers.size === 0) this.#waiting.push(item);
    for (const watcher of this.#watchers) watcher(item);
  }

  /** Watches until aborted. */
  watch(watcher: (item: T) => void, signal: AbortSignal): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#watchers.add(watcher);
    signal.addEventListener('abort', () => this.#watchers.delete(watcher), { once: true });
    for (const item of waiting) watcher(item);
  }
}
