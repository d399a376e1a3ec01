import { comparison, type NearExample } from '../../knowledge/index/near-examples';
import type { MachineKnowledge } from '../machine-knowledge';
import { type Adapted, adaptExample } from './adapt-example';
import type { Candidate } from './candidate';
import type { ReadRequest } from './request';
import { withOptions } from './with-options';

/** Near examples with the request's values in them, as candidates. */
export function fromExamples(
  near: readonly NearExample[],
  request: ReadRequest,
  knowledge: MachineKnowledge,
): Candidate[] {
  const tools = { parser: knowledge.parser, knowledge: knowledge.programs };
  const compare = comparison(knowledge.index, request.text);
  return near.map((example) => {
    const adapted = withOptions(adaptExample(example, request, tools), example, request, tools);
    const source = { kind: 'data', name: example.source } as const;
    return {
      command: adapted.command,
      source,
      why: example.why,
      whySource: source,
      // Words that went into the command as values are no longer missing, nor are those that they replaced.
      similarity: compare(example, adapted.requestTerms, adapted.exampleTerms).similarity,
      agreement: 0,
      confidence: 0,
      values: shareOfValues(adapted),
      open: adapted.open,
      stale: adapted.stale,
      notes: [],
    };
  });
}

function shareOfValues({ used, unused }: Adapted): number {
  const all = used.length + unused.length;
  return all === 0 ? 1 : used.length / all;
}
