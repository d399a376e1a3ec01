import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../contract/errors';
import { type ChooseOptions, chooseThreads, type ThreadChoice, type TimedSteps } from './choose-threads';
import { defaultThreads, deviceName } from './threads';
import { writeWhole } from './whole-file';

/** Changes when graphs change so much that their threads should be chosen anew. */
const FORMAT = 'sigma-ops-threads-1';
const FILE = 'threads.json';
/** Choices kept, one a machine and model; of more, the oldest are dropped. */
const MAX_CHOICES = 16;

const Choice = z.object({
  key: z.string(),
  decode: z.number().int().positive(),
  prefill: z.number().int().positive(),
});
const ThreadsFile = z.object({ format: z.literal(FORMAT), choices: z.array(Choice) });

export interface RememberOptions extends ChooseOptions {
  /** Where the choice is remembered; null: nowhere. */
  readonly folder: string | null;
  /** Names the model's content and how it is computed: prefillKey() and what else makes a graph slower or faster. */
  readonly model: string;
  /** The largest number of threads; by default this machine's. */
  readonly most?: number;
  /** What tells this machine from others; by default its processor and number of cores. */
  readonly machine?: string;
}

/**
 * The threads chosen for this model on this machine: remembered, or measured with `open` (see chooseThreads) and then
 * remembered. Never fails for the disk's sake: an unreadable or damaged file is replaced. Aborting gives the default.
 */
export async function threadsFor(
  open: (threads: number) => Promise<TimedSteps>,
  { folder, model, most = defaultThreads(), machine = thisMachine(), ...options }: RememberOptions,
): Promise<ThreadChoice> {
  const key = createHash('sha256')
    .update(JSON.stringify([FORMAT, machine, most, model]))
    .digest('hex');
  const known = (await remembered(folder)).find((choice) => choice.key === key);
  if (known && known.decode <= most && known.prefill <= most)
    return { decode: known.decode, prefill: known.prefill };
  const choice = await chooseThreads(most, open, options);
  if (choice === null || options.signal?.aborted) return { decode: most, prefill: most };
  if (folder !== null && most > 1) await remember(folder, { key, ...choice });
  return choice;
}

function thisMachine(): string {
  return `${deviceName()} ${cpus().length}`;
}

async function remembered(folder: string | null): Promise<z.infer<typeof Choice>[]> {
  if (folder === null) return [];
  try {
    return ThreadsFile.parse(JSON.parse(await readFile(join(folder, FILE), 'utf8'))).choices;
  } catch {
    return [];
  }
}

async function remember(folder: string, choice: z.infer<typeof Choice>): Promise<void> {
  const others = (await remembered(folder)).filter(({ key }) => key !== choice.key);
  const choices = [choice, ...others].slice(0, MAX_CHOICES);
  try {
    const text = JSON.stringify({ format: FORMAT, choices }, null, 2);
    await writeWhole(join(folder, FILE), (append) => append(Buffer.from(text)));
  } catch (error) {
    // Then it is measured again next time.
    if (!(error instanceof AppError && error.kind === 'unavailable')) throw error;
  }
}
