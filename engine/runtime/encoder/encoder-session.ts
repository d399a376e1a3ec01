import { InferenceSession, Tensor } from 'onnxruntime-node';
import '../no-telemetry';
import { ENCODER } from './encoder-graph';

/** Runs the sentence encoder's graph. */
export class EncoderSession {
  private constructor(private readonly session: InferenceSession) {}

  /** `folder` is where the graph's external weights are found. */
  static async create(graph: Uint8Array, folder: string): Promise<EncoderSession> {
    const session = await InferenceSession.create(graph, {
      executionProviders: ['cpu'],
      // A request is a dozen tokens: a second thread costs more than it brings.
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      extra: { session: { model_external_initializers_file_folder_path: folder } },
    });
    return new EncoderSession(session);
  }

  /** At most ENCODER.positions ids -> the mean of the last layer's rows [width]. */
  async run(ids: readonly number[]): Promise<Float32Array> {
    const row = (values: readonly number[]) =>
      new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
    const { sentence } = await this.session.run({ ids: row(ids), places: row(ids.map((_, at) => at)) });
    const data = sentence?.data;
    if (!(data instanceof Float32Array) || data.length !== ENCODER.width)
      throw new Error('The sentence encoder gave no vector.');
    return data;
  }

  dispose(): Promise<void> {
    return this.session.release();
  }
}
