import type { ContextItem, ModelInput } from '../../contract/assistant';
import type { GenerationStats } from '../../contract/runtime';
import type { NearExample } from '../../knowledge/index/near-examples';
import type { Engine } from '../../runtime/engine';
import type { ChatMessage } from '../../tokenizer/chat-template';
import type { JobContext } from '../job';
import type { MachineKnowledge } from '../machine-knowledge';
import { repairPrompt } from '../prompts';
import { ANSWERS, askModel, type ModelAnswer, type ModelAnswers } from './ask-model';
import { type Candidate, commandKey } from './candidate';
import { guardContext } from './context-words';
import { LEAST_SCORE } from './rank';
import type { ReadRequest } from './request';
import type { Verified } from './verify';

export interface ModelSetting {
  readonly engine: Engine;
  readonly knowledge: MachineKnowledge;
  readonly request: ReadRequest;
  readonly items: readonly ContextItem[];
  readonly near: readonly NearExample[];
  readonly context: JobContext;
}

/** From this probability a token on the greedy answer is as good as sure: seven more draws would say the same. */
const SURE = 0.92;
/** Below this probability a token the model guesses; drawing more of the same would cost seconds and help nobody. */
const LOST = 0.4;
/** Where time ran out, one answer that came to its end does not agree with itself. */
const LEAST_ASKED = 4;
/** Time for all answers to one request, and for the one repair, in milliseconds: half of the requests are to take 3 s. */
const ANSWERS_MS = 2700;
const REPAIR_MS = 1200;

/**
 * The model's answers as candidates, equal ones joined. One that equals an adapted example supports that example and
 * keeps its source and sentence. `best` is the best example so far: where the greedy answer is sure and the same, no
 * more are asked for, nor where it is lost and an example stands.
 */
export async function modelCandidates(
  prompt: ChatMessage[],
  examples: readonly Candidate[],
  best: Verified | null,
  setting: ModelSetting,
): Promise<{ candidates: Candidate[]; stats: GenerationStats; prompt: Prompt }> {
  const { engine, knowledge, context } = setting;
  const keyOf = (command: string) => commandKey(command, knowledge.parser.parse(command));
  const started = performance.now();
  const first = await askModel(engine, prompt, 1, context, ANSWERS_MS);
  const [greedy] = first.answers;
  const stands = best !== null && !best.hasError && best.score >= LEAST_SCORE;
  const isLost = stands && (greedy === undefined || Math.exp(greedy.meanLogProb) < LOST);
  const isSettled =
    greedy !== undefined &&
    best !== null &&
    !best.hasError &&
    keyOf(greedy.command) === keyOf(best.candidate.command) &&
    Math.exp(greedy.meanLogProb) >= SURE;
  const left = ANSWERS_MS - (performance.now() - started);
  const isEnough = isSettled || isLost || context.signal.aborted || left <= 0;
  const all: ModelAnswers = isEnough
    ? first
    : withGreedy(first, await askModel(engine, prompt, ANSWERS, context, left));
  const groups = new Map<string, ModelAnswer[]>();
  for (const answer of all.answers) {
    const key = keyOf(answer.command);
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  const byKey = new Map(examples.toReversed().map((example) => [keyOf(example.command), example]));
  const candidates = [...groups].flatMap(([key, answers]) => {
    const agreement = isSettled ? 1 : answers.length / Math.max(LEAST_ASKED, all.asked);
    return candidateOf(answers, agreement, byKey.get(key) ?? null, setting) ?? [];
  });
  return { candidates, stats: all.stats, prompt: first.prompt };
}

/** What the time for several answers cut off is not lost: the greedy one was there already. */
function withGreedy({ answers: [greedy] }: ModelAnswers, drawn: ModelAnswers): ModelAnswers {
  if (!greedy || drawn.answers.some(({ command }) => command === greedy.command)) return drawn;
  return { ...drawn, answers: [greedy, ...drawn.answers], asked: drawn.asked + 1 };
}

type Prompt = ModelInput['prompts'][number];

/** The failing candidate written once more, with what is wrong with it in the prompt; null where it was not asked for. */
export async function repaired(
  prompt: readonly ChatMessage[],
  { candidate, check }: Verified,
  setting: ModelSetting,
): Promise<{ candidate: Candidate | null; prompt: Prompt } | null> {
  const finding = check.findings.find(({ severity }) => severity === 'error');
  if (!finding || setting.context.signal.aborted) return null;
  const messages = repairPrompt(prompt, candidate.command, finding.message);
  const { answers, prompt: shown } = await askModel(setting.engine, messages, 1, setting.context, REPAIR_MS);
  const again = answers.length > 0 ? candidateOf(answers, candidate.agreement, null, setting) : null;
  return { candidate: again, prompt: shown };
}

function candidateOf(
  answers: readonly ModelAnswer[],
  agreement: number,
  example: Candidate | null,
  { knowledge, request, items, near }: ModelSetting,
): Candidate | null {
  const [answer] = [...answers].sort((a, b) => b.meanLogProb - a.meanLogProb);
  if (!answer) return null;
  const confidence = Math.exp(answer.meanLogProb);
  if (example) return { ...example, agreement, confidence };
  const documented = near.map(({ command }) => command).join('\n');
  const guarded = guardContext(answer.command, items, request.text, documented, knowledge);
  if (!guarded) return null;
  const model = { kind: 'model' } as const;
  return {
    command: guarded.command,
    source: model,
    why: '',
    whySource: model,
    similarity: 0,
    agreement,
    confidence,
    values: shareOfValues(guarded.command, request),
    open: 0,
    stale: 0,
    notes: guarded.notes,
  };
}

function shareOfValues(command: string, { values }: ReadRequest): number {
  return values.length === 0 ? 1 : values.filter(({ text }) => command.includes(text)).length / values.length;
}
