import { homedir } from 'node:os';
import { type Assistant, createAssistant } from './assistant/assistant';
import { diagnose } from './assistant/diagnosis/diagnose';
import { gatherMachineFacts } from './assistant/machine-facts';
import { openMachineKnowledge } from './assistant/machine-knowledge';
import { suggestCommand } from './assistant/suggest/suggest-command';
import { cacheFolder, cacheFolders } from './cache-folder';
import { engineService } from './contract/assistant';
import { AppError } from './contract/errors';
import { serveHost } from './contract/serve-host';
import { loadEngine } from './runtime/engine';

/** The model process: a step blocks its thread, so nothing else lives here but what its jobs need. */
let assistant: Assistant | null = null;
const facts = gatherMachineFacts(null);
/** The first argument is the folder that everything of ours in the cache lies in. */
const cache = cacheFolders(process.argv[2] ?? cacheFolder(process.env, homedir()));
/** Programs, pages and examples: there before the model, and without one. */
const knowledge = openMachineKnowledge({
  environment: process.env,
  home: homedir(),
  cacheFolder: cache.knowledge,
});
// A caller is told why; nobody waits for it yet.
knowledge.catch(() => {});

function ready(): Assistant {
  if (!assistant) throw new AppError('unavailable', 'The model is still loading. Try again in a moment.');
  return assistant;
}

serveHost(engineService, {
  async load({ modelDir }, { signal, emit }) {
    const engine = await loadEngine(modelDir, {
      signal,
      derivedDir: cache.model,
      onProgress: (done, total) => emit({ done, total }),
    });
    assistant = createAssistant(engine, await knowledge, facts);
    return engine.model;
  },
  chat: ({ turns, attempt }, context) => ready().chat(turns, context, attempt),
  async suggest(request, context) {
    const known = await knowledge;
    known.refresh();
    if (assistant) return assistant.suggest(request, context);
    return suggestCommand(request, { knowledge: known, facts, engine: null }, context);
  },
  async check({ command, cwd }) {
    const known = await knowledge;
    known.refresh();
    return known.check(command, cwd);
  },
  countTokens: ({ texts }) => ({ tokens: assistant?.countTokens(texts) ?? null }),
  async gatherKnowledge({ machineNames }, { signal, emit }) {
    const known = await knowledge;
    known.offerNames(machineNames);
    return known.gather({ signal, onProgress: emit });
  },
  async diagnose({ evidence, question }, context) {
    const checker = await knowledge;
    return assistant
      ? assistant.diagnose(evidence, question, context)
      : diagnose(evidence, question, { engine: null, checker }, context);
  },
});
