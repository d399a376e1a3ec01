import type { Engine } from '../engine';
import type { Service } from './service';

/** Checks of commands, by parsing: no model is asked. */
export function commandService(engine: Pick<Engine, 'do'>): Service<'command'> {
  return {
    'command.check': (params, { signal }) => engine.do('check', params, { signal }),
  };
}
