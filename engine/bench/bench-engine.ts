import { defaultThreads } from '../runtime/threads';
import { BLOCKS, type ContenderJob, STEP_ROOM } from './contender';
import { attentionJobs, decoderJobs } from './contenders/jobs';
import {
  finalists,
  type LlamaProgram,
  type LlamaSetup,
  llamaPrograms,
  singleThreaded,
  trialNote,
} from './llama/contenders';
import { machineFacts } from './machine';
import { type MeasureOptions, measure } from './measure';
import type { BenchOptions } from './options';
import { rowsOf, withAttention } from './report';
import { type BenchReport, type BenchRow, RIVAL } from './rows';

export interface BenchSetting {
  /** The project's root. */
  readonly root: string;
  /** The shipped model. */
  readonly modelDir: string;
  /** For models with random weights. */
  readonly cacheDir: string;
  /** Path of contender-main.js. */
  readonly contenderProgram: string;
  /** Or why llama.cpp or its model could not be had. */
  readonly llama: LlamaSetup | { readonly missing: string };
}

/** Where llama.cpp's settings are tried against each other. */
const TRIAL_CONTEXT = 512;
/** The context that SmolLM2 was made for; prompts end early enough that all steps fit below it. */
const MODEL_CONTEXT = 8192;
const THROUGH_NODE = `${RIVAL} is timed through node-llama-cpp, one id an evaluation step; its own program would do without that layer.`;
/** What two minutes have room for. */
const QUICK_CONTENDERS: readonly string[] = ['diffqkv', RIVAL];
/** Load average of a machine that does little else than to start this. */
const QUIET_LOAD = 0.5;

/** Everything in one run: llama.cpp's best settings, then context by context all contenders in turns. */
export async function benchEngine(
  options: BenchOptions,
  setting: BenchSetting,
  say: (message: string) => void,
): Promise<BenchReport> {
  const threads = options.threads ?? defaultThreads();
  const { llama } = setting;
  const hasLlama = 'gguf' in llama;
  const notes: string[] = [];
  const only = options.only ?? (options.quick ? QUICK_CONTENDERS : null);
  const wanted = ({ name }: { name: string }) => only === null || only.includes(name);
  if (!hasLlama && wanted({ name: RIVAL })) notes.push(`${RIVAL} was left out: ${llama.missing}.`);

  say('Measuring memory bandwidth…');
  const machine = await machineFacts(setting.root, threads, hasLlama ? llama.version : null);
  if (machine.loadBefore > QUIET_LOAD) {
    notes.push(`The machine was busy before the run (load ${machine.loadBefore}); times may be too high.`);
  }
  const measureOptions: MeasureOptions = {
    blocks: BLOCKS,
    prefills: 1,
    program: setting.contenderProgram,
    say,
    onFailure: (job, message) => {
      notes.push(`${job.name} at ${job.context} failed: ${message}`);
      say(`  ${notes.at(-1)}`);
    },
  };
  const llamaJob = (program: LlamaProgram, context: number): ContenderJob => ({
    name: RIVAL,
    context,
    threads,
    prompt: { tokenizerDir: setting.modelDir, tokens: promptTokens(context) },
    program,
  });
  const rivals: LlamaProgram[] = [];
  if (hasLlama && wanted({ name: RIVAL })) {
    say(`Trying ${RIVAL}'s formats, flash attention and threads at ${TRIAL_CONTEXT}…`);
    const tried = (programs: readonly LlamaProgram[]) => {
      const jobs = programs.map((program) => llamaJob(program, TRIAL_CONTEXT));
      return measure(jobs, { ...measureOptions, blocks: 2 });
    };
    const trial = await tried(await llamaPrograms(llama, threads));
    trial.push(...(await tried(singleThreaded(trial, options.quick))));
    rivals.push(...finalists(trial, options.quick));
    notes.push(THROUGH_NODE, trialNote(trial, TRIAL_CONTEXT));
  }

  const rows: BenchRow[] = [];
  for (const context of options.contexts) {
    say(`Context ${context}:`);
    const jobSetting = { ...setting, context, promptTokens: promptTokens(context), threads };
    // Beyond its own context llama.cpp needs minutes for a prompt: one setting, and only when asked for by name.
    const isBeyond = context > MODEL_CONTEXT;
    const others = rivals.slice(0, !isBeyond ? rivals.length : options.only ? 1 : 0);
    if (isBeyond && rivals.length > 0 && !options.only) {
      notes.push(`${RIVAL} was left out at ${context}: its model's context ends at ${MODEL_CONTEXT}.`);
    }
    const jobs = [
      ...decoderJobs(jobSetting).filter(wanted),
      ...others.map((program) => llamaJob(program, context)),
    ];
    const decoders = await measure(jobs, {
      ...measureOptions,
      prefills: context <= 2048 ? (options.quick ? 2 : 3) : 1,
    });
    const attention: BenchRow[] = [];
    const stacks = options.quick ? { groups: [], notes: [] } : attentionJobs(jobSetting);
    notes.push(...stacks.notes);
    for (const group of stacks.groups) {
      attention.push(...rowsOf(await measure(group.filter(wanted), measureOptions)));
    }
    rows.push(...withAttention(rowsOf(decoders), attention));
  }
  return { machine, rows, notes: [...new Set(notes)].join('\n') };
}

/** Tokens of the prompt for steps at `context`. */
function promptTokens(context: number): number {
  return context === MODEL_CONTEXT ? context - STEP_ROOM : context;
}
