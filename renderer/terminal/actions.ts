import { confirm } from '../ui/confirm';
import { notify } from '../ui/notices';
import { focusPane } from '../ui/panes';
import { openBlockMenu } from './block-menu';
import { type KeyPress, type Keys, pressed } from './keys';
import { type Box, type Direction, paneOnSide, panesOf, type Side } from './layout-tree';
import { allInstances, instanceOf, type TerminalInstance } from './terminal-instance';
import {
  activeTab,
  activeTerminal,
  addSplit,
  addTab,
  dropPane,
  type Origin,
  setFocused,
  showTab,
  USUAL,
  updateTerminal,
  useTerminals,
} from './terminal-store';

type Platform = 'mac' | 'windows' | 'linux';
const agent = navigator.userAgent;
export const PLATFORM: Platform = agent.includes('Macintosh')
  ? 'mac'
  : agent.includes('Windows')
    ? 'windows'
    : 'linux';

/** Something that can be done in the terminal, from its keys, its menu, or elsewhere in the window. */
export interface TerminalAction {
  readonly id: string;
  readonly title: string;
  /** The first is shown. Taken only while the keyboard is in a terminal. */
  readonly keys: readonly Keys[];
  /** Not done by these keys just now, so that the shell gets them. */
  readonly passes?: () => boolean;
  readonly run: () => void;
}

/** Keys per system. Plain Ctrl and Alt letters are the shell's, but for those that terminals everywhere take. */
function keys(mac: readonly Keys[], linux: readonly Keys[], windows = linux): readonly Keys[] {
  return { mac, linux, windows }[PLATFORM];
}

const current = () => activeTerminal(useTerminals.getState()).pane;
const instance = (): TerminalInstance | null => instanceOf(current());

/** Without marks of the shell, or over a program that fills the screen, these keys are the shell's. */
function noBlocks(): boolean {
  const at = instance();
  return !at || at.screen.terminal.buffer.active.type === 'alternate' || at.blocks.last() === null;
}

/** The menu of the command that was gone to, or else of the last one. */
function openCurrentBlock(): void {
  const at = instance();
  const block = at?.gutter.current ?? at?.blocks.last()?.block.id;
  if (!at || block === undefined) return;
  const place = at.gutter.placeOf(block) ?? at.screen.element.getBoundingClientRect();
  openBlockMenu(at.pane, block, { x: place.left + 20, y: place.top });
}

/** Opens the line over the prompt; elsewhere says why there is none. */
function askAtPrompt(): void {
  const { pane, told } = activeTerminal(useTerminals.getState());
  if (told?.activity === 'prompt') updateTerminal(pane, { asking: true });
  else notify(told?.whyNot ?? 'No shell is at its prompt in this terminal.');
}

export const TERMINAL_ACTIONS: readonly TerminalAction[] = [
  {
    id: 'terminal.newTab',
    title: 'New terminal tab',
    keys: keys(['Cmd+T'], ['Ctrl+Shift+T']),
    run: () => focusTerminal(addTab(sameFolder())),
  },
  {
    id: 'terminal.splitRight',
    title: 'Split terminal to the right',
    keys: keys(['Cmd+D'], ['Ctrl+Shift+D']),
    run: () => split('row'),
  },
  {
    id: 'terminal.splitDown',
    title: 'Split terminal downwards',
    keys: keys(['Cmd+Shift+D'], ['Ctrl+Shift+E']),
    run: () => split('column'),
  },
  {
    id: 'terminal.close',
    title: 'Close terminal',
    keys: keys(['Cmd+W'], ['Ctrl+Shift+W']),
    run: () => void closeTerminal(current()),
  },
  {
    id: 'terminal.nextTab',
    title: 'Next terminal tab',
    keys: keys(['Cmd+Shift+]', 'Ctrl+Tab'], ['Ctrl+Tab']),
    run: () => stepTab(1),
  },
  {
    id: 'terminal.previousTab',
    title: 'Previous terminal tab',
    keys: keys(['Cmd+Shift+[', 'Ctrl+Shift+Tab'], ['Ctrl+Shift+Tab']),
    run: () => stepTab(-1),
  },
  ...(['left', 'right', 'up', 'down'] as const).map(
    (side): TerminalAction => ({
      id: `terminal.focus-${side}`,
      title: `Focus the terminal ${{ left: 'to the left', right: 'to the right', up: 'above', down: 'below' }[side]}`,
      keys: keys([`Cmd+Alt+${arrow(side)}`], [`Ctrl+Shift+${arrow(side)}`]),
      run: () => focusSide(side),
    }),
  ),
  {
    id: 'terminal.find',
    title: 'Find in terminal',
    keys: keys(['Cmd+F'], ['Ctrl+Shift+F']),
    run: () => updateTerminal(current(), { searching: true }),
  },
  {
    id: 'terminal.previousCommand',
    title: 'Go to the command before',
    keys: keys(['Cmd+ArrowUp'], ['Ctrl+ArrowUp']),
    passes: noBlocks,
    run: () => instance()?.jump(-1),
  },
  {
    id: 'terminal.nextCommand',
    title: 'Go to the command after',
    keys: keys(['Cmd+ArrowDown'], ['Ctrl+ArrowDown']),
    passes: noBlocks,
    run: () => instance()?.jump(1),
  },
  {
    id: 'terminal.commandMenu',
    title: 'Menu of the last command',
    keys: keys(['Cmd+Shift+M'], ['Ctrl+Shift+M', 'ContextMenu']),
    passes: noBlocks,
    run: openCurrentBlock,
  },
  {
    id: 'terminal.ask',
    title: 'Ask for a command at the prompt',
    keys: keys(['Cmd+I'], ['Ctrl+I']),
    run: askAtPrompt,
  },
  {
    id: 'terminal.copy',
    title: 'Copy from terminal',
    keys: keys(['Cmd+C'], ['Ctrl+Shift+C', 'Ctrl+Insert'], ['Ctrl+Shift+C', 'Ctrl+Insert']),
    run: () => void instance()?.clipboard.copy(),
  },
  {
    id: 'terminal.copyOrInterrupt',
    title: 'Copy the selection, or interrupt the program',
    keys: keys([], [], ['Ctrl+C']),
    passes: () => !instance()?.screen.terminal.hasSelection(),
    run: () => {
      instance()?.clipboard.copy();
      instance()?.screen.terminal.clearSelection();
    },
  },
  {
    id: 'terminal.paste',
    title: 'Paste into terminal',
    keys: keys(['Cmd+V'], ['Ctrl+Shift+V', 'Shift+Insert'], ['Ctrl+V', 'Ctrl+Shift+V', 'Shift+Insert']),
    run: () => instance()?.clipboard.paste(),
  },
  {
    id: 'terminal.selectAll',
    title: 'Select all in terminal',
    keys: keys(['Cmd+A'], ['Ctrl+Shift+A']),
    run: () => instance()?.screen.terminal.selectAll(),
  },
  {
    id: 'terminal.clear',
    title: 'Clear terminal',
    keys: keys(['Cmd+K'], ['Ctrl+Shift+K']),
    run: () => instance()?.screen.terminal.clear(),
  },
  {
    id: 'terminal.restart',
    title: 'Restart shell',
    keys: [],
    run: () => restartShell(current()),
  },
];

