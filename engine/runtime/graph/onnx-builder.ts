import { Writer } from 'protobufjs/minimal.js';

/**
 * Writes an ONNX model as protobuf bytes: only the parts of onnx.proto that a decoder needs. A test reads the
 * bytes back with the full schema (npm onnx-proto). Weights stay outside: an initializer points at
 * (file, offset, length) and onnxruntime maps it.
 */

/** Numbers of TensorProto.DataType. */
export const ONNX_TYPE = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10 } as const;
export type OnnxType = keyof typeof ONNX_TYPE;

/** A dimension is a number, or a name for a size known only at run time. */
export type Dimension = number | string;

/** `float` marks an ONNX FLOAT attribute; a plain number is an INT, a list is INTS. */
export type Attribute = number | readonly number[] | { readonly float: number };

/** Bytes of a tensor inside a weight file; `file` is relative to the model folder. */
export interface ExternalTensor {
  readonly file: string;
  readonly offset: number;
  readonly bytes: number;
}

/** Operator sets: ONNX's own, and onnxruntime's contributed operators. */
const OPSETS = [
  { domain: '', version: 21 },
  { domain: 'com.microsoft', version: 1 },
] as const;
const IR_VERSION = 10;

/** Collects nodes in execution order; every value is named by the caller, so that a run can be compared. */
export class OnnxBuilder {
  readonly #nodes: Uint8Array[] = [];
  readonly #initializers: Uint8Array[] = [];
  readonly #inputs: Uint8Array[] = [];
  readonly #outputs: Uint8Array[] = [];
  readonly #constants = new Set<string>();

  input(name: string, type: OnnxType, shape: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  output(name: string, type: OnnxType, shape: readonly Dimension[]): void {
    this.#outputs.push(valueInfo(name, type, shape));
  }

  /** An initializer whose bytes lie in a weight file. */
  external(name: string, type: OnnxType, shape: readonly number[], data: ExternalTensor): string {
    this.#initializers.push(
      encode((w) => {
        tensorHead(w, name, type, shape);
        for (const [key, value] of [
          ['location', data.file],
          ['offset', String(data.offset)],
          ['length', String(data.bytes)],
        ] as const) {
          message(w, 13, (entry) => entry.uint32(tag(1, 2)).string(key).uint32(tag(2, 2)).string(value));
        }
        w.uint32(tag(14, 0)).int32(1); // data_location = EXTERNAL
      }),
    );
    return name;
  }

  floats(name: string, shape: readonly number[], values: Float32Array): string {
    return this.#raw(name, 'float32', shape, values);
  }

