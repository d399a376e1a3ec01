import { AppError, toErrorData } from '../../engine/contract/errors';
import { call } from '../bridge';
import type { ListReader } from './places';
import type { LineList } from './view-store';

export function readerOf(id: string, { view, rows }: LineList): ListReader {
  return {
    rows,
    rowOfLine: (line) => call('logs.rowOfLine', { id, view, line: Math.max(1, line) }),
    lineAt: async (from) => {
      const [row] = await call('logs.rows', { id, view, from, count: 1 });
      if (!row) throw new AppError('not-found', 'The list of lines has changed. Try again.');
      return row.number;
    },
  };
}

/** The log process lets lists go when the log has grown or others pushed them out. */
export function isGone(thrown: unknown): boolean {
  return toErrorData(thrown).kind === 'not-found';
}
