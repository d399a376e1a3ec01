import type { CacheFormName } from '../runtime/kv-cache';
import type { ConfigName } from '../runtime/named-configs';
import type { PromptSource } from './prompt';

/** What a contender says of itself once its model is loaded. */
export interface ContenderFacts {
  /** How K and V are kept, by name. */
  readonly cache: string;
  readonly cacheBytesPerToken: number;
  /** What runs, in words. */
  readonly setting: string;
}

/**
 * One program that is timed. It lives in a process of its own (contender-main.ts), which the bench asks for one
 * prefill and then for blocks of steps, in turn with the other contenders.
 */
export interface Contender extends ContenderFacts {
  /** Starts again from an empty context; ms until the prompt's next token is known. Null: not part of this one. */
  prefill(): Promise<number | null>;
  /** Ms of each of `count` steps behind the prompt, after SKIPPED_STEPS that are not timed. */
  steps(count: number): Promise<number[]>;
}

/** At the start of a block caches and threads are cold from another contender's block. */
export const SKIPPED_STEPS = 2;

/** Timed steps in a block, and blocks: at least 64 steps in all. */
export const BLOCK_STEPS = 18;
export const BLOCKS = 4;

/** Tokens that all blocks together may add behind a prompt. */
export const STEP_ROOM = BLOCKS * (BLOCK_STEPS + SKIPPED_STEPS) + 8;

/** A named shape that is given random weights. */
export interface RandomModel {
  readonly config: ConfigName;
  /** Where its weights may be written. */
  readonly folder: string;
  /** For the text of its tokens: a model folder of the same vocabulary. */
  readonly tokenizerDir: string;
}

/** A named shape's attention without its weights. */
export interface AttentionStack {
  readonly config: ConfigName;
  readonly form: CacheFormName;
}

/** What a contender's process is started with. */
export interface ContenderJob {
  /** Row of the report. */
  readonly name: string;
  readonly context: number;
  readonly threads: number;
  /** Where the prompt's ids come from: the same for all. */
  readonly prompt: PromptSource;
  readonly program: ContenderProgram;
}

export type ContenderProgram =
  | { readonly kind: 'model-folder'; readonly modelDir: string; readonly derivedDir: string }
  | ({ readonly kind: 'random-model' } & RandomModel)
  /** No prompt: a context of random rows. */
  | ({ readonly kind: 'filled-cache' } & RandomModel)
  | ({ readonly kind: 'attention-stack' } & AttentionStack)
  | {
      readonly kind: 'llama.cpp';
      /** Folder whose node_modules has node-llama-cpp. */
      readonly folder: string;
      readonly model: string;
      readonly format: string;
      readonly flashAttention: boolean;
      /** At most the job's: one thread may be faster than two where they wait for each other. */
      readonly threads: number;
    };

export type ContenderRequest =
  | { readonly ask: 'prefill' }
  | { readonly ask: 'steps'; readonly count: number };

export type ContenderReply =
  | ({ readonly kind: 'ready' } & ContenderFacts)
  | { readonly kind: 'prefill'; readonly ms: number | null; readonly tokens: number }
  | { readonly kind: 'steps'; readonly times: number[]; readonly residentMB: number }
  | { readonly kind: 'failed'; readonly message: string };
