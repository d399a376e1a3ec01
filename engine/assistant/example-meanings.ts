import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadExamples } from '../knowledge/examples';
import { ExampleMeanings, type RequestMeaning, VECTORS_FILE } from '../knowledge/request-meaning';
import { loadSentenceEncoder } from '../runtime/encoder/sentence-encoder';

/** Tells how alike requests are to the shipped examples'. */
export interface MeaningOfRequests {
  of(request: string): Promise<RequestMeaning>;
  close(): Promise<void>;
}

/** Opens the encoder's folder. Throws AppError('model') where it is damaged. */
export async function openMeanings(folder: string): Promise<MeaningOfRequests> {
  const [encoder, file] = await Promise.all([
    loadSentenceEncoder(folder),
    readFile(join(folder, VECTORS_FILE)),
  ]);
  const examples = new ExampleMeanings(
    loadExamples().map(({ request }) => request),
    file,
  );
  return {
    of: async (request) => examples.of(await encoder.encode(request)),
    close: () => encoder.dispose(),
  };
}