  /** A list of integers, such as the shape that Reshape takes. Equal lists share one initializer. */
  integers(values: readonly number[]): string {
    const name = `const.[${values.join(',')}]`;
    if (this.#constants.has(name)) return name;
    this.#constants.add(name);
    return this.#raw(name, 'int64', [values.length], BigInt64Array.from(values, BigInt));
  }

  /** One fp32 number. Equal numbers share one initializer. */
  scalar(value: number): string {
    const name = `const.${value}`;
    if (this.#constants.has(name)) return name;
    this.#constants.add(name);
    return this.floats(name, [], Float32Array.of(value));
  }

  /** One byte, such as the zero point of a quantised value. Equal ones share one initializer. */
  byte(type: 'uint8' | 'int8', value: number): string {
    const name = `const.${type}.${value}`;
    if (this.#constants.has(name)) return name;
    this.#constants.add(name);
    return this.#raw(name, type, [], type === 'uint8' ? Uint8Array.of(value) : Int8Array.of(value));
  }

  /** Adds a node. `op` is 'Operator' or 'com.microsoft:Operator'; an empty name skips an optional value. */
  node(
    op: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): void {
    const [domain, operator] = op.includes(':') ? (op.split(':') as [string, string]) : ['', op];
    this.#nodes.push(
      encode((w) => {
        for (const name of inputs) w.uint32(tag(1, 2)).string(name);
        for (const name of outputs) w.uint32(tag(2, 2)).string(name);
        w.uint32(tag(3, 2)).string(outputs[0] ?? operator);
        w.uint32(tag(4, 2)).string(operator);
        for (const [name, value] of Object.entries(attributes))
          message(w, 5, (a) => attribute(a, name, value));
        w.uint32(tag(7, 2)).string(domain);
      }),
    );
  }

  /** A node with one output, whose name it returns. */
  apply(
    op: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    this.node(op, inputs, [output], attributes);
    return output;
  }

  /** The finished ModelProto. */
  build(graphName: string): Uint8Array {
    return encode((w) => {
      w.uint32(tag(1, 0)).int64(IR_VERSION);
      w.uint32(tag(2, 2)).string('sigma-ops');
      message(w, 7, (graph) => {
        for (const bytes of this.#nodes) graph.uint32(tag(1, 2)).bytes(bytes);
        graph.uint32(tag(2, 2)).string(graphName);
        for (const bytes of this.#initializers) graph.uint32(tag(5, 2)).bytes(bytes);
        for (const bytes of this.#inputs) graph.uint32(tag(11, 2)).bytes(bytes);
        for (const bytes of this.#outputs) graph.uint32(tag(12, 2)).bytes(bytes);
      });
      for (const { domain, version } of OPSETS) {
        message(w, 8, (set) => set.uint32(tag(1, 2)).string(domain).uint32(tag(2, 0)).int64(version));
      }
    });
  }

  #raw(name: string, type: OnnxType, shape: readonly number[], values: ArrayBufferView): string {
    this.#initializers.push(
      encode((w) => {
        tensorHead(w, name, type, shape);
        w.uint32(tag(9, 2)).bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      }),
    );
    return name;
  }
}

/** Wire types: 0 varint, 2 length-delimited, 5 four bytes. */
function tag(field: number, wireType: 0 | 2 | 5): number {
  return (field << 3) | wireType;
}

function encode(write: (w: Writer) => void): Uint8Array {
  const writer = Writer.create();
  write(writer);
  return writer.finish();
}

function message(w: Writer, field: number, write: (inner: Writer) => void): void {
  w.uint32(tag(field, 2)).fork();
  write(w);
  w.ldelim();
}

function tensorHead(w: Writer, name: string, type: OnnxType, shape: readonly number[]): void {
  for (const size of shape) w.uint32(tag(1, 0)).int64(size);
  w.uint32(tag(2, 0)).int32(ONNX_TYPE[type]);
  w.uint32(tag(8, 2)).string(name);
}

function attribute(w: Writer, name: string, value: Attribute): void {
  w.uint32(tag(1, 2)).string(name);
  if (typeof value === 'number') {
    w.uint32(tag(3, 0)).int64(value).uint32(tag(20, 0)).int32(2);
  } else if ('float' in value) {
    w.uint32(tag(2, 5)).float(value.float).uint32(tag(20, 0)).int32(1);
  } else {
    for (const item of value) w.uint32(tag(8, 0)).int64(item);
    w.uint32(tag(20, 0)).int32(7);
  }
}

function valueInfo(name: string, type: OnnxType, shape: readonly Dimension[]): Uint8Array {
  return encode((w) => {
    w.uint32(tag(1, 2)).string(name);
    message(w, 2, (typeProto) =>
      message(typeProto, 1, (tensorType) => {
        tensorType.uint32(tag(1, 0)).int32(ONNX_TYPE[type]);
        message(tensorType, 2, (shapeProto) => {
          for (const size of shape) {
            message(shapeProto, 1, (dimension) => {
              if (typeof size === 'number') dimension.uint32(tag(1, 0)).int64(size);
              else dimension.uint32(tag(2, 2)).string(size);
            });
          }
        });
      }),
    );
  });
}
