import type { LogSignals } from '../../contract/log-views';
import type { LogsService } from '../../contract/logs';
import type { Handlers } from '../../contract/rpc';
import { histogram } from './log-scan';
import type { LogFacts } from './log-state';
import { countPatterns, type PatternOverview, patternOverview, summaries } from './pattern-summaries';
import { logSignals } from './signals';
import type { ViewContext } from './view-context';

export type CountCalls = Pick<LogsService, 'histogram' | 'patterns' | 'signals'>;

/** Counts of a log or of a list of its lines. */
export function countHandlers({ access, states, views, limiter }: ViewContext): Handlers<CountCalls> {
  // Of the state that it was made of, so that a log which has grown gets a new one and the old one goes.
  const overviews = new WeakMap<LogFacts, Promise<PatternOverview>>();
  const signals = new WeakMap<LogFacts, LogSignals>();
  const overviewOf = (state: LogFacts): Promise<PatternOverview> => {
    const known = overviews.get(state);
    if (known) return known;
    // Not stopped with the call: the next one will want it too.
    const made = limiter.run(undefined, () =>
      access.read(state.document.id, (reader) => patternOverview(reader, state)),
    );
    overviews.set(state, made);
    made.catch(() => overviews.delete(state));
    return made;
  };

  return {
    histogram: async ({ id, view, buckets }, { signal }) => {
      const state = await states.factsOf(id);
      const list = view === undefined ? null : views.get(id, view, state.lineCount).lines;
      return limiter.run(signal, () =>
        access.read(id, (reader) => histogram(reader, state, list, buckets, signal)),
      );
    },

    patterns: async ({ id, view }, { signal }) => {
      const state = await states.factsOf(id);
      const list = view === undefined ? null : views.get(id, view, state.lineCount).lines;
      const { counts, signs } = await overviewOf(state);
      if (!list) return summaries(state, counts, signs);
      const ofList = await limiter.run(signal, () =>
        access.read(id, (reader) => countPatterns(reader, state, list, signal)),
      );
      return summaries(state, ofList, signs);
    },

    signals: async ({ id }, { signal }) => {
      const state = await states.factsOf(id);
      const known = signals.get(state);
      if (known) return known;
      const overview = await overviewOf(state);
      const made = await limiter.run(signal, () =>
        access.read(id, (reader) => logSignals(reader, state, overview, signal)),
      );
      signals.set(state, made);
      return made;
    },
  };
}
