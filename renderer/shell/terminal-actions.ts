import type { Action } from '../actions/action';
import { TERMINAL_ACTIONS as ACTIONS } from '../terminal/actions';

/** The terminal's actions as the one list has them: their keys count while the keyboard is in a terminal. */
export const TERMINAL_ACTIONS: readonly Action[] = ACTIONS.map(({ id, title, keys, passes, run }) => ({
  id,
  title,
  group: 'Terminal',
  scope: 'terminal',
  keys,
  available: () => !passes?.(),
  run,
}));
