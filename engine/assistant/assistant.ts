import type { ChatTurn, Diagnosis } from '../contract/assistant';
import type { EvidencePack } from '../contract/logs';
import type { GenerationStats } from '../contract/runtime';
import { nearExamples } from '../knowledge/index/near-examples';
import type { Engine } from '../runtime/engine';
import { type ChatAnswer, chat } from './chat';
import { diagnose } from './diagnosis/diagnose';
import type { JobContext } from './job';
import type { MachineFacts } from './machine-facts';
import type { MachineKnowledge } from './machine-knowledge';
import { type Suggested, type SuggestRequest, suggestCommand } from './suggest/suggest-command';

/** Hints beside a question in a conversation: few, and only when they are near. */
const HINTS = 2;
const HINT_COVERAGE = 0.6;

/** The jobs of the assistant over one loaded model. */
export interface Assistant {
  chat(turns: readonly ChatTurn[], context: JobContext, attempt?: number): Promise<ChatAnswer>;
  /** Tokens of each text, as this model counts them. */
  countTokens(texts: readonly string[]): number[];
  suggest(request: SuggestRequest, context: JobContext): Promise<Suggested>;
  diagnose(
    evidence: EvidencePack,
    question: string | undefined,
    context: JobContext,
  ): Promise<{ diagnosis: Diagnosis; stats: GenerationStats | null }>;
}

/** Joins the model with what is known on this machine and of it. */
export function createAssistant(engine: Engine, knowledge: MachineKnowledge, facts: MachineFacts): Assistant {
  return {
    chat(turns, context, attempt) {
      const question = turns.at(-1)?.content ?? '';
      const hints = nearExamples(knowledge.index, question, HINTS).filter(
        ({ coverage }) => coverage >= HINT_COVERAGE,
      );
      return chat(engine, turns, facts, hints, context, attempt);
    },
    countTokens: (texts) => texts.map((text) => engine.tokenizer.count(text)),
    suggest: (request, context) => suggestCommand(request, { knowledge, facts, engine }, context),
    diagnose: (evidence, question, context) =>
      diagnose(evidence, question, { engine, checker: knowledge }, context),
  };
}
