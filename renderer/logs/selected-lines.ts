import { create } from 'zustand';
import type { LogRow } from '../../engine/contract/log-views';
import { call } from '../bridge';

/** Lines of a log that the person marked: clicked, walked to, or selected as text. */
export interface SelectedLines {
  readonly documentId: string;
  readonly from: number;
  readonly to: number;
  /** The filtered list that they are rows of; null where they are lines of the whole log. */
  readonly view: string | null;
}

export const useSelectedLines = create<{ readonly selected: SelectedLines | null }>(() => ({
  selected: null,
}));

/** Rows `from` to `to` of a list, in either order; of the whole log, where rows are lines, without `view`. */
export function selectLines(documentId: string, from: number, to: number, view: string | null = null): void {
  useSelectedLines.setState({
    selected: { documentId, from: Math.min(from, to), to: Math.max(from, to), view },
  });
}

/** Reads the first `count` lines of a selection. */
export function readSelected(
  { documentId: id, from, view }: SelectedLines,
  count: number,
): Promise<LogRow[]> {
  return view === null
    ? call('logs.lines', { id, from, count })
    : call('logs.rows', { id, view, from, count });
}

/** Takes over text selections in a log; they outlive the focus going elsewhere. */
export function watchTextSelection(): void {
  document.addEventListener('selectionchange', () => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed) return;
    const ends = [selection.anchorNode, selection.focusNode].map((node) =>
      (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-row]'),
    );
    const [from, to] = ends.map((row) => Number(row?.dataset.row));
    const list = ends[0]?.closest<HTMLElement>('[data-document]');
    const id = list?.dataset.document;
    if (id && from && to && list.contains(ends[1] ?? null))
      selectLines(id, from, to, list.dataset.view || null);
  });
}
