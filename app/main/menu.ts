import { Menu, type MenuItemConstructorOptions } from 'electron';
import { toAccelerator } from '../contract/keys';
import type { MenuGroup } from '../contract/menu';

/** What of the application menu is not the window's to say. */
export interface MenuFrame {
  readonly platform: string;
  /** Running from the source tree: with developer tools. */
  readonly developer: boolean;
}

/** Shows the window's groups between those that every system expects; `choose` gets what is picked. */
export function installMenu(
  frame: MenuFrame,
  groups: readonly MenuGroup[],
  choose: (id: string) => void,
): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(frame, groups, choose)));
}

/**
 * The menu as data. On Linux and Windows it only shows the shortcuts: the page listens for them, because it knows
 * whether a shell has the keyboard, and no label has an Alt letter, which is the shell's too. On a Mac the page is asked
 * first as well.
 */
export function menuTemplate(
  { platform, developer }: MenuFrame,
  groups: readonly MenuGroup[],
  choose: (id: string) => void,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const silent = mac ? {} : { registerAccelerator: false };
  const edit = (['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const).map(
    (role): MenuItemConstructorOptions => ({ role, ...silent }),
  );
  const shown = groups.map(
    ({ title, items }): MenuItemConstructorOptions & { submenu: MenuItemConstructorOptions[] } => ({
      label: plainLabel(title),
      submenu: items.map(({ id, title: label, keys, checked }) => {
        const accelerator = keys === null ? null : toAccelerator(keys, mac);
        return {
          id,
          label: plainLabel(label),
          ...(checked === null ? {} : { type: 'checkbox', checked }),
          ...(accelerator ? { accelerator, ...silent } : {}),
          click: () => choose(id),
        };
      }),
    }),
  );
  const view = shown.find(({ label }) => label === 'View');
  if (developer) {
    view?.submenu.push(
      { type: 'separator' },
      { role: 'toggleDevTools', accelerator: mac ? 'Alt+Cmd+I' : 'Ctrl+Shift+I' },
    );
  }
  const [first, ...rest] = shown;
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    ...(first ? [first] : []),
    { label: 'Edit', submenu: edit },
    ...rest,
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
  ];
}

/** In a label `&` marks an Alt letter; two are one that is shown. */
function plainLabel(text: string): string {
  return text.replaceAll('&', '&&');
}
