import { comparison, type NearExample } from '../../knowledge/index/near-examples';
import type { RequestMeaning } from '../../knowledge/request-meaning';
import type { MachineKnowledge } from '../machine-knowledge';
import { type Adapted, type AdaptTools, adaptExample } from './adapt-example';
import type { Candidate } from './candidate';
import { intentOf } from './intent';
import type { ReadRequest } from './request';
import { withFields } from './with-fields';
import { withOptions } from './with-options';

/** What it is worth that a command prints the fields that were asked for, in similarity. */
const ASKED_FIELDS = 0.06;

/** What an example of the other intent loses, in similarity. */
const CONTRARY = 0.08;
/** From so many examples on a word belongs to the trade. */
const COMMON = 12;

export const adaptTools = ({ parser, programs, index }: MachineKnowledge): AdaptTools => ({
  parser,
  knowledge: programs,
  isCommon: (term) => index.documentsWith(term, 'example') >= COMMON,
});

/** Near examples with the request's values in them, as candidates. */
export function fromExamples(
  near: readonly NearExample[],
  request: ReadRequest,
  knowledge: MachineKnowledge,
  meaning: RequestMeaning | null,
): Candidate[] {
  const tools = adaptTools(knowledge);
  const compare = comparison(knowledge.index, request.text, meaning);
  const intent = intentOf(request.text);
  /** An example that does something is no answer to a question, nor the other way round. */
  const contrary = (told: string) => ((intentOf(told) === 'do') !== (intent === 'do') ? CONTRARY : 0);
  return near.flatMap((example) => {
    const adapted = withOptions(adaptExample(example, request, tools), example, request, tools);
    const source = { kind: 'data', name: example.source } as const;
    const candidate: Candidate = {
      command: adapted.command,
      source,
      why: example.why,
      whySource: source,
      // Words that went into the command as values are no longer missing, nor are those that they replaced.
      similarity: Math.max(
        0,
        compare(example, adapted.requestTerms, adapted.exampleTerms).similarity - contrary(example.request),
      ),
      agreement: 0,
      confidence: 0,
      values: shareOfValues(adapted),
      open: adapted.open,
      stale: adapted.stale,
      notes: [],
    };
    const command = withFields(adapted.command, request, tools);
    if (command === null || command === adapted.command) return [candidate];
    return [
      { ...candidate, command, similarity: Math.min(1, candidate.similarity + ASKED_FIELDS) },
      candidate,
    ];
  });
}

function shareOfValues({ used, unused }: Adapted): number {
  const all = used.length + unused.length;
  return all === 0 ? 1 : used.length / all;
}
