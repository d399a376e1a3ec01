import { useSettings } from '../settings/settings-store';
import { useActions } from './action';
import { boundKeys, keyName } from './keymap';

/** All shortcuts of an action now, as they are shown. */
export function useKeys(id: string): string[] {
  const action = useActions(({ actions }) => actions.find((other) => other.id === id));
  const custom = useSettings(({ settings }) => settings.keys);
  return action ? boundKeys(action, custom).map((text) => keyName(text)) : [];
}

/** The first of them, for a tooltip; undefined for an action without. */
export function useKeyHint(id: string): string | undefined {
  return useKeys(id)[0];
}
