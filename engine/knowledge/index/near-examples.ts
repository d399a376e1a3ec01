import { EXAMPLES_NAME, loadExamples } from '../examples';
import { familyFit } from '../families';
import type { RequestMeaning } from '../request-meaning';
import { contentTerms } from '../request-terms';
import { requestValues, withoutValues } from '../request-values';
import type { KnowledgeIndex } from './knowledge-index';

/** An example near a request; both are compared without their values: paths, names, numbers. */
export interface NearExample {
  readonly request: string;
  readonly command: string;
  /** '' where the source tells none. */
  readonly why: string;
  readonly source: string;
  /** 0..1: the share of the request's words, by how rare they are, that the example has. */
  readonly coverage: number;
  /** 0..1: coverage, and how much of the example's own request is asked for. Examples are ranked by it. */
  readonly similarity: number;
}

/** Candidates that the index gives for one request; the ranking here reorders them. */
const LOOKED_AT = 100;
/** A word in the command, not in the example's request, says less of what it is for; one in its sentence still less. */
const IN_COMMAND = 0.8;
const IN_SENTENCE = 0.6;
/** Weight of what the request asks against what the example does besides; tuned on development items. */
const ASKED = 0.62;
/** A word that no example has is as likely a name as a wish. */
const UNHEARD = 0.6;
/** The first word says what is to be done: 'restart', not 'who restarted'. */
const SAME_START = 0.04;
/** Of another family of tools than the request names, or of one that it does not name. */
const MISSES = -0.25;
const STRAYS = -0.08;

/**
 * Share of the likeness in meaning, where it is known, in an example's similarity; the rest is of words. Cosines of
 * requests that have nothing in common lie about `UNLIKE`, those of plain paraphrases at `ALIKE` and above.
 */
const MEANING = 0.4;
const UNLIKE = 0.2;
const ALIKE = 0.85;

/** Examples of the index near a request, the nearest first. Without `meaning` by words alone. */
export function nearExamples(
  index: KnowledgeIndex,
  request: string,
  limit: number,
  meaning: RequestMeaning | null = null,
): NearExample[] {
  const wanted = doing(request);
  // A request of values alone is searched as it stands.
  const words = wanted.length > 0 ? withoutValues(request, requestValues(request)) : request;
  const compare = comparison(index, request, meaning);
  const byWords = index
    .search(words, { limit: LOOKED_AT, kinds: ['example'] })
    .map(({ title, body, why, source }) => ({ request: title, command: body, why, source }));
  const found = new Set(byWords.map((example) => example.request));
  const byMeaning = (meaning?.nearest(LOOKED_AT) ?? []).flatMap((at) => {
    const example = loadExamples()[at];
    return example && !found.has(example.request) ? [{ ...example, source: EXAMPLES_NAME }] : [];
  });
  return [...byWords, ...byMeaning]
    .map((example): NearExample => ({ ...example, ...compare(example, NONE, NONE) }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, Math.max(0, limit));
}

const NONE: ReadonlySet<string> = new Set();
const doing = (request: string) => [...new Set(contentTerms(withoutValues(request, requestValues(request))))];

/** Compares examples with one request. */
export type Comparison = (
  example: { readonly request: string; readonly command: string; readonly why: string },
  /** Words of the request, and of the example's request, that turned out to be values: they don't count. */
  requestValueTerms: ReadonlySet<string>,
  exampleValueTerms: ReadonlySet<string>,
) => Pick<NearExample, 'coverage' | 'similarity'>;

export function comparison(
  index: KnowledgeIndex,
  request: string,
  meaning: RequestMeaning | null = null,
): Comparison {
  const weigh = rarity(index);
  const own = doing(request);
  const terms = own.length > 0 ? own : [...new Set(contentTerms(request))];
  const wanted = new Set(terms);
  return (example, requestValueTerms, exampleValueTerms) => {
    const asked = new Set(contentTerms(example.request));
    const inCommand = new Set(contentTerms(example.command));
    const inSentence = new Set(contentTerms(example.why));
    const part = (term: string) =>
      asked.has(term) ? 1 : inCommand.has(term) ? IN_COMMAND : inSentence.has(term) ? IN_SENTENCE : 0;
    const counted = terms.filter((term) => !requestValueTerms.has(term));
    const ownCounted = doing(example.request).filter((term) => !exampleValueTerms.has(term));
    const coverage = share(counted, weigh, part);
    const precision = share(ownCounted, weigh, (term) => (wanted.has(term) ? 1 : 0));
    const { misses, strays } = familyFit(request, example);
    const start = counted[0] !== undefined && counted[0] === ownCounted[0] ? SAME_START : 0;
    const words = ASKED * coverage + (1 - ASKED - SAME_START) * precision + start;
    const cosine = meaning?.cosine(example.request) ?? null;
    const likeness =
      cosine === null ? words : (1 - MEANING) * words + (MEANING * (cosine - UNLIKE)) / (ALIKE - UNLIKE);
    const similarity = likeness + MISSES * misses + STRAYS * strays;
    return { coverage, similarity: Math.min(1, Math.max(0, similarity)) };
  };
}

/** The part of these words, by weight, that `part` finds; 0 where there are none. */
function share(
  terms: readonly string[],
  weigh: (term: string) => number,
  part: (term: string) => number,
): number {
  const total = terms.reduce((sum, term) => sum + weigh(term), 0);
  return total === 0 ? 0 : terms.reduce((sum, term) => sum + weigh(term) * part(term), 0) / total;
}

/** How much a word tells: the fewer examples have it, the more. */
function rarity(index: KnowledgeIndex): (term: string) => number {
  const all = index.count('example');
  return (term) => {
    const having = index.documentsWith(term, 'example');
    return Math.log(1 + (all - having + 0.5) / (having + 0.5)) * (having === 0 ? UNHEARD : 1);
  };
}
