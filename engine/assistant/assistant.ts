import type { ChatTurn, Diagnosis, SuggestResult } from '../contract/assistant';
import type { EvidencePack } from '../contract/logs';
import type { GenerationStats } from '../contract/runtime';
import { createExampleIndex, loadExamples } from '../knowledge/example-index';
import { programCheck } from '../knowledge/programs';
import type { Engine } from '../runtime/engine';
import { type ChatAnswer, chat } from './chat';
import { diagnose } from './diagnose';
import type { JobContext } from './job';
import type { MachineFacts } from './machine-facts';
import { firstProgram, suggestCommand } from './suggest-command';

/** Examples shown to the model for one request. */
const SHOTS = 4;
/** Hints beside a question in a conversation: few, and only when they are near. */
const HINTS = 2;
const HINT_COVERAGE = 0.6;

/** The jobs of the assistant over one loaded model. */
export interface Assistant {
  chat(turns: readonly ChatTurn[], context: JobContext): Promise<ChatAnswer>;
  suggest(
    request: string,
    context: JobContext,
  ): Promise<{ suggestion: SuggestResult; stats: GenerationStats }>;
  diagnose(
    evidence: EvidencePack,
    question: string | undefined,
    context: JobContext,
  ): Promise<{ diagnosis: Diagnosis; stats: GenerationStats | null }>;
}

/** Joins the model with what is known on this machine: its `facts`, and the PATH that commands are checked against. */
export function createAssistant(engine: Engine, path: string, facts: MachineFacts): Assistant {
  const examples = loadExamples();
  const index = createExampleIndex(examples);
  const documented = new Set(examples.map(({ command }) => firstProgram(command)));
  const isProgram = programCheck(path, documented);
  return {
    chat(turns, context) {
      const question = turns.at(-1)?.content ?? '';
      const hints = index.search(question, HINTS).filter(({ coverage }) => coverage >= HINT_COVERAGE);
      return chat(
        engine,
        turns,
        facts,
        hints.map(({ example }) => example),
        context,
      );
    },
    suggest(request, context) {
      return suggestCommand(engine, request, facts, index.search(request, SHOTS), isProgram, context);
    },
    diagnose(evidence, question, context) {
      return diagnose(engine, evidence, question, context);
    },
  };
}
