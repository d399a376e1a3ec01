import { create } from 'zustand';
import type { InsertResult, TerminalState } from '../../app/contract/pty';
import { AppError } from '../../engine/contract/errors';
import { call } from '../bridge';
import { readStored, writeStored } from '../ui/stored';
import { type Direction, type Layout, leaf, neighbour, panesOf, removePane, splitPane } from './layout-tree';
import { readTabs, writeTabs } from './restore';

export type ShellState =
  | { readonly state: 'starting' }
  | { readonly state: 'running'; readonly id: string; readonly shell: string }
  | { readonly state: 'exited'; readonly exitCode: number; readonly signal: number | null }
  | { readonly state: 'unavailable'; readonly message: string };

/** How a terminal is opened; null for what is usual. */
export interface Origin {
  readonly profile: string | null;
  readonly target: string | null;
  readonly cwd: string | null;
}

export const USUAL: Origin = { profile: null, target: null, cwd: null };

/** One terminal: a screen and, most of the time, a shell on it. */
export interface PaneState {
  readonly pane: string;
  /** How its shell is started, the first time and again. */
  readonly origin: Origin;
  readonly shell: ShellState;
  /** What is known of the running shell; null before it has told, and after its end. */
  readonly told: TerminalState | null;
  /** What the program calls itself, cleaned; '' while it says nothing. Shown and never trusted. */
  readonly title: string;
  /** It rang while it did not have the keyboard. */
  readonly rang: boolean;
  readonly hasSelection: boolean;
  /** Goes up whenever a line was sent to the shell: folder and last command may be others now. */
  readonly linesSent: number;
  readonly searching: boolean;
  readonly asking: boolean;
}

export interface TerminalTab {
  readonly id: string;
  readonly layout: Layout;
  /** The pane of it that has the keyboard, or had it last. */
  readonly focused: string;
}

interface TerminalStore {
  /** One at least. */
  readonly tabs: readonly TerminalTab[];
  readonly active: string;
  readonly panes: Readonly<Record<string, PaneState>>;
  /** Readable by assistive technology: xterm's accessibility tree on, drawn as elements instead of WebGL. */
  readonly screenReader: boolean;
}

/** Its name stays its own over restarts, as its text is kept under it. */
function newPane(origin: Origin, pane: string = crypto.randomUUID()): PaneState {
  return {
    pane,
    origin,
    told: null,
    shell: { state: 'starting' },
    title: '',
    rang: false,
    hasSelection: false,
    linesSent: 0,
    searching: false,
    asking: false,
  };
}

function tabOf(pane: string): TerminalTab {
  return { id: `tab-${pane}`, layout: leaf(pane), focused: pane };
}

function oneTab(): Pick<TerminalStore, 'tabs' | 'active' | 'panes'> {
  const first = newPane(USUAL);
  const tab = tabOf(first.pane);
  return { tabs: [tab], active: tab.id, panes: { [first.pane]: first } };
}

/** The tabs of the last time, or else one. */
function firstTabs(): Pick<TerminalStore, 'tabs' | 'active' | 'panes'> {
  const stored = readTabs();
  if (!stored) return oneTab();
  const names = stored.tabs.flatMap(({ layout }) => panesOf(layout));
  const whole = stored.tabs.every(({ layout, focused }) => panesOf(layout).includes(focused));
  if (!whole || new Set(names).size !== names.length) return oneTab();
  const panes = Object.fromEntries(names.map((pane) => [pane, newPane(stored.origins[pane] ?? USUAL, pane)]));
  return { tabs: stored.tabs, active: stored.active, panes };
}

export const useTerminals = create<TerminalStore>(() => ({
  ...firstTabs(),
  screenReader:
    readStored('screenReader') === '1' || new URLSearchParams(location.search).get('screenReader') === '1',
}));

// Folders change with each `cd`; the rest only when tabs do.
useTerminals.subscribe(({ tabs, active, panes }, before) => {
  if (tabs === before.tabs && active === before.active && panes === before.panes) return;
  const origins = Object.values(panes).map(({ pane, origin }) => [pane, origin] as const);
  writeTabs({
    active,
    tabs: tabs.map(({ id, layout, focused }) => ({ id, layout: structuredClone(layout) as never, focused })),
    origins: Object.fromEntries(origins),
  });
});

/** The tab that is shown. */
export function activeTab({ tabs, active }: TerminalStore): TerminalTab {
  const tab = tabs.find(({ id }) => id === active) ?? tabs[0];
  if (!tab) throw new AppError('internal', 'The terminal has no tab.');
  return tab;
}

