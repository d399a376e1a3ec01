import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { MachineFacts } from '../../assistant/machine-facts';
import { type MachineKnowledge, openMachineKnowledge } from '../../assistant/machine-knowledge';
import { commandPrompt, type ShownExample } from '../../assistant/prompts';
import { askModel } from '../../assistant/suggest/ask-model';
import { retrieve } from '../../assistant/suggest/retrieve';
import { RETRIEVED_TOKENS, suggestCommand } from '../../assistant/suggest/suggest-command';
import { loadExamples } from '../../knowledge/examples';
import { type Engine, loadEngine } from '../../runtime/engine';
import type { CommandChecker } from '../evaluate-system';
import type { CommandSystem } from './command-system';

export interface ProductFolders {
  /** The project's root. */
  readonly root: string;
  /** The file of completion specs that ships with the app. */
  readonly specsFile: string;
  readonly modelDir: string;
}

/** The same on every machine. */
export const FIXED_FACTS: MachineFacts = { os: 'Debian GNU/Linux 12 (bookworm)', shell: 'bash', cwd: null };

/** For one answer of the model, in milliseconds. */
const MOST_MS = 8000;
/** What 'model alone' is shown: the form of an answer, nothing of what is asked. */
const FORM: readonly ShownExample[] = [
  { request: 'print the date', command: 'date' },
  { request: 'who am I logged in as', command: 'whoami' },
  { request: 'clear the screen', command: 'clear' },
];

/**
 * The product and its parts as systems. Their index is fixed: examples, completion specs and vendors' data that ship;
 * nothing of this machine's PATH or manual pages.
 */
export function productSystems(folders: ProductFolders): {
  systems: ReadonlyMap<string, () => Promise<CommandSystem>>;
  check: CommandChecker;
} {
  let opened: Promise<MachineKnowledge> | undefined;
  const knowledge = () => {
    opened ??= openFixed(folders);
    return opened;
  };
  let loaded: Promise<Engine> | undefined;
  const engine = () => {
    loaded ??= loadEngine(folders.modelDir);
    return loaded;
  };
  const timed = async (ask: () => Promise<string | null>) => {
    const started = performance.now();
    const command = await ask();
    return { command, ms: Math.round(performance.now() - started) };
  };
  const quiet = () => ({ signal: new AbortController().signal, emit: () => {} });

  const retrieved = async (request: string, count: (text: string) => number) => {
    const known = await knowledge();
    return retrieve(known, request, RETRIEVED_TOKENS, count, await known.meaning(request));
  };
  const greedy = async (request: string, withRetrieval: boolean) => {
    const model = await engine();
    const found = withRetrieval ? await retrieved(request, (text) => model.tokenizer.count(text)) : null;
    const prompt = commandPrompt(request, FIXED_FACTS, {
      examples: found?.shown ?? FORM,
      optionLines: found?.optionLines ?? [],
      context: [],
    });
    const { answers } = await askModel(model, prompt, 1, quiet(), MOST_MS);
    return answers[0]?.command ?? null;
  };
  const product = async (request: string, model: Engine | null) => {
    const setting = { knowledge: await knowledge(), facts: FIXED_FACTS, engine: model };
    return (await suggestCommand({ request }, setting, quiet())).suggestion.command;
  };
  const system = (
    name: string,
    usesIndex: boolean,
    ask: (request: string) => Promise<string | null>,
  ): (() => Promise<CommandSystem>) => {
    return async () => ({
      name,
      index: usesIndex ? await indexName(await knowledge()) : null,
      suggest: (request) => timed(() => ask(request)),
    });
  };
  return {
    systems: new Map([
      ['model', system('model alone', false, (request) => greedy(request, false))],
      ['retrieval', system('model + retrieval', true, (request) => greedy(request, true))],
      [
        'product',
        system('model + retrieval + verification', true, async (request) => product(request, await engine())),
      ],
      ['no-model', system('no model (retrieval only)', true, (request) => product(request, null))],
    ]),
    async check(command) {
      const { check } = (await knowledge()).check(command, null);
      const errors = check.findings.filter(({ severity }) => severity === 'error');
      return { parsed: check.parsed, errors: errors.map(({ message }) => message) };
    },
  };
}

/** What is known of programs, the same on every machine: only what ships. */
export async function openFixed({
  root,
  specsFile,
}: Pick<ProductFolders, 'root' | 'specsFile'>): Promise<MachineKnowledge> {
  const knowledge = await openMachineKnowledge({
    environment: {},
    home: null,
    cacheFolder: join(root, 'node_modules', '.cache', 'sigma-ops', 'eval-knowledge'),
    fixed: true,
    specsFile,
  });
  await knowledge.gather({});
  return knowledge;
}

/** Names the index by what is in it. */
async function indexName({ index, programs }: MachineKnowledge): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(loadExamples())).digest('hex').slice(0, 12);
  return `shipped data only: ${index.count('example')} examples (${hash}), ${programs.specsOrigin}, vendor data`;
}
