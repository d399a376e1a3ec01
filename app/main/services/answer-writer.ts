import type { AnswerUpdate } from '../../stores/messages';

/** A crash loses at most this much of an answer. */
export const SAVE_INTERVAL_MS = 500;

/** Collects an answer as it streams and saves it now and then; `finish` saves the last word. */
export class AnswerWriter {
  readonly #save: (update: AnswerUpdate) => void;
  #text = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(save: (update: AnswerUpdate) => void) {
    this.#save = save;
  }

  get text(): string {
    return this.#text;
  }

  add(text: string): void {
    this.#text += text;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#save({ content: this.#text, state: 'streaming' });
    }, SAVE_INTERVAL_MS);
  }

  finish(update: AnswerUpdate): void {
    clearTimeout(this.#timer);
    this.#save(update);
  }
}
