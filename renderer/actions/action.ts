import { create } from 'zustand';

export const GROUPS = ['Chat', 'Logs', 'Terminal', 'View', 'App'] as const;
export type Group = (typeof GROUPS)[number];

/**
 * Where keys count: the whole window; a pane (`data-pane`) and all in it; or one element alone that says so
 * (`data-keys`): the lines of a log, the box that a question is written in.
 */
export type Scope = 'window' | 'chat' | 'logs' | 'terminal' | 'lines' | 'composer';

/** Shortcuts as in app/contract/keys.ts. Where systems differ, a list for each. */
export type DefaultKeys =
  | readonly string[]
  | {
      readonly mac: readonly string[];
      readonly windows?: readonly string[];
      readonly other: readonly string[];
    };

/** Something that the person can do: by its keys, from the palette, the application menu, or a button. */
export interface Action {
  /** `area.verb`; settings name it, so it never changes. */
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  readonly keys?: DefaultKeys;
  /** Where its keys count; the window unless said. */
  readonly scope?: Scope;
  /** Where its keys without Ctrl, Alt or Cmd count, if that is a smaller place: letters are for writing elsewhere. */
  readonly plainScope?: Scope;
  /** The keys count even where a shell has a use for them; see `shellOwns`. */
  readonly overShell?: boolean;
  /** Whether it can be done now; its keys are left alone while it can't. */
  readonly available?: () => boolean;
  /** For one that is on or off. */
  readonly checked?: () => boolean;
  readonly run: () => unknown;
  /** What Shift with its keys does, where that is a variant of it, such as taking a selection along. */
  readonly runWithShift?: () => unknown;
}

/** All that can be done, in the order in which it was registered. The one list. */
export const useActions = create<{ readonly actions: readonly Action[] }>(() => ({ actions: [] }));

/** Adds actions; one with an id that is there already takes its place. */
export function registerActions(added: readonly Action[]): void {
  const ids = new Set(added.map(({ id }) => id));
  useActions.setState(({ actions }) => ({
    actions: [...actions.filter(({ id }) => !ids.has(id)), ...added],
  }));
}

export function actionOf(id: string): Action | null {
  return useActions.getState().actions.find((action) => action.id === id) ?? null;
}

export function isAvailable(action: Action): boolean {
  return action.available?.() ?? true;
}

/** Does it, if it can be done now. */
export function runAction(id: string): void {
  const action = actionOf(id);
  if (action && isAvailable(action)) action.run();
}
