import { AppError } from '../../contract/errors';
import type { LogsService } from '../../contract/logs';
import type { Handlers } from '../../contract/rpc';
import { lineRows } from '../store/line-texts';
import { filterLines, findLines, isLasting, knownBefore } from './line-finder';
import { rowOfLine } from './line-list';
import type { ViewContext } from './view-context';

export type ListCalls = Pick<
  LogsService,
  'filter' | 'rows' | 'rowOfLine' | 'search' | 'bookmarks' | 'setBookmark'
>;

/**
 * Lists of lines. A list stays what it was made of: when its document grows, its rows are still true and the new
 * lines are not in it; the same question asked again goes through the new lines only.
 */
export function listHandlers({
  access,
  states,
  views,
  limiter,
  bookmarks,
}: ViewContext): Handlers<ListCalls> {
  return {
    filter: async ({ id, filter }, { signal, emit }) => {
      const state = await states.factsOf(id);
      const marks = filter.onlyBookmarked ? await bookmarks.of(id).read() : [];
      const marked = Uint32Array.from(marks, ({ line }) => line);
      const question = JSON.stringify(['filter', filter, [...marked]]);
      const before = views.find(id, question);
      if (before?.lineCount === state.lineCount) return { view: before.id, rows: before.lines.length };
      const known = before && isLasting(filter) ? knownBefore(before.lines, before.lineCount) : undefined;
      const lines = await limiter.run(signal, () =>
        access.read(id, (reader) =>
          filterLines(reader, state, filter, marked, known, { report: emit, signal }),
        ),
      );
      const view = views.add({ document: id, lineCount: state.lineCount, question, lines });
      return { view: view.id, rows: lines.length };
    },

    search: async ({ id, query, view: within }, { signal, emit }) => {
      const state = await states.of(id);
      const list = within === undefined ? null : views.get(id, within, state.lineCount);
      const question = JSON.stringify(['search', query, within ?? null]);
      const before = views.find(id, question);
      if (before && (list || before.lineCount === state.lineCount)) {
        return { view: before.id, rows: before.lines.length };
      }
      const known = before ? knownBefore(before.lines, before.lineCount) : undefined;
      const lines = await limiter.run(signal, () =>
        access.read(id, (reader) =>
          findLines(reader, state, query, list?.lines ?? null, known, { report: emit, signal }),
        ),
      );
      const view = views.add({ document: id, lineCount: state.lineCount, question, lines });
      return { view: view.id, rows: lines.length };
    },

    rows: async ({ id, view, from, count }) => {
      const state = await states.of(id);
      const { lines } = views.get(id, view, state.lineCount);
      const wanted = [...lines.subarray(from - 1, from - 1 + count)];
      return access.read(id, (reader) => lineRows(reader, state.blocks, wanted, from));
    },

    rowOfLine: async ({ id, view, line }) => {
      const { lineCount } = await access.document(id);
      return rowOfLine(views.get(id, view, lineCount).lines, line);
    },

    bookmarks: async ({ id }) => {
      await access.document(id);
      return bookmarks.of(id).read();
    },

    setBookmark: async ({ id, line, note }) => {
      const { lineCount } = await access.document(id);
      if (line > lineCount) throw new AppError('invalid-input', `This log has ${lineCount} lines.`);
      return bookmarks.of(id).set(line, note);
    },
  };
}
