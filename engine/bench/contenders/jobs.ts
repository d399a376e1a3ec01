import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../runtime/config';
import {
  CACHE_FORMS,
  type CacheFormName,
  cacheBytesPerToken,
  defaultCacheForm,
} from '../../runtime/kv-cache';
import { type ConfigName, namedConfig } from '../../runtime/named-configs';
import type { ContenderJob } from '../contender';

export interface JobSetting {
  readonly context: number;
  /** Of the prompt; the context less room for the steps where it is the longest that the model takes. */
  readonly promptTokens: number;
  readonly threads: number;
  /** The shipped model. */
  readonly modelDir: string;
  /** For random weights, and for weights made from a model's. */
  readonly cacheDir: string;
}

/** The shape to be shipped and its grouped-query twin: both with random weights, so that only the shape differs. */
const SHAPES: readonly (readonly [row: string, config: ConfigName])[] = [
  ['diffqkv', 'diffqkv-135m'],
  ['gqa', 'gqa-135m'],
];

/** The small models at one context; beyond the shipped one's context with a cache filled by hand, and without it. */
export function decoderJobs(setting: JobSetting): ContenderJob[] {
  const { context, promptTokens: tokens, threads, modelDir, cacheDir } = setting;
  const shipped = parseConfig(JSON.parse(readFileSync(join(modelDir, 'config.json'), 'utf8')));
  const isBeyond = tokens > shipped.contextLength;
  const job = { context, threads, prompt: { tokenizerDir: modelDir, tokens } };
  const random = SHAPES.map(([name, config]): ContenderJob => {
    const kind = isBeyond ? 'filled-cache' : 'random-model';
    const folder = join(cacheDir, config);
    return { ...job, name, program: { kind, config, folder, tokenizerDir: modelDir } };
  });
  if (isBeyond) return random;
  const derivedDir = join(cacheDir, 'derived');
  return [...random, { ...job, name: 'shipped', program: { kind: 'model-folder', modelDir, derivedDir } }];
}

interface Stack {
  readonly name: string;
  readonly config: ConfigName;
  readonly form: CacheFormName;
}

/** Each group holds what is compared: the small shapes as each runs, the large ones in the same form of cache. */
const STACKS: readonly (readonly Stack[])[] = [
  SHAPES.map(([name, config]) => ({ name, config, form: defaultCacheForm(namedConfig(config).shape, true) })),
  [
    { name: 'sigma-1.5b', config: 'sigma-1.5b', form: 'int8' },
    { name: 'std-1.5b', config: 'std-1.5b', form: 'int8' },
  ],
  [
    { name: 'sigma-1.5b fp32', config: 'sigma-1.5b', form: 'fp32' },
    { name: 'std-1.5b fp32', config: 'std-1.5b', form: 'fp32' },
  ],
];

/** Attention alone, in groups that are timed in turns; a group whose caches do not fit into memory is left out. */
export function attentionJobs(setting: JobSetting): { groups: ContenderJob[][]; notes: string[] } {
  const { context, threads, modelDir } = setting;
  const job = { context, threads, prompt: { tokenizerDir: modelDir, tokens: 1 } };
  const groups: ContenderJob[][] = [];
  const notes: string[] = [];
  for (const stacks of STACKS) {
    const bytes = stacks.reduce(
      (sum, { config, form }) =>
        sum + context * cacheBytesPerToken(namedConfig(config).shape, CACHE_FORMS[form]),
      0,
    );
    if (bytes > 0.75 * freemem()) {
      const names = stacks.map(({ name }) => name).join(' and ');
      notes.push(`Attention of ${names} at ${context} needs ${Math.ceil(bytes / 2 ** 30)} GB: left out.`);
      continue;
    }
    groups.push(
      stacks.map(({ name, config, form }) => ({
        ...job,
        name,
        program: { kind: 'attention-stack', config, form },
      })),
    );
  }
  return { groups, notes };
}
