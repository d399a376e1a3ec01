import { OnnxBuilder, type OnnxType } from '../graph/onnx-builder';
import type { StoredTensor, TensorTable } from '../safetensors';

/** Shape of all-MiniLM-L6-v2 (BERT, post-norm), as engine/training/make_encoder.py stores it. */
export const ENCODER = {
  layers: 6,
  width: 384,
  heads: 12,
  inner: 1536,
  vocab: 30_522,
  /** Tokens read at most, the two marks at the ends included. */
  positions: 128,
} as const;

const BLOCK = 32;
const EPSILON = 1e-12;
const TYPES: Readonly<Record<StoredTensor['dtype'], OnnxType>> = { F32: 'float32', U8: 'uint8', I8: 'int8' };

/**
 * The graph of the sentence encoder: `ids` int64 [1, S] and `places` int64 [1, S], counted from 0, -> `sentence` float [1, width], the
 * mean of the last layer over the tokens. Weights are 8-bit blocks of 32, activations fp32.
 */
export function buildEncoderGraph(tensors: TensorTable): Uint8Array {
  const builder = new OnnxBuilder();
  const { layers, width, heads, inner, vocab, positions } = ENCODER;
  const stored = (name: string, shape: readonly number[]) => {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`The encoder has no tensor '${name}'.`);
    return builder.external(name, TYPES[tensor.dtype], shape, tensor);
  };
  const norm = (x: string, name: string, output: string) =>
    builder.apply(
      'LayerNormalization',
      [x, stored(`${name}.weight`, [width]), stored(`${name}.bias`, [width])],
      output,
      { axis: -1, epsilon: { float: EPSILON } },
    );
  const project = (x: string, name: string, from: number, to: number, output: string) => {
    const matrix = [
      stored(`${name}.q`, [to, from / BLOCK, BLOCK]),
      stored(`${name}.scale`, [to, from / BLOCK]),
      stored(`${name}.zero`, [to, from / BLOCK]),
    ];
    const attributes = { K: from, N: to, bits: 8, block_size: BLOCK, accuracy_level: 0 };
    builder.apply('com.microsoft:MatMulNBits', [x, ...matrix], `${output}.product`, attributes);
    return builder.apply('Add', [`${output}.product`, stored(`${name}.bias`, [to])], output);
  };

  const ids = builder.input('ids', 'int64', [1, 'S']);
  const places = builder.input('places', 'int64', [1, 'S']);
  const words = [
    stored('words.q', [vocab, width]),
    ids,
    stored('words.scale', [vocab, width / BLOCK]),
    stored('words.zero', [vocab, width / BLOCK]),
  ];
  builder.apply('com.microsoft:GatherBlockQuantized', words, 'word', {
    bits: 8,
    block_size: BLOCK,
    gather_axis: 0,
    quantize_axis: 1,
  });
  builder.apply('Gather', [stored('positions', [positions, width]), places], 'place', { axis: 0 });
  builder.apply('Add', ['word', 'place'], 'embedded');
  let x = norm('embedded', 'words_norm', 'x');
  for (let layer = 0; layer < layers; layer++) {
    const at = (name: string) => `layers.${layer}.${name}`;
    project(x, at('qkv'), width, 3 * width, at('qkv_out'));
    const parts = ['Q', 'K', 'V'].map(at);
    builder.node('Split', [at('qkv_out'), builder.integers([width, width, width])], parts, { axis: -1 });
    const split = parts.map((part) => {
      builder.apply('Reshape', [part, builder.integers([-1, heads, width / heads])], `${part}_rows`);
      return builder.apply('Transpose', [`${part}_rows`], `${part}_heads`, { perm: [1, 0, 2] });
    });
    const [q, k, v] = split as [string, string, string];
    builder.apply('com.microsoft:FusedMatMul', [q, k], at('scores'), {
      transB: 1,
      alpha: { float: 1 / Math.sqrt(width / heads) },
    });
    builder.apply('Softmax', [at('scores')], at('P'), { axis: -1 });
    builder.apply('MatMul', [at('P'), v], at('O_heads'));
    builder.apply('Transpose', [at('O_heads')], at('O_rows'), { perm: [1, 0, 2] });
    builder.apply('Reshape', [at('O_rows'), builder.integers([1, -1, width])], at('O'));
    project(at('O'), at('out'), width, width, at('attended'));
    builder.apply('Add', [x, at('attended')], at('attended_x'));
    const middle = norm(at('attended_x'), at('out_norm'), at('middle'));
    project(middle, at('up'), width, inner, at('up_out'));
    builder.apply('com.microsoft:Gelu', [at('up_out')], at('gelu'));
    project(at('gelu'), at('down'), inner, width, at('down_out'));
    builder.apply('Add', [middle, at('down_out')], at('down_x'));
    x = norm(at('down_x'), at('down_norm'), at('x'));
  }
  builder.output(
    builder.apply('ReduceMean', [x, builder.integers([1])], 'sentence', { keepdims: 0 }),
    'float32',
    [1, width],
  );
  return builder.build('sentence-encoder');
}
