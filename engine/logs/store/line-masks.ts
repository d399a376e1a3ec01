import type { DocumentReader } from './document-reader';
import { copyColumn } from './line-columns';
import { linesWithWords } from './queries/lines-with-words';

export interface LineMasks {
  readonly numbers: Uint32Array;
  /** Bit n is set where the line has word n. */
  readonly masks: Uint8Array;
}

/** Lines from .. to that have one of up to eight words as a whole, in order; one pass for all words. */
export async function* lineMasks(
  reader: DocumentReader,
  words: readonly string[],
  { from, to, signal }: { from: number; to: number; signal?: AbortSignal | undefined },
): AsyncGenerator<LineMasks> {
  for await (const chunk of reader.stream(linesWithWords(reader.name, words, from, to), signal)) {
    const numbers = new Uint32Array(chunk.rowCount);
    const masks = new Uint8Array(chunk.rowCount);
    copyColumn(chunk, 0, numbers);
    copyColumn(chunk, 1, masks);
    yield { numbers, masks };
  }
}
