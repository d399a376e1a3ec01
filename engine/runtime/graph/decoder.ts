import { AppError } from '../../contract/errors';
import type { DecoderConfig } from '../config';
import { CACHE_FORMS, type CacheForm } from '../kv-cache';
import type { TensorTable } from '../safetensors';
import type { Arithmetic } from './activations';
import { attention, newRows } from './attention';
import { type Heads, sharedValues } from './attention-context';
import { feedForward } from './feed-forward';
import { OnnxBuilder } from './onnx-builder';
import { queryKeyValue } from './query-key-value';
import { thetaFrequencies } from './rope';
import { type RequiredTensor, storedTensors, type TensorSource, Weights } from './weights';

/** Stored name of the model's own RoPE frequencies, F32 [d_k / 2]; only with `ropeFrequencies` 'tensor'. */
export const FREQUENCIES = 'rope.inv_freq';

/** How the graph reads what a KV cache holds, and which of its parts it has. */
export interface GraphOptions {
  readonly arithmetic: Arithmetic;
  readonly cache: CacheForm;
  /** For one new token a step only; fewer nodes. */
  readonly single: boolean;
  /** For measurements: the rows of sealed V that each query head reads in the one-token graph; left out, all. */
  readonly topValues?: number | null;
}

/**
 * The whole decoder as ONNX bytes. Inputs, for S new tokens:
 *   ids int64 [1, S]; rows int64 [R], which of them get logits; those of sharedValues; each layer's cached rows.
 * Outputs: logits float [1, R, vocab], their largest's id `greedy` int64 [1, R, 1] and `total` float [1, R, 1], the log of
 * the sum of their exponentials; the new rows `new_K` float [layers * n_k, S, d_k] and `new_V` [layers * n_v, S, d_v].
 */
export function buildDecoder(
  config: DecoderConfig,
  tensors: TensorTable,
  options: GraphOptions,
  /** The values of the tensor FREQUENCIES, which the graph's tables are made from. */
  ownFrequencies: Float32Array | null = null,
): Uint8Array {
  if ((config.ropeFrequencies === 'tensor') !== (ownFrequencies !== null)) {
    throw new AppError(
      'internal',
      `A model with ropeFrequencies '${config.ropeFrequencies}' was given the other kind.`,
    );
  }
  const frequencies = ownFrequencies ?? thetaFrequencies(config.shape.d_k, config.ropeTheta);
  return decoderGraph(config, storedTensors(tensors), options, frequencies);
}

/** Every tensor that a model folder of this config holds, once. */
export function requiredTensors(config: DecoderConfig): RequiredTensor[] {
  const required = new Map<string, RequiredTensor>();
  const record = (tensor: RequiredTensor) => {
    required.set(tensor.name, tensor);
    return { file: '', offset: 0, bytes: tensor.bytes };
  };
  const frequencies = new Float32Array(config.shape.d_k / 2);
  if (config.ropeFrequencies === 'tensor')
    record({
      name: FREQUENCIES,
      dtype: 'F32',
      shape: [frequencies.length],
      bytes: frequencies.byteLength,
    });
  const options = { arithmetic: 'fp32' as const, cache: CACHE_FORMS.fp32, single: false };
  decoderGraph({ ...config, contextLength: 1 }, record, options, frequencies);
  return [...required.values()];
}

function decoderGraph(
  config: DecoderConfig,
  source: TensorSource,
  { arithmetic, cache, single, topValues = null }: GraphOptions,
  frequencies: Float32Array | Float64Array,
): Uint8Array {
  const { shape, normEps, contextLength } = config;
  const builder = new OnnxBuilder();
  const weights = new Weights(builder, config, source, arithmetic);
  const ids = builder.input('ids', 'int64', [1, 'S']);
  const rows = builder.input('rows', 'int64', ['R']);
  const shared = sharedValues(builder, contextLength, frequencies, single);

  // x is the residual stream [1, S, hidden]; each block adds its output to it just before the next norm.
  let x = weights.embed(ids, 'embedding');
  let added: string | null = null;
  const norm = (name: string, output: string): string => {
    const gamma = weights.vector(name, shape.hidden);
    if (added === null) {
      return builder.apply('SimplifiedLayerNormalization', [x, gamma], output, {
        axis: -1,
        epsilon: { float: normEps },
      });
    }
    const sum = `${output}.residual`;
    builder.node('com.microsoft:SkipSimplifiedLayerNormalization', [x, added, gamma], [output, '', '', sum], {
      epsilon: { float: normEps },
    });
    x = sum;
    return output;
  };
  const cached: Heads[] = [];
  for (let layer = 0; layer < shape.layers; layer++) {
    const at = (name: string) => `layers.${layer}.${name}`;
    const flat = queryKeyValue(weights, layer, norm(at('attn_norm'), at('attn_normed')));
    const { output, heads } = attention(
      { builder, shape, form: cache, layer, shared, single, topValues },
      flat,
    );
    cached.push(heads);
    added = weights.project(output, at('out'), shape.n_q * shape.d_v, shape.hidden, at('attn_out'));
    added = feedForward(weights, layer, norm(at('ffn_norm'), at('ffn_normed')));
  }
  // Only the rows asked for meet the output head, the largest product of all.
  const last = norm('norm', 'final_normed');
  weights.head(builder.apply('Gather', [last, rows], 'final_rows', { axis: 1 }), 'logits');
  builder.output('logits', 'float32', [1, 'R', shape.vocab]);
  summariseLogits(builder);
  newRows(builder, shape, cached);
  return builder.build(config.name);
}

/** What sampling asks of all logits, computed where it is fastest: the most likely id, and log(sum(exp(logits))). */
function summariseLogits(builder: OnnxBuilder): void {
  builder.apply('ArgMax', ['logits'], 'greedy', { axis: -1, keepdims: 1 });
  builder.apply('ReduceMax', ['logits', builder.integers([2])], 'logits_max');
  builder.apply('Exp', [builder.apply('Sub', ['logits', 'logits_max'], 'logits_below')], 'logits_exp');
  builder.apply('ReduceSum', ['logits_exp', builder.integers([2])], 'logits_sum');
  builder.apply('Add', [builder.apply('Log', ['logits_sum'], 'logits_log'), 'logits_max'], 'total');
  builder.output('greedy', 'int64', [1, 'R', 1]);
  builder.output('total', 'float32', [1, 'R', 1]);
}
