import { AppError } from '../../contract/errors';
import type { DecoderConfig } from '../config';
import type { StoredTensor, TensorTable } from '../safetensors';
import type { ExternalTensor, OnnxBuilder } from './onnx-builder';
import { type Arithmetic, splitActivations } from './split-activations';

/** How each kind of product is computed. */
export interface ProductArithmetic {
  readonly qkv: Arithmetic;
  readonly out: Arithmetic;
  readonly gateUp: Arithmetic;
  readonly down: Arithmetic;
  readonly head: Arithmetic;
}

export function uniform(arithmetic: Arithmetic): ProductArithmetic {
  return { qkv: arithmetic, out: arithmetic, gateUp: arithmetic, down: arithmetic, head: arithmetic };
}

export const SHIPPED_ARITHMETIC: ProductArithmetic = uniform('int8');

const BLOCK = 32;
/** Stored with zero points in every form, as the look-up of rows needs them. */
const EMBEDDINGS = ['embed', 'head'];

/** What the graph needs of a weight file. */
export interface RequiredTensor {
  readonly name: string;
  readonly dtype: StoredTensor['dtype'];
  readonly shape: readonly number[];
  readonly bytes: number;
}

/** Where a required tensor lies. */
export type TensorSource = (required: RequiredTensor) => ExternalTensor;

/** The tensors of a model folder, each checked against what the config implies. */
export function storedTensors(tensors: TensorTable): (required: RequiredTensor) => StoredTensor {
  return ({ name, dtype, bytes }) => {
    const tensor = tensors.get(name);
    if (!tensor) throw new AppError('model', `The model's weights have no tensor '${name}'.`);
    if (tensor.dtype !== dtype || tensor.bytes !== bytes) {
      throw new AppError(
        'model',
        `Tensor '${name}' is ${tensor.dtype} of ${tensor.bytes} bytes; the config needs ${dtype} of ${bytes}.`,
      );
    }
    return tensor;
  };
}

/** Adds weights to a graph. */
export class Weights {
  readonly #added = new Set<string>();

  constructor(
    readonly builder: OnnxBuilder,
    readonly config: DecoderConfig,
    private readonly source: TensorSource,
  ) {}

  /** An fp32 vector [width]. */
  vector(name: string, width: number): string {
    return this.#add(name, name, 'F32', [width]);
  }

  /** x [1, S, inWidth] times the stored matrix (outWidth, inWidth) transposed -> [1, S, outWidth]. */
  project(
    x: string,
    name: string,
    inWidth: number,
    outWidth: number,
    mode: Arithmetic,
    output: string,
  ): string {
    if (this.config.weights.kind === 'fp32') return this.#dense(x, name, inWidth, outWidth, output);
    const { offsets } = this.config.weights;
    return this.#quantized(x, { name, inWidth, outWidth, bits: 4, offsets }, mode, output);
  }

  /** Logits: x times the output head transposed; a tied head shares the embedding's bytes. */
  head(x: string, mode: Arithmetic, output: string): string {
    const { hidden, vocab } = this.config.shape;
    const name = this.config.tiedEmbedding ? 'embed' : 'head';
    if (this.config.weights.kind === 'fp32') return this.#dense(x, name, hidden, vocab, output);
    const bits = this.config.weights.embedBits;
    const matrix = { name, inWidth: hidden, outWidth: vocab, bits, offsets: false } as const;
    return this.#quantized(x, matrix, mode, output);
  }

  /** ids [1, S] -> rows of the embedding [1, S, hidden]. */
  embed(ids: string, output: string): string {
    const { hidden, vocab } = this.config.shape;
    if (this.config.weights.kind === 'fp32') {
      const weight = this.#add('embed', 'embed', 'F32', [vocab, hidden]);
      return this.builder.apply('Gather', [weight, ids], output, { axis: 0 });
    }
    const blocks = hidden / BLOCK;
    // The same bytes as a tied head's, seen as a matrix of rows instead of blocks.
    const bits = this.config.weights.embedBits;
    const rows = this.#add('embed.q', 'embed.q.rows', 'U8', [vocab, (hidden * bits) / 8]);
    const scale = this.#add('embed.scale', 'embed.scale.rows', 'F32', [vocab, blocks]);
    const zero = this.#add('embed.zero', 'embed.zero.rows', 'U8', [vocab, Math.ceil((blocks * bits) / 8)]);
    return this.builder.apply('com.microsoft:GatherBlockQuantized', [rows, ids, scale, zero], output, {
      bits,
      block_size: BLOCK,
      gather_axis: 0,
      quantize_axis: 1,
    });
  }

  #dense(x: string, name: string, inWidth: number, outWidth: number, output: string): string {
    const weight = this.#add(name, name, 'F32', [outWidth, inWidth]);
    return this.builder.apply('com.microsoft:FusedMatMul', [x, weight], output, { transB: 1 });
  }

  #quantized(x: string, matrix: QuantizedMatrix, mode: Arithmetic, output: string): string {
    const { name, inWidth, outWidth, bits, offsets } = matrix;
    const width = offsets ? inWidth + inWidth / BLOCK : inWidth;
    const blocks = Math.ceil(width / BLOCK);
    const q = this.#add(`${name}.q`, `${name}.q`, 'U8', [outWidth, blocks, (BLOCK * bits) / 8]);
    const scale = this.#add(`${name}.scale`, `${name}.scale`, 'F32', [outWidth, blocks]);
    // Without offsets every zero point is the middle, which is what the operator takes when it is given none.
    const zero =
      offsets || EMBEDDINGS.includes(name)
        ? [this.#add(`${name}.zero`, `${name}.zero`, 'U8', [outWidth, Math.ceil((blocks * bits) / 8)])]
        : [];
    const { operand, sumsRows } = splitActivations(this.builder, x, {
      width: inWidth,
      block: BLOCK,
      offsets,
      mode,
      output,
    });
    const product = sumsRows ? `${output}.parts` : output;
    this.builder.apply('com.microsoft:MatMulNBits', [operand, q, scale, ...zero], product, {
      K: width,
      N: outWidth,
      bits,
      block_size: BLOCK,
      accuracy_level: mode === 'fp32' ? 0 : 4,
    });
    return sumsRows
      ? this.builder.apply('ReduceSum', [product, this.builder.integers([0])], output, { keepdims: 1 })
      : output;
  }

  /** Adds the stored tensor under `name` once, viewed with `shape`. */
  #add(stored: string, name: string, dtype: StoredTensor['dtype'], shape: readonly number[]): string {
    if (this.#added.has(name)) return name;
    this.#added.add(name);
    const bytes = shape.reduce((product, size) => product * size, dtype === 'F32' ? 4 : 1);
    const tensor = this.source({ name: stored, dtype, shape, bytes });
    return this.builder.external(name, dtype === 'F32' ? 'float32' : 'uint8', shape, tensor);
  }
}

interface QuantizedMatrix {
  readonly name: string;
  readonly inWidth: number;
  readonly outWidth: number;
  readonly bits: 4 | 8;
  /** The matrix has one more column a block, for the rest of the block's offset (engine/training/quantize.py). */
  readonly offsets: boolean;
}
