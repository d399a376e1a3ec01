import type { CommandSuggestion, ContextItem, ModelInput, SuggestResult } from '../../contract/assistant';
import { CommandRisk } from '../../contract/commands';
import type { GenerationStats } from '../../contract/runtime';
import type { Engine } from '../../runtime/engine';
import type { JobContext } from '../job';
import type { MachineFacts } from '../machine-facts';
import type { MachineKnowledge } from '../machine-knowledge';
import { commandPrompt } from '../prompts';
import type { Candidate } from './candidate';
import { contextForPrompt } from './context-words';
import { fromDocuments } from './from-documents';
import { fromExamples } from './from-examples';
import { intentOf } from './intent';
import { modelCandidates, repaired } from './model-candidates';
import { placeholderValues } from './placeholder-values';
import { LEAST_SCORE } from './rank';
import { readRequest } from './request';
import { retrieve } from './retrieve';
import { type Verified, verify } from './verify';

export interface SuggestRequest {
  readonly request: string;
  /** Stands in the result as it is given. */
  readonly id?: string;
  /** What the person left standing beside the request; undefined: they were not asked, and what is known goes along. */
  readonly context?: readonly ContextItem[];
  /** The folder that relative paths are checked in; null: nothing is said of paths. */
  readonly cwd?: string | null;
}

export interface SuggestSetting {
  readonly knowledge: MachineKnowledge;
  readonly facts: MachineFacts;
  /** null: examples alone answer. */
  readonly engine: Engine | null;
}

/** `stats` and `modelInput` are null where the model took no part. */
export interface Suggested {
  readonly suggestion: SuggestResult;
  readonly stats: GenerationStats | null;
  readonly modelInput: ModelInput | null;
}

/** Tokens of examples and options in the prompt; a second's reading on two cores is 700 of all. */
export const RETRIEVED_TOKENS = 360;
const CONTEXT_TOKENS = 400;
/** Cards that are shown at most. */
const MOST_SHOWN = 5;

/** Suggests commands: near examples with the request's values, and the model's answers, checked and ranked alike. */
export async function suggestCommand(
  { request: text, id, context: chosen, cwd = null }: SuggestRequest,
  { knowledge, facts, engine }: SuggestSetting,
  context: JobContext,
): Promise<Suggested> {
  const started = performance.now();
  const request = readRequest(text);
  // The system has its own line in the prompt.
  const items = (chosen ?? []).filter(({ kind }) => kind !== 'system');
  const intent = intentOf(text);
  const verifyAll = (list: readonly Candidate[]) => verify(merge(list), knowledge, cwd, intent);
  const count = (part: string) => engine?.tokenizer.count(part) ?? 0;

  const meaning = await knowledge.meaning(text);
  const found = retrieve(knowledge, text, engine ? RETRIEVED_TOKENS : 0, count, meaning);
  const examples = [
    ...fromExamples(found.near, request, knowledge, meaning),
    ...fromDocuments(request, knowledge),
  ];
  let ranked = verifyAll(examples);
  let stats: GenerationStats | null = null;
  let modelInput: ModelInput | null = null;
  if (engine) {
    const shownItems = contextForPrompt(items, CONTEXT_TOKENS, count);
    const prompt = commandPrompt(text, factsFor(facts, cwd, chosen), {
      examples: found.shown,
      optionLines: found.optionLines,
      context: shownItems,
    });
    const setting = { engine, knowledge, request, items, near: found.near, context };
    const written = await modelCandidates(prompt, examples, ranked[0] ?? null, setting);
    const all = [...written.candidates, ...examples];
    ranked = verifyAll(all);
    stats = written.stats;
    // Nothing stands without an error: the best one is written once more.
    const again = ranked[0]?.hasError ? await repaired(prompt, ranked[0], setting) : null;
    if (again?.candidate) ranked = verifyAll([again.candidate, ...all]);
    modelInput = {
      prompts: [written.prompt, ...(again ? [again.prompt] : [])],
      leftOut: leftOutWords(items, shownItems),
    };
  }

  const shown = ranked.filter(({ score }) => score >= LEAST_SCORE).slice(0, MOST_SHOWN);
  const names = knowledge.names(cwd);
  const [first] = shown;
  return {
    suggestion: {
      ...(id === undefined ? {} : { id }),
      request: text,
      command: first?.candidate.command ?? null,
      candidates: shown.map((one) => {
        const { candidate, check } = one;
        const values = placeholderValues(candidate.command, check.placeholders, request, names, cwd);
        return suggestionOf(one, values);
      }),
      placeholders: first?.check.placeholders ?? [],
      risk: first ? CommandRisk.parse(first.check) : null,
      ms: Math.round(performance.now() - started),
    },
    stats,
    modelInput,
  };
}

/** What was put beside the request and had no room, a sentence each. */
function leftOutWords(items: readonly ContextItem[], shown: readonly { readonly text: string }[]): string[] {
  return items.flatMap(({ label, text }, index) => {
    const missing = text.length - (shown[index]?.text.length ?? 0);
    return missing > 0
      ? [
          `${missing} of ${text.length} characters of “${label}”: all that goes along has ${CONTEXT_TOKENS} tokens in a request for a command.`,
        ]
      : [];
  });
}

/** What the prompt says of the system: nothing that the person took away. */
function factsFor(
  facts: MachineFacts,
  cwd: string | null,
  chosen: readonly ContextItem[] | undefined,
): MachineFacts | null {
  const has = (kind: ContextItem['kind']) => !chosen || chosen.some((item) => item.kind === kind);
  if (!has('system')) return null;
  return { ...facts, cwd: has('folder') ? (cwd ?? facts.cwd) : null };
}

/** Equal texts once: the first of the list stands. */
function merge(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ command }) => !seen.has(command) && seen.add(command));
}

/** Without a documented sentence of its own a command is described by what is documented of its program. */
function suggestionOf(
  { candidate, check, explanation }: Verified,
  values: Record<string, string[]>,
): CommandSuggestion {
  const about = explanation.find(({ role, meaning }) => role === 'program' && meaning !== null);
  const isOwn = candidate.why !== '' || !about;
  return {
    command: candidate.command,
    commandSource: candidate.source,
    why: isOwn ? candidate.why : (about.meaning ?? ''),
    whySource: isOwn ? candidate.whySource : { kind: 'data', name: about.source ?? 'documentation' },
    check,
    explanation: [...explanation],
    values,
  };
}
