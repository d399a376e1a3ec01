import { contentTerms } from '../request-terms';
import { requestValues, withoutValues } from '../request-values';
import type { KnowledgeIndex, KnowledgeMatch } from './knowledge-index';

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
const LOOKED_AT = 80;
/** A word in the command or its sentence, not in the example's request, says less of what it is for. */
const ELSEWHERE = 0.6;
/** Weight of what the request asks against what the example does besides; tuned on development items. */
const ASKED = 0.62;
/** A word that no example has is as likely a name as a wish. */
const UNHEARD = 0.6;

/** Examples of the index near a request, the nearest first. */
export function nearExamples(index: KnowledgeIndex, request: string, limit: number): NearExample[] {
  const weigh = rarity(index);
  const wanted = doing(request);
  // A request of values alone is searched as it stands.
  const terms = wanted.length > 0 ? wanted : contentTerms(request);
  const total = sum(terms, weigh);
  if (total === 0) return [];
  return index
    .search(wanted.length > 0 ? words(request) : request, { limit: LOOKED_AT, kinds: ['example'] })
    .map((match) => compare(match, terms, total, weigh))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, Math.max(0, limit));
}

const words = (request: string) => withoutValues(request, requestValues(request));
const doing = (request: string) => [...new Set(contentTerms(words(request)))];
const sum = (terms: readonly string[], weigh: (term: string) => number) =>
  terms.reduce((total, term) => total + weigh(term), 0);

function compare(
  { title, body, why, source }: KnowledgeMatch,
  terms: readonly string[],
  total: number,
  weigh: (term: string) => number,
): NearExample {
  const asked = new Set(contentTerms(title));
  const elsewhere = new Set(contentTerms(`${body} ${why}`));
  const covered = terms.reduce((share, term) => {
    const part = asked.has(term) ? 1 : elsewhere.has(term) ? ELSEWHERE : 0;
    return share + part * weigh(term);
  }, 0);
  const own = doing(title);
  const wanted = new Set(terms);
  const ownTotal = sum(own, weigh);
  const shared = sum(
    own.filter((term) => wanted.has(term)),
    weigh,
  );
  const coverage = Math.min(1, covered / total);
  const precision = ownTotal === 0 ? 0 : shared / ownTotal;
  return {
    request: title,
    command: body,
    why,
    source,
    coverage,
    similarity: ASKED * coverage + (1 - ASKED) * precision,
  };
}

/** How much a word tells: the fewer examples have it, the more. */
function rarity(index: KnowledgeIndex): (term: string) => number {
  const all = index.count('example');
  return (term) => {
    const having = index.documentsWith(term, 'example');
    return Math.log(1 + (all - having + 0.5) / (having + 0.5)) * (having === 0 ? UNHEARD : 1);
  };
}
