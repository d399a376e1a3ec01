import type { Contender, ContenderJob, ContenderReply, ContenderRequest } from './contender';
import { openAttentionStack, openFilledCache } from './contenders/filled-cache';
import { openLlamaCpp } from './contenders/llama-cpp';
import { openModelFolderContender, openRandomModel } from './contenders/our-engine';
import { promptIds } from './prompt';

/** Process of one contender: the job is its argument; then it answers one request after the other. */
async function serve(job: ContenderJob): Promise<void> {
  const ids = await promptIds(job.prompt);
  const contender = await open(job, ids);
  const { cache, cacheBytesPerToken, setting } = contender;
  let busy: Promise<void> = Promise.resolve();
  process.on('message', (request: ContenderRequest) => {
    busy = busy.then(async () => reply(await answer(contender, request, ids.length))).catch(fail);
  });
  reply({ kind: 'ready', cache, cacheBytesPerToken, setting });
}

function open({ program, threads, context }: ContenderJob, ids: readonly number[]): Promise<Contender> {
  switch (program.kind) {
    case 'model-folder':
      return openModelFolderContender(program.modelDir, program.derivedDir, ids, threads);
    case 'random-model':
      return openRandomModel(program, ids, threads);
    case 'filled-cache':
      return openFilledCache(program, context, threads);
    case 'attention-stack':
      return openAttentionStack(program, context, threads);
    case 'llama.cpp':
      return openLlamaCpp(program, ids);
  }
}

async function answer(
  contender: Contender,
  request: ContenderRequest,
  tokens: number,
): Promise<ContenderReply> {
  if (request.ask === 'prefill') return { kind: 'prefill', ms: await contender.prefill(), tokens };
  const times = await contender.steps(request.count);
  return { kind: 'steps', times, residentMB: process.memoryUsage.rss() / 2 ** 20 };
}

function reply(message: ContenderReply): void {
  process.send?.(message);
}

function fail(error: unknown): void {
  reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}

// The bench is gone: nobody to measure for.
process.on('disconnect', () => process.exit(0));
serve(JSON.parse(process.argv[2] ?? '{}') as ContenderJob).catch(fail);
