import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { AppError } from '../contract/errors';

/** A text as ids of word pieces between [CLS] and [SEP], at most `limit` of them; what is longer is cut. */
export type WordPieces = (text: string, limit: number) => number[];

/** Loads a WordPiece tokenizer.json, as BERT's. Throws AppError('model') where it is missing or none. */
export async function loadWordPieces(path: string): Promise<WordPieces> {
  try {
    const document = JSON.parse(await readFile(path, 'utf8')) as object;
    // The file's own padding and cutting are for batches of a fixed length.
    const tokenizer = new Tokenizer({ ...document, padding: null, truncation: null }, {});
    return (text, limit) => {
      const { ids } = tokenizer.encode(text);
      return ids.length > limit ? [...ids.slice(0, limit - 1), ids.at(-1) as number] : ids;
    };
  } catch (thrown) {
    throw new AppError('model', `The file ${path} is no WordPiece tokenizer.`, String(thrown));
  }
}
