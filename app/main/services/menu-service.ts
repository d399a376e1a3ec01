import type { MenuGroup } from '../../contract/menu';
import { type Service, untilAborted } from './service';

/** The application menu: what it shows comes from the window, what is chosen in it goes back there. */
export function menuService(
  show: (groups: readonly MenuGroup[], choose: (id: string) => void) => void,
): Service<'menu'> {
  const watchers = new Set<(event: { id: string }) => void>();
  return {
    'menu.show': ({ groups }) => {
      show(groups, (id) => {
        for (const watcher of watchers) watcher({ id });
      });
      return null;
    },
    'menu.watch': (_params, { emit, signal }) => {
      watchers.add(emit);
      signal.addEventListener('abort', () => watchers.delete(emit), { once: true });
      return untilAborted(signal);
    },
  };
}
