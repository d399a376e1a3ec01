import { buildAttentionStack } from '../../runtime/graph/attention-stack';
import { CACHE_FORMS, type CacheFormName, cacheBytesPerToken, KvCache } from '../../runtime/kv-cache';
import { namedConfig } from '../../runtime/named-configs';
import { appendRandomRows, openRandomDecoder } from '../../runtime/random-weights';
import { AttentionStackSession, type FlatHeads } from '../../runtime/session';
import {
  type AttentionStack,
  type Contender,
  type RandomModel,
  SKIPPED_STEPS,
  STEP_ROOM,
} from '../contender';
import { DecodeLoop } from './decode-loop';
import { endlessTokenizer, shippedForm } from './our-engine';

/** Decode behind a cache of random rows instead of a prompt, for contexts whose prefill would take very long. */
export async function openFilledCache(
  { config: name, folder, tokenizerDir }: RandomModel,
  context: number,
  threads: number,
): Promise<Contender> {
  const capacity = context + STEP_ROOM;
  const config = { ...namedConfig(name), contextLength: capacity };
  const { cache: form } = await shippedForm(config.shape);
  const options = { seed: 1, capacity, threads, cache: CACHE_FORMS[form] };
  const decoder = await openRandomDecoder(folder, config, options);
  appendRandomRows(decoder.cache, context, 2);
  const loop = new DecodeLoop({ ...decoder, tokenizer: await endlessTokenizer(tokenizerDir) });
  const setting = `${name}, random weights, cache filled with random rows`;
  return withoutPrompt(decoder.cache, form, setting, (count) => loop.steps(count));
}

/** The attention of all layers alone, behind a cache of random rows. */
export async function openAttentionStack(
  { config: name, form }: AttentionStack,
  context: number,
  threads: number,
): Promise<Contender> {
  const capacity = context + STEP_ROOM;
  const config = { ...namedConfig(name), contextLength: capacity };
  const { shape } = config;
  const graph = buildAttentionStack(config, CACHE_FORMS[form]);
  const session = await AttentionStackSession.create(graph, shape, { threads });
  const cache = new KvCache(shape, capacity, CACHE_FORMS[form]);
  appendRandomRows(cache, context, 2);
  const rows = (width: number, layer: number) =>
    Float32Array.from({ length: width }, (_, i) => Math.sin(layer + i));
  const flat = Array.from(
    { length: shape.layers },
    (_, layer): FlatHeads => ({
      q: rows(shape.n_q * shape.d_k, layer),
      k: rows(shape.n_k * shape.d_k, layer),
      v: rows(shape.n_v * shape.d_v, layer),
    }),
  );
  return withoutPrompt(cache, form, `attention of ${name}`, async (count) => {
    const times: number[] = [];
    for (let i = -SKIPPED_STEPS; i < count; i++) {
      const started = performance.now();
      await session.step(flat, 1, cache);
      if (i >= 0) times.push(performance.now() - started);
    }
    return times;
  });
}

function withoutPrompt(
  cache: KvCache,
  form: CacheFormName,
  setting: string,
  steps: Contender['steps'],
): Contender {
  const bytes = cacheBytesPerToken(cache.shape, cache.form);
  return { cache: form, cacheBytesPerToken: bytes, setting, prefill: async () => null, steps };
}
