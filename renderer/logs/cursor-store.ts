import { create } from 'zustand';

/** The current line of a log and the row that it has in a list. */
export interface Cursor {
  readonly line: number;
  /** The list that `row` is of, as `listKey` names it. */
  readonly list: string;
  readonly row: number;
  /** The other end of the selected rows; the same as `row` where one row is selected. */
  readonly anchor: number;
}

const START: Cursor = { line: 1, list: '', row: 1, anchor: 1 };

export const useCursors = create<{ readonly byDocument: Readonly<Record<string, Cursor>> }>(() => ({
  byDocument: {},
}));

export function cursorOf(id: string): Cursor {
  return useCursors.getState().byDocument[id] ?? START;
}

export function useCursor(id: string): Cursor {
  return useCursors(({ byDocument }) => byDocument[id] ?? START);
}

export function setCursor(id: string, cursor: Cursor): void {
  const { line, list, row, anchor } = cursorOf(id);
  if (line === cursor.line && list === cursor.list && row === cursor.row && anchor === cursor.anchor) return;
  useCursors.setState(({ byDocument }) => ({ byDocument: { ...byDocument, [id]: cursor } }));
}

export function forgetCursor(id: string): void {
  useCursors.setState(({ byDocument }) => {
    const { [id]: _gone, ...rest } = byDocument;
    return { byDocument: rest };
  });
}
