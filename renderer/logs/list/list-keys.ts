/** What a key does while the lines have the keyboard. Letters are those of lnav. */
export type ListAction =
  | 'up'
  | 'down'
  | 'pageUp'
  | 'pageDown'
  | 'top'
  | 'end'
  | 'nextError'
  | 'previousError'
  | 'nextWarning'
  | 'previousWarning'
  | 'nextMatch'
  | 'previousMatch'
  | 'bookmark'
  | 'nextBookmark'
  | 'previousBookmark'
  | 'search'
  | 'goTo'
  | 'whole'
  | 'related'
  | 'follow'
  | 'histogram'
  | 'sql'
  | 'selectAll'
  | 'copy'
  | 'copyNumbered'
  | 'menu'
  | 'escape'
  | 'help';

interface Key {
  readonly action: ListAction;
  /** As `KeyboardEvent.key`; 'Ctrl+' stands for Cmd on a Mac. */
  readonly keys: readonly string[];
  readonly label: string;
}

/** All keys, in the order in which the help shows them. */
export const LIST_KEYS: readonly Key[] = [
  { action: 'down', keys: ['j', 'ArrowDown'], label: 'Next line' },
  { action: 'up', keys: ['k', 'ArrowUp'], label: 'Previous line' },
  { action: 'pageDown', keys: [' ', 'PageDown'], label: 'Page down' },
  { action: 'pageUp', keys: ['b', 'PageUp'], label: 'Page up' },
  { action: 'top', keys: ['g', 'Home'], label: 'First line' },
  { action: 'end', keys: ['G', 'End'], label: 'Last line; stays at the end while the log grows' },
  { action: 'goTo', keys: [':', 'Ctrl+g'], label: 'Go to a line or time' },
  { action: 'search', keys: ['/', 'Ctrl+f'], label: 'Search' },
  { action: 'nextMatch', keys: ['n', 'F3'], label: 'Next match' },
  { action: 'previousMatch', keys: ['N', 'Shift+F3'], label: 'Previous match' },
  { action: 'nextError', keys: ['e'], label: 'Next error' },
  { action: 'previousError', keys: ['E'], label: 'Previous error' },
  { action: 'nextWarning', keys: ['w'], label: 'Next warning' },
  { action: 'previousWarning', keys: ['W'], label: 'Previous warning' },
  { action: 'bookmark', keys: ['m'], label: 'Set or remove a bookmark' },
  { action: 'nextBookmark', keys: ['u'], label: 'Next bookmark' },
  { action: 'previousBookmark', keys: ['U'], label: 'Previous bookmark' },
  { action: 'whole', keys: ['Enter'], label: 'Show the whole line' },
  { action: 'related', keys: ['r'], label: 'Lines with the same ids' },
  { action: 'follow', keys: ['F'], label: 'Follow the file' },
  { action: 'histogram', keys: ['i'], label: 'Histogram' },
  { action: 'sql', keys: [';'], label: 'SQL' },
  { action: 'selectAll', keys: ['Ctrl+a'], label: 'Select all lines' },
  { action: 'copy', keys: ['Ctrl+c'], label: 'Copy the selected lines' },
  { action: 'copyNumbered', keys: ['Ctrl+Shift+c'], label: 'Copy with line numbers' },
  { action: 'menu', keys: ['Shift+F10', 'ContextMenu'], label: 'Menu of the line' },
  { action: 'escape', keys: ['Escape'], label: 'Close the search' },
  { action: 'help', keys: ['?'], label: 'This list' },
];

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const ACTIONS = new Map(LIST_KEYS.flatMap(({ action, keys }) => keys.map((key) => [key, action] as const)));

/** The action of a key, and whether it takes the selection along (Shift with a key that moves). */
export function listAction(press: KeyPress): { action: ListAction; extend: boolean } | null {
  if (press.altKey) return null;
  const held = press.ctrlKey || press.metaKey;
  // With Shift, a letter comes as a capital; behind Ctrl it is written small here.
  const key = held ? press.key.toLowerCase() : press.key;
  const named = press.key.length > 1;
  const prefix = `${held ? 'Ctrl+' : ''}${press.shiftKey && (held || named) ? 'Shift+' : ''}`;
  const action = ACTIONS.get(`${prefix}${named ? press.key : key}`);
  if (action) return { action, extend: false };
  const moving = press.shiftKey && named && !held ? ACTIONS.get(press.key) : undefined;
  return moving && MOVES.has(moving) ? { action: moving, extend: true } : null;
}

const MOVES: ReadonlySet<ListAction> = new Set(['up', 'down', 'pageUp', 'pageDown', 'top', 'end']);

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowDown: '↓',
  ArrowUp: '↑',
  PageDown: 'Page Down',
  PageUp: 'Page Up',
  ContextMenu: 'Menu',
  Escape: 'Esc',
};

/** A key as it is written on keyboards: 'Ctrl+G', '↓', 'Space'. Plain letters keep their case, which counts. */
export function keyName(key: string): string {
  const parts = key.split('+');
  const last = parts.at(-1) ?? '';
  const name = NAMES[key] ?? (parts.length > 1 && last.length === 1 ? last.toUpperCase() : last);
  return [...parts.slice(0, -1), name].join('+');
}
