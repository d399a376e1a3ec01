import { create } from 'zustand';

/** Lines of a log that the person marked: clicked, walked to, or selected as text. */
export interface SelectedLines {
  readonly documentId: string;
  readonly from: number;
  readonly to: number;
}

export const useSelectedLines = create<{ readonly selected: SelectedLines | null }>(() => ({
  selected: null,
}));

export function selectLines(documentId: string, from: number, to: number): void {
  useSelectedLines.setState({ selected: { documentId, from: Math.min(from, to), to: Math.max(from, to) } });
}

/** Takes over text selections in a log; they outlive the focus going elsewhere. */
export function watchTextSelection(): void {
  document.addEventListener('selectionchange', () => {
    const selection = getSelection();
    if (!selection || selection.isCollapsed) return;
    const ends = [selection.anchorNode, selection.focusNode].map((node) =>
      (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-line]'),
    );
    const [from, to] = ends.map((row) => Number(row?.dataset.line));
    const list = ends[0]?.closest<HTMLElement>('[data-document]');
    const id = list?.dataset.document;
    if (id && from && to && list.contains(ends[1] ?? null)) selectLines(id, from, to);
  });
}
