import type { MenuGroup } from '../../app/contract/menu';
import { call } from '../bridge';
import { useSettings } from '../settings/settings-store';
import { notifyError } from '../ui/notices';
import { type Action, GROUPS, runAction, useActions } from './action';
import { boundKeys } from './keymap';

/** The group that comes first in the menu is the system's 'File'. */
const MENU_ORDER = ['App', ...GROUPS.filter((group) => group !== 'App')] as const;
const MENU_TITLES: Partial<Record<Action['group'], string>> = { App: 'File' };

/** Keeps the application menu showing the registry, and does what is chosen in it. */
export function linkMenu(): void {
  let shown = '';
  const show = () => {
    const groups = menuGroups();
    const text = JSON.stringify(groups);
    if (text === shown) return;
    shown = text;
    call('menu.show', { groups }).catch(notifyError);
  };
  show();
  useActions.subscribe(show);
  useSettings.subscribe(show);
  call('menu.watch', {}, { onEvent: ({ id }) => runAction(id) }).catch(notifyError);
}

/** Moves within the lines of a log and what the composer's own keys do are no use in a menu. */
function inMenu({ scope }: Action): boolean {
  return scope !== 'lines' && scope !== 'composer';
}

function menuGroups(): MenuGroup[] {
  const { actions } = useActions.getState();
  const { keys } = useSettings.getState().settings;
  return MENU_ORDER.map((group) => ({
    title: MENU_TITLES[group] ?? group,
    items: actions
      .filter((action) => action.group === group && inMenu(action))
      .map((action) => ({
        id: action.id,
        title: action.title,
        keys: boundKeys(action, keys)[0] ?? null,
        checked: action.checked?.() ?? null,
      })),
  }));
}