/** The terminal that the keyboard is on, or was on last. */
export function activeTerminal(state: TerminalStore): PaneState {
  const { focused } = activeTab(state);
  const pane = state.panes[focused];
  if (!pane) throw new AppError('internal', `There is no terminal ${focused}.`);
  return pane;
}

/** A part of the terminal that the keyboard is on, or was on last. */
export function useActiveTerminal<T>(select: (terminal: PaneState) => T): T {
  return useTerminals((state) => select(activeTerminal(state)));
}

/** Changes one terminal; of one that is closed nothing is kept. */
export function updateTerminal(pane: string, change: Partial<PaneState>): void {
  useTerminals.setState(({ panes }) => {
    const before = panes[pane];
    if (!before) return {};
    const same = Object.entries(change).every(([key, value]) => before[key as keyof PaneState] === value);
    return same ? {} : { panes: { ...panes, [pane]: { ...before, ...change } } };
  });
}

/** The folder in which its next shell starts; it outlives the shell, which may end before the app does. */
export function keepFolder(pane: string, cwd: string | null): void {
  const { origin } = useTerminals.getState().panes[pane] ?? {};
  if (origin && cwd !== null && origin.cwd !== cwd) updateTerminal(pane, { origin: { ...origin, cwd } });
}

export function countLineSent(pane: string): void {
  const before = useTerminals.getState().panes[pane]?.linesSent ?? 0;
  updateTerminal(pane, { linesSent: before + 1 });
}

/** Adds a tab after the one that is shown, and shows it. Returns its pane. */
export function addTab(origin: Origin): string {
  const made = newPane(origin);
  const tab = tabOf(made.pane);
  useTerminals.setState(({ tabs, active, panes }) => {
    const at = tabs.findIndex(({ id }) => id === active) + 1;
    return {
      tabs: [...tabs.slice(0, at), tab, ...tabs.slice(at)],
      active: tab.id,
      panes: { ...panes, [made.pane]: made },
    };
  });
  return made.pane;
}

/** Divides a pane of the shown tab; the new one gets the keyboard. Returns the new pane. */
export function addSplit(pane: string, direction: Direction, origin: Origin): string {
  const made = newPane(origin);
  useTerminals.setState((state) => {
    const shown = activeTab(state);
    const layout = splitPane(shown.layout, pane, direction, made.pane);
    const tab = { ...shown, layout, focused: made.pane };
    return {
      tabs: state.tabs.map((other) => (other.id === tab.id ? tab : other)),
      panes: { ...state.panes, [made.pane]: made },
    };
  });
  return made.pane;
}

/** Takes a pane away, and its tab with the last one; a new tab takes the place of the very last. */
export function dropPane(pane: string): void {
  useTerminals.setState((state) => {
    const index = state.tabs.findIndex(({ layout }) => panesOf(layout).includes(pane));
    const tab = state.tabs[index];
    if (!tab) return {};
    const { [pane]: _gone, ...panes } = state.panes;
    const layout = removePane(tab.layout, pane);
    if (layout) {
      const focused = tab.focused === pane ? (neighbour(tab.layout, pane) ?? tab.focused) : tab.focused;
      const tabs = state.tabs.map((other) => (other.id === tab.id ? { ...tab, layout, focused } : other));
      return { tabs, panes };
    }
    const tabs = state.tabs.filter(({ id }) => id !== tab.id);
    if (tabs.length === 0) return oneTab();
    const next = state.active === tab.id ? (tabs[Math.max(0, index - 1)]?.id ?? state.active) : state.active;
    return { tabs, panes, active: next };
  });
}

export function showTab(id: string): void {
  useTerminals.setState({ active: id });
}

/** Notes where the keyboard is. */
export function setFocused(pane: string): void {
  updateTerminal(pane, { rang: false });
  useTerminals.setState(({ tabs }) => {
    const tab = tabs.find(({ layout }) => panesOf(layout).includes(pane));
    if (!tab || tab.focused === pane) return {};
    return { tabs: tabs.map((other) => (other === tab ? { ...tab, focused: pane } : other)) };
  });
}

export function setScreenReader(screenReader: boolean): void {
  writeStored('screenReader', screenReader ? '1' : '0');
  useTerminals.setState({ screenReader });
}

/** Puts a command on the prompt of the terminal in use. The main process takes out what could run it. */
export async function insertCommand(command: string): Promise<InsertResult> {
  const { shell } = activeTerminal(useTerminals.getState());
  if (shell.state !== 'running') {
    throw new AppError('unavailable', 'No shell is running in the terminal.');
  }
  return call('terminal.insert', { id: shell.id, command });
}
