/** Threads for steps of one token and for steps of many. */
export interface ThreadChoice {
  readonly decode: number;
  readonly prefill: number;
}

/**
 * A model opened with some number of threads. A call runs one typical step, always the same. Opening is most of the time
 * that a choice takes: a graph of a few of the model's layers (`shape.layers` 4) scales much like the whole.
 */
export interface TimedSteps {
  decode(): Promise<unknown>;
  prefill(): Promise<unknown>;
  dispose(): Promise<void>;
}

export interface ChooseOptions {
  /** No number is tried after so many ms if the one before took too long to fit; the first always is. */
  readonly budgetMs?: number;
  /** Ends the search with what was measured so far. */
  readonly signal?: AbortSignal | undefined;
  readonly now?: () => number;
}

/** For all that is tried; the caller's last number may end a little later. */
const BUDGET_MS = 1200;
/** So much longer than the best so far ends the way down: with fewer threads still it gets no better. */
const GIVE_UP = 1.1;
/** Times as close as this are equal, and the smaller number wins: it leaves cores to the window and to queries. */
const EQUAL = 1.03;

const KINDS = ['decode', 'prefill'] as const;
type Kind = (typeof KINDS)[number];

/**
 * Runs of one kind: after a first one, which warms up, `least` to `most` while `shareMs` lasts. The fastest counts, as
 * other programs can only make a run longer.
 */
const RUNS = {
  decode: { least: 3, most: 8, shareMs: 60 },
  prefill: { least: 1, most: 3, shareMs: 60 },
} as const satisfies Record<Kind, unknown>;

/**
 * Chooses among 1 to `most` threads by running steps, for each kind of step on its own: a step of one token waits for
 * memory and for its threads to meet, one of many multiplies, and hyper-threads, small cores or a virtual machine's
 * share decide how far either scales. `open` is called with one number at a time and its result is disposed before
 * the next; `most` is the first. From there it goes down in growing steps until it no longer gets faster, and then
 * looks beside the best.
 *
 * Null only if `signal` was aborted before anything was measured. Throws what `open` and the steps throw.
 */
export async function chooseThreads(
  most: number,
  open: (threads: number) => Promise<TimedSteps>,
  { budgetMs = BUDGET_MS, signal, now = () => performance.now() }: ChooseOptions = {},
): Promise<ThreadChoice | null> {
  if (most <= 1) return { decode: 1, prefill: 1 };
  const times: Record<Kind, Map<number, number>> = { decode: new Map(), prefill: new Map() };
  const started = now();
  let longest = 0;
  const affordable = () => !signal?.aborted && (longest === 0 || now() - started + longest <= budgetMs);
  const measure = async (threads: number, kinds: readonly Kind[]) => {
    const began = now();
    const steps = await open(threads);
    try {
      for (const kind of kinds) {
        if (signal?.aborted) return;
        const best = Math.min(...times[kind].values());
        times[kind].set(threads, await fastestRun(() => steps[kind](), RUNS[kind], best * GIVE_UP, now));
      }
    } finally {
      await steps.dispose();
    }
    longest = Math.max(longest, now() - began);
  };

  let going: readonly Kind[] = KINDS;
  for (const threads of ladder(most)) {
    if (going.length === 0 || !affordable()) break;
    await measure(threads, going);
    going = going.filter((kind) => {
      const time = times[kind].get(threads);
      return time !== undefined && time <= GIVE_UP * Math.min(...times[kind].values());
    });
  }
  for (const offset of [-1, 1]) {
    for (const kind of KINDS) {
      if (times[kind].size === 0) continue;
      const threads = fewestOfFastest(times[kind]) + offset;
      if (threads < 1 || threads > most || times[kind].has(threads)) continue;
      if (affordable()) await measure(threads, [kind]);
    }
  }
  if (times.decode.size === 0) return null;
  const decode = fewestOfFastest(times.decode);
  return { decode, prefill: times.prefill.size > 0 ? fewestOfFastest(times.prefill) : decode };
}

/** `most` first, then about three quarters, a half and a quarter of it, and 1. */
function ladder(most: number): number[] {
  return [...new Set([1, 3 / 4, 1 / 2, 1 / 4, 0].map((part) => Math.max(1, Math.ceil(most * part))))];
}

/** The shortest of some runs in ms; of the first alone if it is hopeless, which is one beyond `hopeless`. */
async function fastestRun(
  step: () => Promise<unknown>,
  { least, most, shareMs }: (typeof RUNS)[Kind],
  hopeless: number,
  now: () => number,
): Promise<number> {
  const timed = async () => {
    const began = now();
    await step();
    return now() - began;
  };
  const began = now();
  let best = await timed();
  // Warming up may double a run's time.
  if (best > 2 * hopeless) return best;
  for (let run = 0; run < most && (run < least || now() - began < shareMs); run++)
    best = Math.min(best, await timed());
  return best;
}

function fewestOfFastest(times: ReadonlyMap<number, number>): number {
  const best = Math.min(...times.values());
  return Math.min(...[...times].filter(([, time]) => time <= EQUAL * best).map(([threads]) => threads));
}
