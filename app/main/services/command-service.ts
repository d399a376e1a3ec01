import type { Engine } from '../engine';
import type { Service } from './service';

/** Commands outside conversations: checks, by parsing and without the model, and suggestions for the prompt. */
export function commandService(engine: Pick<Engine, 'do' | 'run'>): Service<'command'> {
  return {
    'command.check': (params, { signal }) => engine.do('check', params, { signal }),
    'command.suggest': async (params, { signal, emit }) => {
      const { suggestion } = await engine.run('suggest', params, { signal, onEvent: emit });
      return { candidates: suggestion.candidates };
    },
  };
}
