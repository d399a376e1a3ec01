import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContenderProgram } from '../contender';
import type { Measured } from '../measure';
import { median } from '../statistics';
import { Q4_0, Q8_0 } from './blocks';
import { convertGguf } from './gguf';

/** What set-up found for llama.cpp. */
export interface LlamaSetup {
  /** Cache folder whose node_modules has node-llama-cpp. */
  readonly folder: string;
  readonly version: string;
  /** SmolLM2-135M-Instruct as Q4_1. */
  readonly gguf: string;
}

export type LlamaProgram = Extract<ContenderProgram, { kind: 'llama.cpp' }>;

/** Every format of the same weights with and without flash attention; makes the files that are missing. */
export async function llamaPrograms({ folder, gguf }: LlamaSetup, threads: number): Promise<LlamaProgram[]> {
  const models: { format: string; model: string }[] = [{ format: 'Q4_1', model: gguf }];
  for (const format of [Q4_0, Q8_0]) {
    const model = join(folder, `SmolLM2-135M-Instruct.${format.name}.gguf`);
    if (!existsSync(model)) {
      await mkdir(folder, { recursive: true });
      await writeFile(`${model}.part`, convertGguf(await readFile(gguf), format));
      await rename(`${model}.part`, model);
    }
    models.push({ format: format.name, model });
  }
  return [true, false].flatMap((flashAttention) =>
    models.map(
      ({ format, model }) => ({ kind: 'llama.cpp', folder, model, format, flashAttention, threads }) as const,
    ),
  );
}

/**
 * The same with one thread, to be tried after `trial`: where two wait for each other one may be faster. In a quick run
 * only the setting that was the fastest in decode.
 */
export function singleThreaded(trial: readonly Measured[], quick: boolean): LlamaProgram[] {
  const tried = byDecodeTime(trial).slice(0, quick ? 1 : trial.length);
  return tried.map(programOf).flatMap((program) => (program.threads > 1 ? [{ ...program, threads: 1 }] : []));
}

/** The trial in one line, best first. */
export function trialNote(trial: readonly Measured[], context: number): string {
  const settings = byDecodeTime(trial).map(
    ({ setting, stepMs, prefillTokensPerSecond }) =>
      `${setting}: ${median(stepMs).toFixed(1)} ms, ${Math.round(prefillTokensPerSecond ?? 0)} tokens/s`,
  );
  return `llama.cpp's settings tried at ${context} (decode a token, prefill): ${settings.join('; ')}.`;
}

/**
 * After a short trial of all of them: the settings that may be the best somewhere. Always the fastest in decode and
 * in prefill; in a full run also the next two in decode and the best one of the other flash attention setting.
 */
export function finalists(trial: readonly Measured[], quick: boolean): LlamaProgram[] {
  const byDecode = byDecodeTime(trial);
  const byPrefill = [...trial].sort(
    (a, b) => (b.prefillTokensPerSecond ?? 0) - (a.prefillTokensPerSecond ?? 0),
  );
  const flash = (one: Measured) => programOf(one).flashAttention;
  const chosen = [byDecode[0], byPrefill[0]];
  if (!quick) {
    const [best] = byDecode;
    chosen.push(
      ...byDecode.slice(1, 3),
      byDecode.find((other) => best && flash(other) !== flash(best)),
    );
  }
  return [...new Set(chosen.filter((one) => one !== undefined).map(programOf))];
}

const programOf = ({ job }: Measured) => job.program as LlamaProgram;

function byDecodeTime(measured: readonly Measured[]): Measured[] {
  return [...measured].sort((a, b) => median(a.stepMs) - median(b.stepMs));
}
