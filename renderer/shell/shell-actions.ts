import type { Theme } from '../../app/contract/settings';
import type { Action } from '../actions/action';
import { openPalette } from '../actions/palette';
import { changeSettings, useSettings } from '../settings/settings-store';
import { focusNextPane, focusPane, PANE_TITLES, PANES } from '../ui/panes';
import { setTheme } from '../ui/theme';
import { chooseModel, restartEngine } from './engine-store';
import { askForMachineNames } from './knowledge-store';

const ZOOM_STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const THEME_TITLES: Readonly<Record<Theme, string>> = {
  system: 'Theme of the system',
  light: 'Light theme',
  dark: 'Dark theme',
  contrast: 'High contrast theme',
};

const settings = () => useSettings.getState().settings;

function zoom(step: 1 | -1): void {
  const now = settings().zoom;
  const next =
    step > 0
      ? ZOOM_STEPS.find((size) => size > now + 0.01)
      : ZOOM_STEPS.findLast((size) => size < now - 0.01);
  if (next) changeSettings({ zoom: next });
}

/** What concerns the whole window. */
export const SHELL_ACTIONS: readonly Action[] = [
  { id: 'app.palette', title: 'Show all commands…', group: 'App', keys: ['Mod+Shift+P'], run: openPalette },
  {
    id: 'engine.chooseModel',
    title: 'Use the model in a folder…',
    group: 'App',
    run: () => chooseModel(false),
  },
  {
    id: 'engine.useShipped',
    title: 'Use the shipped model',
    group: 'App',
    available: () => settings().model !== null,
    run: () => chooseModel(true),
  },
  { id: 'engine.restart', title: 'Restart the model', group: 'App', run: restartEngine },
  {
    id: 'knowledge.machineNames',
    title: 'Offer names of this machine…',
    group: 'App',
    checked: () => settings().machineNames,
    run: () => void askForMachineNames(),
  },
  {
    id: 'app.quit',
    title: 'Quit',
    group: 'App',
    // Ctrl+Q is "go on" (XON) in a terminal. Windows closes with Alt+F4 by itself.
    keys: { mac: ['Cmd+Q'], windows: [], other: ['Ctrl+Shift+Q'] },
    run: () => window.close(),
  },
  {
    id: 'view.nextPane',
    title: 'Go to the next pane',
    group: 'View',
    keys: ['F6'],
    run: () => focusNextPane(1),
  },
  {
    id: 'view.previousPane',
    title: 'Go to the pane before',
    group: 'View',
    keys: ['Shift+F6'],
    run: () => focusNextPane(-1),
  },
  ...PANES.map(
    (pane, index): Action => ({
      id: `view.${pane}`,
      title: `Go to ${PANE_TITLES[pane]}`,
      group: 'View',
      keys: [`Mod+${index + 1}`],
      run: () => focusPane(pane),
    }),
  ),
  { id: 'view.zoomIn', title: 'Zoom in', group: 'View', keys: ['Mod+=', 'Mod++'], run: () => zoom(1) },
  { id: 'view.zoomOut', title: 'Zoom out', group: 'View', keys: ['Mod+-'], run: () => zoom(-1) },
  {
    id: 'view.zoomReset',
    title: 'Normal size',
    group: 'View',
    keys: ['Mod+0'],
    run: () => changeSettings({ zoom: 1 }),
  },
  ...(Object.keys(THEME_TITLES) as Theme[]).map(
    (theme): Action => ({
      id: `theme.${theme}`,
      title: THEME_TITLES[theme],
      group: 'View',
      checked: () => settings().theme === theme,
      run: () => setTheme(theme),
    }),
  ),
];
