import { type Assistant, createAssistant } from './assistant/assistant';
import { gatherMachineFacts } from './assistant/machine-facts';
import { engineService } from './contract/assistant';
import { AppError } from './contract/errors';
import { serveHost } from './contract/serve-host';
import { loadEngine } from './runtime/engine';

/** The model process: a step blocks its thread, so nothing else lives here. */
let assistant: Assistant | null = null;

function ready(): Assistant {
  if (!assistant) throw new AppError('unavailable', 'The model is still loading. Try again in a moment.');
  return assistant;
}

serveHost(engineService, {
  async load({ modelDir }, { signal, emit }) {
    const engine = await loadEngine(modelDir, {
      signal,
      onProgress: (done, total) => emit({ done, total }),
    });
    assistant = createAssistant(engine, process.env.PATH ?? '', gatherMachineFacts(null));
    return engine.model;
  },
  chat: ({ turns }, context) => ready().chat(turns, context),
  suggest: ({ request }, context) => ready().suggest(request, context),
  diagnose: ({ evidence, question }, context) => ready().diagnose(evidence, question, context),
});
