import { AppError } from '../../contract/errors';
import type { LogsService } from '../../contract/logs';
import type { Handlers } from '../../contract/rpc';
import { askSql } from '../store/sql-box';
import { differences } from './compare';
import { relatedLines } from './related';
import { sideOf } from './side';
import type { ViewContext } from './view-context';

export type QuestionCalls = Pick<LogsService, 'related' | 'compare' | 'sql'>;

/** Questions about single lines, about two logs, and in SQL. */
export function questionHandlers({ access, states, views, limiter }: ViewContext): Handlers<QuestionCalls> {
  return {
    related: async ({ id, line }, { signal }) => {
      const state = await states.of(id);
      const found = await limiter.run(signal, () =>
        access.read(id, async (reader) => {
          const [row] = await reader.lines(line, 1);
          return row ? relatedLines(reader, state, row.text, signal) : [];
        }),
      );
      return found.map(({ value, lines }) => {
        const question = JSON.stringify(['related', value]);
        const view = views.add({ document: id, lineCount: state.lineCount, question, lines });
        return { value, view: view.id, rows: lines.length };
      });
    },

    compare: async ({ before, after }, { signal }) => {
      const side = async ({ id, view }: typeof before) => {
        const state = await states.factsOf(id);
        const list = view === undefined ? null : views.get(id, view, state.lineCount).lines;
        return limiter.run(signal, () => access.read(id, (reader) => sideOf(reader, state, list, signal)));
      };
      return differences(await side(before), await side(after));
    },

    sql: async ({ id, query }, { signal }) => {
      const { document, lineCount } = await states.of(id);
      if (document.state !== 'ready') {
        throw new AppError(
          'unavailable',
          'This log is still growing. Questions in SQL are answered once it has been read to its end and is not followed.',
        );
      }
      const sources = document.sources.map(({ name }) => name);
      return limiter.run(signal, () =>
        access.read(id, (reader) => askSql(reader, query, { sources, lineCount, signal })),
      );
    },
  };
}