/** The keys of an action as they are shown; undefined for one without. */
export function keysOf(id: string): Keys | undefined {
  return TERMINAL_ACTIONS.find((action) => action.id === id)?.keys[0];
}

/** Does what the keys stand for; false leaves them to the shell. */
export function runTerminalKey(press: KeyPress): boolean {
  const action = TERMINAL_ACTIONS.find(({ keys: all }) => all.some((each) => pressed(press, each)));
  if (!action || action.passes?.()) return false;
  action.run();
  return true;
}

function arrow(side: Side): string {
  return { left: 'ArrowLeft', right: 'ArrowRight', up: 'ArrowUp', down: 'ArrowDown' }[side];
}

/** A new terminal of the usual kind, in the folder of the one in use. */
function sameFolder(): Origin {
  return { ...USUAL, cwd: activeTerminal(useTerminals.getState()).told?.cwd ?? null };
}

function split(direction: Direction): void {
  focusTerminal(addSplit(current(), direction, sameFolder()));
}

/** Puts the keyboard on a terminal, once it is on the page. */
export function focusTerminal(pane: string): void {
  setFocused(pane);
  focusPane('terminal');
}

export function openTab(id: string): void {
  showTab(id);
  focusPane('terminal');
}

export function restartShell(pane: string): void {
  instanceOf(pane)?.restart();
  focusTerminal(pane);
}

function stepTab(step: number): void {
  const { tabs, active } = useTerminals.getState();
  const index = tabs.findIndex(({ id }) => id === active);
  const next = tabs[(index + step + tabs.length) % tabs.length];
  if (next) openTab(next.id);
}

function focusSide(side: Side): void {
  const shown = new Set(panesOf(activeTab(useTerminals.getState()).layout));
  const boxes = new Map<string, Box>();
  for (const { pane, screen } of allInstances())
    if (shown.has(pane)) boxes.set(pane, screen.element.getBoundingClientRect());
  const next = paneOnSide(boxes, current(), side);
  if (next) focusTerminal(next);
}

/** Closes a terminal and ends its shell; while a program runs in it, after a question. False when it stays. */
export async function closeTerminal(pane: string): Promise<boolean> {
  const program = useTerminals.getState().panes[pane]?.told?.program;
  if (program) {
    const yes = await confirm({
      title: 'Close this terminal?',
      text: `${program} still runs in it and would be ended.`,
      confirm: 'Close',
      danger: true,
    });
    if (!yes) return false;
  }
  const had = instanceOf(pane)?.screen.element.contains(document.activeElement) ?? false;
  dropPane(pane);
  if (had || document.activeElement === document.body) focusPane('terminal');
  return true;
}

/** Closes a tab with all its terminals, up to the first that is to stay. */
export async function closeTab(id: string): Promise<void> {
  const tab = useTerminals.getState().tabs.find((other) => other.id === id);
  for (const pane of tab ? panesOf(tab.layout) : []) if (!(await closeTerminal(pane))) return;
}
