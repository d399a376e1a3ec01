import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/errors';
import { loadWordPieces } from '../../tokenizer/word-pieces';
import { FileList, verifyFiles } from '../model-files';
import { readSafetensorsHeader } from '../safetensors';
import { buildEncoderGraph, ENCODER } from './encoder-graph';
import { EncoderSession } from './encoder-session';

/** Texts of a sentence or two as vectors: what means alike lies close together, whatever the words. */
export interface SentenceEncoder {
  /** float [384] of length 1. What is longer than 126 word pieces is cut. */
  encode(text: string): Promise<Float32Array>;
  dispose(): Promise<void>;
}

const WEIGHTS = 'encoder.safetensors';

/** Loads the encoder of a folder that engine/training/make_encoder.py wrote. Throws AppError('model') for a damaged one. */
export async function loadSentenceEncoder(folder: string): Promise<SentenceEncoder> {
  await verifyFiles(folder, await readFileList(folder), {});
  const tensors = await readSafetensorsHeader(folder, WEIGHTS);
  const pieces = await loadWordPieces(join(folder, 'tokenizer.json'));
  const session = await EncoderSession.create(buildEncoderGraph(tensors), folder);
  return {
    async encode(text) {
      return normalised(await session.run(pieces(text, ENCODER.positions)));
    },
    dispose: () => session.dispose(),
  };
}

function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

async function readFileList(folder: string): Promise<FileList> {
  try {
    return FileList.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  } catch (thrown) {
    throw new AppError(
      'model',
      `The sentence encoder in ${folder} has no valid manifest.json.`,
      String(thrown),
    );
  }
}
