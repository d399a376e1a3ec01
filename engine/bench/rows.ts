/** What a run of the engine bench gives; `--json` prints exactly this. */
export interface BenchReport {
  readonly machine: MachineFacts;
  readonly rows: readonly BenchRow[];
  /** What was left out or went wrong, one line each. */
  readonly notes: string;
}

export interface MachineFacts {
  readonly cpu: string;
  /** Logical processors that this process may use. */
  readonly cores: number;
  /** Threads of every contender. */
  readonly threads: number;
  readonly memoryGB: number;
  /** Triad over arrays larger than the caches, bytes read and written. */
  readonly bandwidthGBps: { readonly oneThread: number; readonly twoThreads: number };
  /** Processes that wanted a processor, a minute's mean before the run: above about 0.3 the times are too high. */
  readonly loadBefore: number;
  readonly platform: string;
  readonly node: string;
  readonly onnxruntime: string;
  readonly nodeLlamaCpp: string | null;
  readonly date: string;
}

/** One contender at one length of context. Null: not measured for this contender. */
export interface BenchRow {
  readonly contender: string;
  /** Tokens in the cache about which the decode steps lie. */
  readonly context: number;
  /** Median, from token id to sampled id, output head included. */
  readonly decodeMsPerToken: number | null;
  readonly prefillTokensPerSecond: number | null;
  /** All layers' attention alone, without weight products. */
  readonly attentionMsPerToken: number | null;
  /** How K and V are kept: a name of CACHE_FORMS. */
  readonly cache: string;
  readonly cacheBytesPerToken: number;
  /** Largest resident set of the contender's own process, seen after its steps. */
  readonly residentMB: number;
  /** What ran, in words: weights, format, flash attention. */
  readonly setting: string;
  /** Steps behind the median. */
  readonly steps: number;
}

/** The contender that the others are compared with. */
export const RIVAL = 'llama.cpp';
