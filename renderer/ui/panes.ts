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

/** On to the next pane, or back to the one before. */
export function focusNextPane(step: 1 | -1): void {
  const current = paneWithFocus();
  const index = current === null ? -1 : PANES.indexOf(current);
  const next = current === null ? PANES[0] : PANES[(index + step + PANES.length) % PANES.length];
  focusPane(next ?? 'chat');
}

/** Keeps `active` at the pane that has the keyboard. */
export function watchFocus(): void {
  document.addEventListener('focusin', () => {
    const pane = paneWithFocus();
    if (pane) showPane(pane);
  });
}
