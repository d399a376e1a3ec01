import { setImmediate } from 'node:timers/promises';
import { Continuation } from '../../runtime/continuation';
import { Generator } from '../../runtime/generate';
import type { KvCache } from '../../runtime/kv-cache';
import type { StepSessions } from '../../runtime/step-sessions';
import type { ModelTokenizer } from '../../tokenizer/tokenizer';
import { SKIPPED_STEPS } from '../contender';

/** What our decoders are run with. */
export interface OpenDecoder {
  readonly sessions: StepSessions;
  readonly cache: KvCache;
  /** Without end tokens, as a timed generation does not end. */
  readonly tokenizer: ModelTokenizer;
}

/**
 * One greedy generation, step by step: the body of Generator.run's loop, so that each step's time can be taken. A step
 * is everything from one token's id to the next one's: feeds, graph, sampling, text.
 */
export class DecodeLoop {
  readonly #generator: Generator;
  #continuation: Continuation;
  #attempt = 0;

  constructor(private readonly decoder: OpenDecoder) {
    const { sessions, cache, tokenizer } = decoder;
    this.#generator = new Generator(sessions, cache, tokenizer, cache.shape.vocab);
    this.#continuation = this.#begin(1);
  }

  /** Reads the prompt into an empty cache; ms until its next token is known. */
  async prefill(prompt: readonly number[]): Promise<number> {
    // Another first token, so that no cached prefix is reused.
    const ids = [(prompt[0] as number) + this.#attempt++, ...prompt.slice(1)];
    const started = performance.now();
    const run = this.#generator.run(ids, { maxTokens: 1, sampling: { temperature: 0 } }, () => false);
    let next = await run.next();
    while (!next.done) next = await run.next();
    const ms = performance.now() - started;
    this.#continuation = this.#begin(next.value.tokens[0] as number);
    return ms;
  }

  /** Ms of each of `count` steps; the first ones, which follow a pause, are left out. */
  async steps(count: number): Promise<number[]> {
    const times: number[] = [];
    for (let i = -SKIPPED_STEPS; i < count; i++) {
      const started = performance.now();
      await this.#step();
      if (i >= 0) times.push(performance.now() - started);
    }
    return times;
  }

  #begin(id: number): Continuation {
    const sampling = { temperature: 0 };
    const continuation = new Continuation(this.decoder.tokenizer, {
      maxTokens: Number.MAX_SAFE_INTEGER,
      sampling,
    });
    continuation.tokens.push(id);
    return continuation;
  }

  async #step(): Promise<void> {
    await setImmediate();
    const ids = this.#continuation.tokens.slice(-1);
    const { logits, greedy, totals } = await this.decoder.sessions.step({ ids }, this.decoder.cache, 'last');
    this.#continuation.pick(logits, { greedy: greedy[0] as number, total: totals[0] as number });
  }
}
