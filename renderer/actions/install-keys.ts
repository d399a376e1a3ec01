import { useSettings } from '../settings/settings-store';
import { isAvailable, type Scope, useActions } from './action';
import { chordOf, isPlain } from './key-press';
import { findActions } from './keymap';

/** Actions that are done while a dialog waits for an answer: how the page is shown. */
const IN_DIALOGS = /^(view\.zoom|theme\.)/;

/** The scopes of an element, the smallest first. */
export function scopesOf(target: Element | null): Scope[] {
  const own = target instanceof HTMLElement ? target.dataset.keys : undefined;
  const pane = target?.closest<HTMLElement>('[data-pane]')?.dataset.pane;
  return [own, pane, 'window'].filter((name): name is Scope => name !== undefined);
}

/** Fields of text; the terminal's is one to the page, but it is the shell that gets its keys. */
function takesText(target: Element | null): boolean {
  if (!(target instanceof HTMLElement) || target.closest('[data-pane="terminal"] .xterm')) return false;
  return (
    target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])')
  );
}

/** Listens for shortcuts everywhere, before anything else sees them, so that no pane is a trap. */
export function installKeys(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      // While an input method composes, keys pick a candidate. 229 is how older ones say so.
      if (event.isComposing || event.keyCode === 229 || event.getModifierState('AltGraph')) return;
      const chord = chordOf(event);
      if (!chord) return;
      const target = event.target instanceof Element ? event.target : null;
      let scopes = scopesOf(target);
      // Plain keys write; in a field they count only where the field itself asks for them.
      if (isPlain(chord) && takesText(target)) scopes = scopes.filter((scope) => scope === 'composer');
      const { actions } = useActions.getState();
      const found = findActions(chord, scopes, actions, useSettings.getState().settings.keys);
      const asked = document.querySelector('dialog:modal') !== null;
      const first = found.find(({ action }) => isAvailable(action) && (!asked || IN_DIALOGS.test(action.id)));
      if (!first) return;
      event.preventDefault();
      event.stopPropagation();
      void (first.withShift ? first.action.runWithShift?.() : first.action.run());
    },
    { capture: true },
  );
}
