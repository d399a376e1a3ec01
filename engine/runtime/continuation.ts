import type { Sampling, StopReason } from '../contract/runtime';
import { StreamDecoder } from '../tokenizer/stream-decoder';
import type { ModelTokenizer } from '../tokenizer/tokenizer';
import { createSampler, type LogitSummary, type Sampler } from './sampler';
import { StopStrings } from './stop-strings';

export interface ContinuationOptions {
  readonly maxTokens: number;
  readonly sampling?: Partial<Sampling> | undefined;
  readonly stopStrings?: readonly string[] | undefined;
  /** May set logits to -Infinity in place; `generated` are the ids picked so far. */
  readonly mask?: ((logits: Float32Array, generated: readonly number[]) => void) | undefined;
}

/** One text that is being written behind a prompt: what was picked, what may be shown, and why it ended. */
export class Continuation {
  readonly tokens: number[] = [];
  /** Natural log of the model's probability for each of `tokens`. */
  readonly logProbs: number[] = [];
  text = '';
  /** Null while it goes on. */
  stop: StopReason | null = null;
  readonly #sample: Sampler;
  readonly #decoder: StreamDecoder;
  readonly #stops: StopStrings;
  readonly #endIds: ReadonlySet<number>;

  constructor(
    tokenizer: ModelTokenizer,
    private readonly options: ContinuationOptions,
  ) {
    this.#sample = createSampler(options.sampling);
    this.#decoder = new StreamDecoder(tokenizer);
    this.#stops = new StopStrings([...(options.stopStrings ?? [])]);
    this.#endIds = new Set(tokenizer.endIds);
    if (options.maxTokens <= 0) this.stop = 'length';
  }

  /** Picks the next token; returns the text that it lets be shown. Sets `stop` where it is the last one. */
  pick(logits: Float32Array, summary: LogitSummary): string {
    const { mask, maxTokens } = this.options;
    mask?.(logits, this.tokens);
    const { id, logProb } = this.#sample(logits, this.tokens, mask ? undefined : summary);
    if (this.#endIds.has(id)) {
      this.stop = 'end';
      return '';
    }
    this.tokens.push(id);
    this.logProbs.push(logProb);
    const piece = this.#stops.push(this.#decoder.push(id));
    this.text += piece.text;
    if (piece.stopped) this.stop = 'stop-string';
    else if (this.tokens.length >= maxTokens) this.stop = 'length';
    return piece.text;
  }

  /** Ends it; returns text that was held back. */
  end(reason: StopReason): string {
    this.stop ??= reason;
    const rest = this.#stops.flush();
    this.text += rest;
    return rest;
  }
}
