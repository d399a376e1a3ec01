import { create } from 'zustand';
import type { Surroundings } from '../../app/contract/window-api';
import { call } from '../bridge';
import { activeTerminal, useTerminals } from '../terminal/terminal-store';

interface SurroundingsStore {
  readonly system: Surroundings['system'] | null;
  readonly folder: Surroundings['folder'];
}

/** Where requests are made: the system, and the folder that the terminal is in. */
export const useSurroundings = create<SurroundingsStore>(() => ({ system: null, folder: null }));

let latest = 0;

/** Looks again. An answer that another one overtook is dropped. */
export async function refreshSurroundings(): Promise<void> {
  const { shell } = activeTerminal(useTerminals.getState());
  const own = ++latest;
  try {
    const terminal = shell.state === 'running' ? shell.id : null;
    const found = await call('context.here', { terminal });
    if (own === latest) useSurroundings.setState(found);
  } catch {
    // The terminal process is being started again; without it no folder is known.
    if (own === latest) useSurroundings.setState({ folder: null });
  }
}

/** A `cd` has been done by then; a longer command is caught when the composer is entered. */
const AFTER_LINE_MS = 300;

export function watchSurroundings(): void {
  void refreshSurroundings();
  useTerminals.subscribe((state, previous) => {
    if (state === previous) return;
    const now = activeTerminal(state);
    const before = activeTerminal(previous);
    if (now.shell !== before.shell) void refreshSurroundings();
    else if (now.linesSent !== before.linesSent) setTimeout(() => void refreshSurroundings(), AFTER_LINE_MS);
  });
}
