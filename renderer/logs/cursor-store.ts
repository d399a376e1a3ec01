import { create } from 'zustand';

/** The current line of a log and the row that it has in the list that is shown. */
export interface Cursor {
  readonly line: number;
  readonly row: number;
  /** The other end of the selected rows; the same as `row` where one row is selected. */
  readonly anchor: number;
}

const START: Cursor = { line: 1, row: 1, anchor: 1 };

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
  const { line, row, anchor } = cursorOf(id);
  if (line === cursor.line && row === cursor.row && anchor === cursor.anchor) return;
  useCursors.setState(({ byDocument }) => ({ byDocument: { ...byDocument, [id]: cursor } }));
}

export function forgetCursor(id: string): void {
  useCursors.setState(({ byDocument }) => {
    const { [id]: _gone, ...rest } = byDocument;
    return { byDocument: rest };
  });
}
