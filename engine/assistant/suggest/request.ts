import { contentTerms } from '../../knowledge/request-terms';
import { type RequestValue, requestValues } from '../../knowledge/request-values';

/** A word of a request that is no value by its look; it may be one by its place ('container web'). */
export interface RequestWord {
  readonly text: string;
  /** Folded as the index folds it; '' for a word that says nothing. */
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/** A request, cut up once. */
export interface ReadRequest {
  readonly text: string;
  readonly values: readonly RequestValue[];
  readonly words: readonly RequestWord[];
  readonly terms: ReadonlySet<string>;
}

export const termOf = (word: string): string => contentTerms(word)[0] ?? '';

export function readRequest(text: string): ReadRequest {
  const values = requestValues(text);
  const inValue = (at: number) => values.some(({ start, end }) => at >= start && at < end);
  const words = [...text.matchAll(/[\p{L}\p{N}_][\p{L}\p{N}_.-]*/gu)]
    .filter(({ index }) => !inValue(index))
    .map(({ 0: raw, index }): RequestWord => {
      const word = raw.replace(/[.-]+$/, '');
      return { text: word, term: termOf(word), start: index, end: index + word.length };
    });
  return { text, values, words, terms: new Set(contentTerms(text)) };
}

/** The words right before and behind a place, nearest first. What lies behind another value, or a comma, is not near. */
export function wordsAround(
  request: ReadRequest,
  { start, end }: { readonly start: number; readonly end: number },
): { before: RequestWord[]; behind: RequestWord[] } {
  const from = Math.max(0, ...request.values.map((one) => (one.end <= start ? one.end : 0)));
  const to = Math.min(
    ...request.values.map((one) => (one.start >= end ? one.start : Number.POSITIVE_INFINITY)),
  );
  const isJoined = (text: string) => !/[,;:?!]\s/.test(text);
  return {
    before: request.words
      .filter(
        (word) => word.end <= start && word.start >= from && isJoined(request.text.slice(word.end, start)),
      )
      .slice(-3)
      .reverse(),
    behind: request.words
      .filter((word) => word.start >= end && word.end <= to && isJoined(request.text.slice(end, word.start)))
      .slice(0, 2),
  };
}
