import type { AnswerUpdate } from '../../stores/messages';

/** Text that comes within this time of the last one that was shown goes along with the next. */
export const SHOW_INTERVAL_MS = 50;

/**
 * Collects an answer as it streams. What is shown was stored before: a crash loses nothing that anybody has read.
 * `finish` stores the last word. Where storing fails, as on a full disk, the answer is shown all the same, and
 * `finish` throws.
 */
export class AnswerWriter {
  readonly #save: (update: AnswerUpdate) => void;
  readonly #show: (text: string) => void;
  #text = '';
  #waiting = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(save: (update: AnswerUpdate) => void, show: (text: string) => void) {
    this.#save = save;
    this.#show = show;
  }

  get text(): string {
    return this.#text;
  }

  add(text: string): void {
    this.#text += text;
    this.#waiting += text;
    if (!this.#timer) this.#pass();
  }

  /** Shows what waits, so that something else may follow it. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting !== '') this.#pass();
  }

  finish(update: AnswerUpdate): void {
    this.flush();
    clearTimeout(this.#timer);
    this.#save(update);
  }

  #pass(): void {
    const shown = this.#waiting;
    this.#waiting = '';
    try {
      this.#save({ content: this.#text, state: 'streaming' });
    } catch {
      // Tried again with the next words, and for good by `finish`.
    }
    this.#show(shown);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting !== '') this.#pass();
    }, SHOW_INTERVAL_MS);
  }
}
