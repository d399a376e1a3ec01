import type { LogsService } from '../../contract/logs';
import type { Handlers } from '../../contract/rpc';
import { histogram } from './log-scan';
import type { ViewContext } from './view-context';

export type CountCalls = Pick<LogsService, 'histogram'>;

/** Counts of a log or of a list of its lines. */
export function countHandlers({ access, states, views, limiter }: ViewContext): Handlers<CountCalls> {
  return {
    histogram: async ({ id, view, buckets }, { signal }) => {
      const state = await states.of(id);
      const list = view === undefined ? null : views.get(id, view, state.lineCount).lines;
      return limiter.run(signal, () =>
        access.read(id, (reader) => histogram(reader, state, list, buckets, signal)),
      );
    },
  };
}
