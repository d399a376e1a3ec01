import { setTimeout as sleep } from 'node:timers/promises';
import { BLOCK_STEPS, type ContenderFacts, type ContenderJob } from './contender';
import { ContenderProcess } from './contender-process';
import { median } from './statistics';

/** A contender's own measurements at one context. */
export interface Measured extends ContenderFacts {
  readonly job: ContenderJob;
  readonly prefillTokensPerSecond: number | null;
  readonly stepMs: readonly number[];
  readonly residentMB: number;
}

export interface MeasureOptions {
  readonly blocks: number;
  readonly prefills: number;
  /** Path of contender-main.js. */
  readonly program: string;
  readonly say: (message: string) => void;
  /** A contender that failed is left out of the result. */
  readonly onFailure: (job: ContenderJob, message: string) => void;
}

/** Threads spin for some milliseconds after a step; nobody else is timed meanwhile. */
const REST_MS = 60;

interface Entry {
  readonly job: ContenderJob;
  readonly process: ContenderProcess;
  readonly facts: ContenderFacts;
  readonly prefills: number[];
  readonly stepMs: number[];
  residentMB: number;
}

/**
 * Times jobs of one context in turns, so that a machine that slows down slows all of them: first the prefills,
 * then blocks of steps, each round in the other order. Only one process works at a time; the others wait.
 */
export async function measure(jobs: readonly ContenderJob[], options: MeasureOptions): Promise<Measured[]> {
  const entries: Entry[] = [];
  const failed = new Set<Entry>();
  const inTurns = async (rounds: number, turn: (entry: Entry) => Promise<void>) => {
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? entries : [...entries].reverse();
      for (const entry of order) {
        if (failed.has(entry)) continue;
        await sleep(REST_MS);
        await turn(entry).catch((error: Error) => {
          failed.add(entry);
          options.onFailure(entry.job, error.message);
        });
      }
    }
  };
  try {
    for (const job of jobs) {
      try {
        const started = await ContenderProcess.start(job, options.program);
        entries.push({ job, ...started, prefills: [], stepMs: [], residentMB: 0 });
      } catch (error) {
        options.onFailure(job, error instanceof Error ? error.message : String(error));
      }
    }
    await inTurns(options.prefills, async ({ job, process, prefills, facts: { setting } }) => {
      const { ms, tokens } = await process.prefill();
      if (ms === null) return;
      prefills.push((tokens / ms) * 1000);
      options.say(
        `  ${job.name} (${setting}): ${Math.round(prefills.at(-1) as number)} tokens/s of prefill at ${job.context}`,
      );
    });
    await inTurns(options.blocks, async (entry) => {
      const { times, residentMB } = await entry.process.steps(BLOCK_STEPS);
      entry.stepMs.push(...times);
      entry.residentMB = Math.max(entry.residentMB, residentMB);
    });
  } finally {
    for (const { process } of entries) await process.end();
  }
  return entries
    .filter((entry) => !failed.has(entry))
    .map(({ job, facts, prefills, stepMs, residentMB }) => {
      options.say(
        `  ${job.name} (${facts.setting}): ${median(stepMs).toFixed(2)} ms a token at ${job.context}`,
      );
      const prefillTokensPerSecond = prefills.length > 0 ? median(prefills) : null;
      return { job, ...facts, prefillTokensPerSecond, stepMs, residentMB };
    });
}
