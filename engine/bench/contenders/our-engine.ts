import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DecoderShape } from '../../runtime/config';
import {
  CACHE_FORMS,
  type CacheFormName,
  cacheBytesPerToken,
  defaultCacheForm,
  KvCache,
} from '../../runtime/kv-cache';
import { openModelFolder } from '../../runtime/model-files';
import { namedConfig } from '../../runtime/named-configs';
import { openRandomDecoder } from '../../runtime/random-weights';
import { int8ProductsAreExact } from '../../runtime/session';
import { StepSessions } from '../../runtime/step-sessions';
import { loadTokenizer, type ModelTokenizer } from '../../tokenizer/tokenizer';
import { type Contender, type RandomModel, STEP_ROOM } from '../contender';
import { DecodeLoop, type OpenDecoder } from './decode-loop';

/** How the engine runs a 4-bit model on this processor (engine.ts). */
export async function shippedForm(
  shape: DecoderShape,
): Promise<{ cache: CacheFormName; hasDerived: boolean }> {
  const isExact = await int8ProductsAreExact();
  return { cache: defaultCacheForm(shape, isExact), hasDerived: isExact };
}

/** A model folder as the engine opens it. `derivedDir` is for weights made from the model's. */
export async function openModelFolderContender(
  modelDir: string,
  derivedDir: string,
  ids: readonly number[],
  threads: number,
): Promise<Contender> {
  const { config, tensors, ownFrequencies } = await openModelFolder(modelDir, {});
  const form = await shippedForm(config.shape);
  const cacheForm = CACHE_FORMS[form.cache];
  const sessions = await StepSessions.open({
    config,
    modelDir: resolve(modelDir),
    tensors,
    ownFrequencies,
    cacheForm,
    exact: false,
    derivedDir: form.hasDerived ? derivedDir : null,
    threads: { decode: threads, prefill: threads },
  });
  const cache = new KvCache(config.shape, config.contextLength, cacheForm);
  const tokenizer = await endlessTokenizer(modelDir);
  return withPrompt({ sessions, cache, tokenizer }, form.cache, `${config.name}, shipped weights`, ids);
}

/** A named shape with random weights. */
export async function openRandomModel(
  { config: name, folder, tokenizerDir }: RandomModel,
  ids: readonly number[],
  threads: number,
): Promise<Contender> {
  const capacity = ids.length + STEP_ROOM;
  const config = { ...namedConfig(name), contextLength: capacity };
  const derivedDir = join(folder, 'derived');
  // The weights are written anew, so what was made from the last ones is of no use.
  await rm(derivedDir, { recursive: true, force: true });
  const form = await shippedForm(config.shape);
  const decoder = await openRandomDecoder(folder, config, {
    seed: 1,
    capacity,
    threads,
    cache: CACHE_FORMS[form.cache],
    derivedDir: form.hasDerived ? derivedDir : null,
  });
  const tokenizer = await endlessTokenizer(tokenizerDir);
  return withPrompt({ ...decoder, tokenizer }, form.cache, `${name}, random weights`, ids);
}

/** A model folder's tokenizer without end tokens. */
export function endlessTokenizer(modelDir: string): Promise<ModelTokenizer> {
  return loadTokenizer(join(modelDir, 'tokenizer.json'), []);
}

function withPrompt(
  decoder: OpenDecoder,
  cache: CacheFormName,
  what: string,
  ids: readonly number[],
): Contender {
  const loop = new DecodeLoop(decoder);
  const { slowPrefill } = decoder.sessions;
  return {
    cache,
    cacheBytesPerToken: cacheBytesPerToken(decoder.cache.shape, decoder.cache.form),
    setting: slowPrefill === null ? what : `${what}, prefill in 4 bits (${slowPrefill})`,
    prefill: () => loop.prefill(ids),
    steps: (count) => loop.steps(count),
  };
}
