import { AppError } from '../../contract/errors';
import type { DecoderConfig } from '../config';
import { prefillMatrices, prefillNames } from '../prefill-matrices';
import type { StoredTensor, TensorTable } from '../safetensors';
import { type Arithmetic, type Int8Operand, int8Rows, withBlockSums } from './activations';
import type { ExternalTensor, OnnxBuilder } from './onnx-builder';

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
  /** Matrices that are multiplied in their int8 form. */
  readonly #int8Names: ReadonlySet<string>;
  /** Rounded values: matrices that share an input share its scale too, as it was measured on the same values. */
  readonly #rounded = new Map<string, Int8Operand>();

  constructor(
    readonly builder: OnnxBuilder,
    readonly config: DecoderConfig,
    private readonly source: TensorSource,
    private readonly arithmetic: Arithmetic,
  ) {
    const int8 = arithmetic === 'int8-columns' ? prefillMatrices(config) : [];
    this.#int8Names = new Set(int8.map(({ name }) => name));
  }

  /** An fp32 vector [width]. */
  vector(name: string, width: number): string {
    return this.#add(name, name, 'F32', [width]);
  }

  /** x [1, S, inWidth] times the stored matrix (outWidth, inWidth) transposed -> [1, S, outWidth]. */
  project(x: string, name: string, inWidth: number, outWidth: number, output: string): string {
    if (this.config.weights.kind === 'fp32') return this.#dense(x, name, inWidth, outWidth, output);
    if (this.#int8Names.has(name)) return this.#int8Columns(x, name, inWidth, outWidth, output);
    const { offsets } = this.config.weights;
    return this.#quantized(x, { name, inWidth, outWidth, bits: 4, offsets }, output);
  }

  /** Logits: x times the output head transposed; a tied head shares the embedding's bytes. */
  head(x: string, output: string): string {
    const { hidden, vocab } = this.config.shape;
    const name = this.config.tiedEmbedding ? 'embed' : 'head';
    if (this.config.weights.kind === 'fp32') return this.#dense(x, name, hidden, vocab, output);
    const bits = this.config.weights.embedBits;
    const matrix = { name, inWidth: hidden, outWidth: vocab, bits, offsets: false } as const;
    return this.#quantized(x, matrix, output);
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

  #quantized(x: string, matrix: QuantizedMatrix, output: string): string {
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
    const operand = offsets ? withBlockSums(this.builder, x, inWidth, BLOCK, output) : x;
    return this.builder.apply('com.microsoft:MatMulNBits', [operand, q, scale, ...zero], output, {
      K: width,
      N: outWidth,
      bits,
      block_size: BLOCK,
      accuracy_level: this.arithmetic === 'fp32' ? 0 : 4,
    });
  }

  #int8Columns(x: string, name: string, inWidth: number, outWidth: number, output: string): string {
    const { builder } = this;
    const names = prefillNames(name);
    const w8 = this.#add(names.w8, names.w8, 'I8', [inWidth, outWidth]);
    const scale = this.#add(names.scale, names.scale, 'F32', [outWidth]);
    let rounded = this.#rounded.get(x);
    if (!rounded) {
      rounded = int8Rows(builder, x, this.#add(names.inputScale, names.inputScale, 'F32', [inWidth]));
      this.#rounded.set(x, rounded);
    }
    const product = [rounded.bytes, w8, builder.scalar(1), scale, builder.byte('uint8', 128)];
    builder.apply('com.microsoft:MatMulIntegerToFloat', product, `${output}.steps`);
    return builder.apply('Mul', [`${output}.steps`, rounded.steps], output);
  }

  /** Adds the stored tensor under `name` once, viewed with `shape`. */
  #add(stored: string, name: string, dtype: StoredTensor['dtype'], shape: readonly number[]): string {
    if (this.#added.has(name)) return name;
    this.#added.add(name);
    const bytes = shape.reduce((product, size) => product * size, dtype === 'F32' ? 4 : 1);
    const tensor = this.source({ name: stored, dtype, shape, bytes });
    return this.builder.external(name, ONNX_NAME[dtype], shape, tensor);
  }
}

const ONNX_NAME = { F32: 'float32', U8: 'uint8', I8: 'int8' } as const;

interface QuantizedMatrix {
  readonly name: string;
  readonly inWidth: number;
  readonly outWidth: number;
  readonly bits: 4 | 8;
  /** The matrix has one more column a block, for the rest of the block's offset (engine/training/quantize.py). */
  readonly offsets: boolean;
}
