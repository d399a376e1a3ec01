import { create } from 'zustand';

export const PANES = ['chat', 'logs', 'terminal'] as const;
export type Pane = (typeof PANES)[number];
export const PANE_TITLES: Readonly<Record<Pane, string>> = {
  chat: 'Chat',
  logs: 'Logs',
  terminal: 'Terminal',
};

/** The pane in front where the window is too small for all; with room, it only says where focus went last. */
export const usePanes = create<{ readonly active: Pane }>(() => ({ active: 'chat' }));

export function showPane(pane: Pane): void {
  if (usePanes.getState().active !== pane) usePanes.setState({ active: pane });
}

/** Brings a pane to the front and puts the keyboard on the part of it that is marked for that. */
export function focusPane(pane: Pane): void {
  showPane(pane);
  // The pane may become visible only with the next render.
  requestAnimationFrame(() => {
    const root = document.querySelector(`[data-pane="${pane}"]`);
    const target =
      root?.querySelector<HTMLElement>('[data-focused] .xterm-helper-textarea') ??
      root?.querySelector<HTMLElement>('[data-pane-focus]:not(:disabled)');
    (target ?? root?.querySelector<HTMLElement>('button:not(:disabled)'))?.focus();
  });
}

function paneWithFocus(): Pane | null {
  const name = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane;
  return PANES.find((pane) => pane === name) ?? null;
}

/** F6 goes on to the next pane, Shift+F6 back. Taken before anything else sees it, so no pane is a trap. */
export function installPaneKeys(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const current = paneWithFocus();
      const step = event.shiftKey ? -1 : 1;
      const index = current === null ? -1 : PANES.indexOf(current);
      const next = current === null ? PANES[0] : PANES[(index + step + PANES.length) % PANES.length];
      focusPane(next ?? 'chat');
    },
    { capture: true },
  );
  document.addEventListener('focusin', () => {
    const pane = paneWithFocus();
    if (pane) showPane(pane);
  });
}
