import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Contender, type ContenderProgram, SKIPPED_STEPS, STEP_ROOM } from '../contender';

/** What is used of node-llama-cpp, which is no dependency of the project. */
interface NodeLlamaCpp {
  getLlama(options: Record<string, unknown>): Promise<{
    loadModel(options: Record<string, unknown>): Promise<{
      createContext(options: Record<string, unknown>): Promise<{ getSequence(): LlamaSequence }>;
    }>;
  }>;
}

interface LlamaSequence {
  clearHistory(): Promise<void>;
  evaluate(ids: readonly number[], options: Record<string, unknown>): AsyncGenerator<number, void, void>;
}

type LlamaProgram = Extract<ContenderProgram, { kind: 'llama.cpp' }>;

/** llama.cpp's cache of SmolLM2-135M: 30 layers, 3 K and 3 V heads of 64, fp16. */
const CACHE_BYTES_PER_TOKEN = 30 * (3 + 3) * 64 * 2;

/** llama.cpp on the CPU. Its evaluation takes the greedy id itself, so a step is one pull. */
export async function openLlamaCpp(program: LlamaProgram, ids: readonly number[]): Promise<Contender> {
  const { threads, flashAttention, format } = program;
  const entry = join(program.folder, 'node_modules', 'node-llama-cpp', 'dist', 'index.js');
  const { getLlama } = (await import(pathToFileURL(entry).href)) as NodeLlamaCpp;
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    maxThreads: threads,
    logLevel: 'error',
  });
  const model = await llama.loadModel({ modelPath: program.model, gpuLayers: 0 });
  const context = await model.createContext({
    contextSize: ids.length + STEP_ROOM,
    // llama.cpp's own choice of tokens a batch on a CPU.
    batchSize: 512,
    threads: { ideal: threads, min: threads },
    flashAttention,
  });
  const sequence = context.getSequence();
  let tokens: AsyncGenerator<number, void, void> | null = null;
  const timed = async () => {
    const started = performance.now();
    const next = await tokens?.next();
    if (next?.done !== false) throw new Error('llama.cpp ended before all steps were taken.');
    return performance.now() - started;
  };
  return {
    cache: 'fp16',
    cacheBytesPerToken: CACHE_BYTES_PER_TOKEN,
    setting: `${format}, flash attention ${flashAttention ? 'on' : 'off'}, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
    prefill: async () => {
      await tokens?.return();
      await sequence.clearHistory();
      tokens = sequence.evaluate(ids, { temperature: 0, yieldEogToken: true });
      return timed();
    },
    steps: async (count) => {
      for (let i = 0; i < SKIPPED_STEPS; i++) await timed();
      const times: number[] = [];
      for (let i = 0; i < count; i++) times.push(await timed());
      return times;
    },
  };
}
