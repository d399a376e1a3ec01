import type { Notice } from '../contract/window-api';
import { Backlog } from './backlog';

/** Things that happened by themselves and that the person should know. */
export class Notices {
  readonly #backlog = new Backlog<Notice>();
  #nextId = 1;

  add(level: Notice['level'], text: string): void {
    this.#backlog.add({ id: this.#nextId++, level, text });
  }

  /** The first watcher also gets what nobody has seen yet. */
  watch(watcher: (notice: Notice) => void, signal: AbortSignal): void {
    this.#backlog.watch(watcher, signal);
  }
}
