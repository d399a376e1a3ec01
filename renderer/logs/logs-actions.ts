import type { LogDocument } from '../../engine/contract/logs';
import type { Action } from '../actions/action';
import { toggleBookmark } from './bookmarks/bookmarks-store';
import { cursorOf } from './cursor-store';
import { canFollow, toggleFollow } from './follow';
import { hasList, type ListAction, runInList } from './list/list-runner';
import { toggleOption, useLogOptions } from './log-options';
import { activeDocument } from './logs-store';
import { chooseFiles, pasteClipboard } from './open-logs';
import { stepBookmark, stepSeverity } from './steps';
import { closeSearch, openSearch, stepMatch } from './view-actions';
import { changeView, PANEL_TITLES, PANELS, showPanel, togglePanel, viewOf } from './view-store';

type Rest = Pick<Action, 'keys' | 'scope' | 'plainScope' | 'checked'> & {
  /** Besides that a log is open. */
  readonly if?: (document: LogDocument) => boolean;
};

/** Something that is done with the log in front. */
function forLog(id: string, title: string, run: (document: LogDocument) => unknown, rest: Rest): Action {
  const { if: condition, ...others } = rest;
  return {
    id: `log.${id}`,
    title,
    group: 'Logs',
    ...others,
    available: () => {
      const document = activeDocument();
      return document !== null && (condition?.(document) ?? true);
    },
    run: () => {
      const document = activeDocument();
      if (document) run(document);
    },
  };
}

/** A key of the lines. Letters are those of lnav. */
const onLines = (
  id: string,
  title: string,
  keys: readonly string[],
  run: (document: LogDocument) => unknown,
) => forLog(id, title, run, { keys, scope: 'lines', if: hasList });

/** A move in the lines: Shift takes the selection along. */
function move(action: ListAction, title: string, keys: readonly string[]): Action {
  return {
    ...onLines(action, title, keys, () => runInList(action)),
    runWithShift: () => runInList(action, true),
  };
}

const hasLines = ({ lineCount }: LogDocument) => lineCount > 0;
const searching = ({ id }: LogDocument) => viewOf(id).search.open;
const searchOpen = () => {
  const document = activeDocument();
  return document !== null && searching(document);
};
/** Text that was selected with the pointer is copied by the browser. */
const noTextSelected = () => hasList() && getSelection()?.isCollapsed !== false;

export const LOGS_ACTIONS: readonly Action[] = [
  {
    id: 'logs.open',
    title: 'Open logs…',
    group: 'Logs',
    keys: ['Mod+O', 'Mod+Shift+O'],
    run: () => void chooseFiles(),
  },
  { id: 'logs.paste', title: 'Open the clipboard as a log', group: 'Logs', run: () => void pasteClipboard() },
  forLog('search', 'Search in the log', ({ id }) => openSearch(id), {
    keys: ['Mod+F', '/'],
    plainScope: 'lines',
    if: hasLines,
  }),
  forLog('nextMatch', 'Next match', ({ id }) => stepMatch(id, true), {
    keys: ['F3', 'N'],
    plainScope: 'lines',
    if: searching,
  }),
  forLog('previousMatch', 'Previous match', ({ id }) => stepMatch(id, false), {
    keys: ['Shift+F3', 'Shift+N'],
    plainScope: 'lines',
    if: searching,
  }),
  forLog('goTo', 'Go to a line or time', ({ id }) => changeView(id, { asking: true }), {
    keys: ['Mod+G', ':'],
    plainScope: 'lines',
    if: hasLines,
  }),
  forLog('filter', 'Filter the lines', ({ id }) => changeView(id, { filtering: !viewOf(id).filtering }), {}),
  forLog('follow', 'Follow the file', toggleFollow, { keys: ['Shift+F'], scope: 'lines', if: canFollow }),
  forLog('histogram', 'Histogram', () => toggleOption('histogram'), {
    keys: ['I'],
    scope: 'lines',
    checked: () => useLogOptions.getState().histogram,
  }),
  forLog('wrap', 'Wrap lines', () => toggleOption('wrap'), { checked: () => useLogOptions.getState().wrap }),
  forLog('times', 'Time of each line', () => toggleOption('times'), {
    checked: () => useLogOptions.getState().times,
    if: ({ time }) => time !== null,
  }),
  ...PANELS.filter((panel) => panel !== 'related').map((panel) =>
    forLog(panel, `Panel: ${PANEL_TITLES[panel]}`, ({ id }) => togglePanel(id, panel), {
      scope: 'lines',
      ...(panel === 'sql' ? { keys: [';'] } : {}),
    }),
  ),
  move('down', 'Next line', ['J', 'ArrowDown']),
  move('up', 'Previous line', ['K', 'ArrowUp']),
  move('pageDown', 'Page down', ['Space', 'PageDown']),
  move('pageUp', 'Page up', ['B', 'PageUp']),
  move('top', 'First line', ['G', 'Home']),
  move('end', 'Last line; stays at the end while the log grows', ['Shift+G', 'End']),
  onLines('nextError', 'Next error', ['E'], ({ id }) => stepSeverity(id, 'error', true)),
  onLines('previousError', 'Previous error', ['Shift+E'], ({ id }) => stepSeverity(id, 'error', false)),
  onLines('nextWarning', 'Next warning', ['W'], ({ id }) => stepSeverity(id, 'warning', true)),
  onLines('previousWarning', 'Previous warning', ['Shift+W'], ({ id }) => stepSeverity(id, 'warning', false)),
  onLines('bookmark', 'Set or remove a bookmark', ['M'], ({ id }) => toggleBookmark(id, cursorOf(id).line)),
  onLines('nextBookmark', 'Next bookmark', ['U'], ({ id }) => stepBookmark(id, true)),
  onLines('previousBookmark', 'Previous bookmark', ['Shift+U'], ({ id }) => stepBookmark(id, false)),
  onLines('whole', 'Show the whole line', ['Enter'], () => runInList('whole')),
  onLines('related', 'Lines with the same ids', ['R'], ({ id }) => {
    changeView(id, { related: cursorOf(id).line });
    showPanel(id, 'related');
  }),
  onLines('selectAll', 'Select all lines', ['Mod+A'], () => runInList('selectAll')),
  {
    ...onLines('copy', 'Copy the selected lines', ['Mod+C'], () => runInList('copy')),
    available: noTextSelected,
  },
  onLines('copyNumbered', 'Copy with line numbers', ['Mod+Shift+C'], () => runInList('copyNumbered')),
  onLines('menu', 'Menu of the line', ['Shift+F10', 'ContextMenu'], () => runInList('menu')),
  {
    ...onLines('escape', 'Close the search', ['Escape'], ({ id }) => closeSearch(id)),
    available: searchOpen,
  },
  forLog('help', 'Keys of the log', ({ id }) => changeView(id, { helping: true }), {
    keys: ['?'],
    scope: 'lines',
  }),
];
