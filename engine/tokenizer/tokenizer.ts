import { readFile } from 'node:fs/promises';
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { AppError } from '../contract/errors';
import type { ChatTemplate } from './chat-templates';
import { kindOf, TokenizerFile } from './tokenizer-file';
import { byteFallbackVocabulary, byteLevelVocabulary } from './vocabulary';

export interface Tokenizer {
  /**
   * Text -> ids. All of `text` is data: the characters "<|im_end|>" become ordinary tokens, never the special one.
   * A lone surrogate, which UTF-8 cannot hold, and a character with a byte that the vocabulary lacks (in SmolLM2's
   * six control characters and planes 4 to 11, which are unassigned) are read as U+FFFD.
   */
  encode(text: string): number[];
  /** Ids -> text. Special tokens have no text; bytes that are not UTF-8 become U+FFFD. */
  decode(ids: readonly number[]): string;
  /** Number of tokens that `encode` gives. */
  count(text: string): number;
  /** Special tokens that end a generation. */
  readonly endIds: readonly number[];
}

/** What the engine and the chat template need beyond text. */
export interface ModelTokenizer extends Tokenizer {
  /** Id of an added token such as '<|im_start|>'; throws AppError('model') when the vocabulary has none. */
  specialId(content: string): number;
  hasSpecial(content: string): boolean;
  /** Like `encode`, for text behind a special token: without the space that some vocabularies put before all text. */
  encodeInside(text: string): number[];
  /** What the family's chat templates write before a word that follows a special token: ' ' or nothing. */
  readonly wordStart: string;
  /** Ids -> text for people: each special token is a part of its own, spelled as the vocabulary spells it. */
  shown(ids: readonly number[]): { readonly text: string; readonly special: boolean }[];
  /** The UTF-8 bytes of a token; empty for a special token. */
  bytes(id: number): Uint8Array;
  /** The chat format that the model was trained with; ChatML if none is given. */
  readonly template?: ChatTemplate;
}

/** Loads a BPE tokenizer.json, byte-level or with byte fallback. Throws AppError('model') for another kind. */
export async function loadTokenizer(
  path: string,
  endTokens: readonly string[],
  template: ChatTemplate = 'chatml',
): Promise<ModelTokenizer> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new AppError('model', 'The model file tokenizer.json is missing or cannot be read.');
  });
  try {
    return createTokenizer(JSON.parse(text), endTokens, template);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'model',
      "The model's tokenizer.json is not a byte-level BPE tokenizer, nor one with byte fallback.",
      String(error),
    );
  }
}

export function createTokenizer(
  document: unknown,
  endTokens: readonly string[],
  template: ChatTemplate = 'chatml',
): ModelTokenizer {
  const file = TokenizerFile.parse(document);
  const { added_tokens, model } = file;
  const isSentencePiece = kindOf(file) === 'sentencepiece';
  const { bytes: entryBytes, readable } = isSentencePiece
    ? byteFallbackVocabulary(model.vocab)
    : byteLevelVocabulary(model.vocab);
  const bpe = new HuggingFaceTokenizer(asData(document as object, file), {});

  const added = new Map(added_tokens.map((token) => [token.content, token.id]));
  const empty = new Uint8Array();
  const bytesById: Uint8Array[] = [];
  for (const [entry, id] of Object.entries(model.vocab)) bytesById[id] = entryBytes(entry);
  for (const { id, content, special } of added_tokens) {
    bytesById[id] = special ? empty : new TextEncoder().encode(content);
  }
  const bytes = (id: number) => bytesById[id] ?? empty;
  const specialId = (content: string) => {
    const id = added.get(content);
    if (id === undefined) throw new AppError('model', `The tokenizer has no special token '${content}'.`);
    return id;
  };

  const encodeInside = (text: string) =>
    text === '' ? [] : bpe.encode(readable(text), { add_special_tokens: false }).ids;
  const spaceFirst = file.pre_tokenizer.some((step) => step.prepend_scheme === 'first');
  const encode = (text: string) =>
    encodeInside(spaceFirst && text !== '' && !/^[ \u2581]/.test(text) ? ` ${text}` : text);
  const spaceAlways =
    file.normalizer.some((step) => step.type === 'Prepend') ||
    file.pre_tokenizer.some((step) => step.prepend_scheme === 'always');
  const raw = (ids: readonly number[]) =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(ids.map(bytes)));
  const decode = (ids: readonly number[]) => {
    const text = raw(ids);
    return (spaceFirst || spaceAlways) && text.startsWith(' ') ? text.slice(1) : text;
  };
  const specials = new Map(
    added_tokens.filter(({ special }) => special).map(({ id, content }) => [id, content]),
  );
  const shown = (ids: readonly number[]) => {
    const parts: { text: string; special: boolean }[] = [];
    let from = 0;
    ids.forEach((id, at) => {
      const text = specials.get(id);
      if (text === undefined) return;
      if (at > from) parts.push({ text: raw(ids.slice(from, at)), special: false });
      parts.push({ text, special: true });
      from = at + 1;
    });
    if (from < ids.length) parts.push({ text: raw(ids.slice(from)), special: false });
    return parts;
  };
  return {
    encode,
    encodeInside,
    decode,
    shown,
    count: (text) => encode(text).length,
    endIds: endTokens.map(specialId),
    specialId,
    hasSpecial: (content) => added.has(content),
    wordStart: isSentencePiece && !spaceAlways ? ' ' : '',
    bytes,
    template,
  };
}

/**
 * The file for the library, changed so that text stays data: without the added tokens it cannot see them inside a
 * text. `ignore_merges` takes whole words from the vocabulary, so it must not hold them there either. The space that
 * 'first' puts before a text is left to `encode`, as the library does not know what comes before.
 */
function asData(document: object, { added_tokens, model, pre_tokenizer }: TokenizerFile): object {
  const raw = document as { model: object; pre_tokenizer: unknown };
  const added = new Set(added_tokens.map((token) => token.content));
  const vocab = Object.fromEntries(Object.entries(model.vocab).filter(([entry]) => !added.has(entry)));
  const pretokenizers = pre_tokenizer.map((step) =>
    step.prepend_scheme === 'first' ? { ...step, prepend_scheme: 'never' } : step,
  );
  return {
    ...raw,
    added_tokens: [],
    model: model.ignore_merges ? { ...raw.model, vocab } : raw.model,
    pre_tokenizer: pretokenizers.length === 0 ? null : { type: 'Sequence', pretokenizers },
  };
}
