import { type Chord, chordText, parseChord } from '../../app/contract/keys';
import type { Settings } from '../../app/contract/settings';
import type { Action, Scope } from './action';
import { isPlain, shellOwns } from './key-press';
import { keysOn, MAC, PLATFORM } from './platform';

/** The shortcuts of an action: those of the person, or its own. Each in its one way of writing. */
export function boundKeys(action: Action, custom: Settings['keys']): string[] {
  const texts = custom[action.id] ?? keysOn(action.keys, PLATFORM);
  return texts.flatMap((text) => {
    const chord = parseChord(text, MAC);
    return chord ? [chordText(chord)] : [];
  });
}

/** Where one of an action's shortcuts counts. */
export function scopeOf({ scope = 'window', plainScope = scope }: Action, chord: Chord): Scope {
  return isPlain(chord) ? plainScope : scope;
}

const PANE_OF: Partial<Record<Scope, Scope>> = { lines: 'logs', composer: 'chat' };

/** Scopes in which `scope` lies, itself first. */
function around(scope: Scope): Scope[] {
  const outer = scope === 'window' ? undefined : (PANE_OF[scope] ?? 'window');
  return outer ? [scope, ...around(outer)] : [scope];
}

export interface Found {
  readonly action: Action;
  /** It is the action's key with Shift; see `runWithShift`. */
  readonly withShift: boolean;
}

/**
 * The actions of a shortcut where the keyboard is, the one of the smallest scope first. `scopes` are those of that place.
 */
export function findActions(
  chord: Chord,
  scopes: readonly Scope[],
  actions: readonly Action[],
  custom: Settings['keys'],
): Found[] {
  const inTerminal = scopes.includes('terminal');
  const matching = (wanted: Chord, withShift: boolean) => {
    const text = chordText(wanted);
    return actions
      .filter(
        (action) =>
          (!withShift || action.runWithShift) &&
          scopes.includes(scopeOf(action, wanted)) &&
          (!inTerminal || !shellOwns(chord) || action.overShell) &&
          boundKeys(action, custom).includes(text),
      )
      .map((action) => ({ action, withShift, rank: scopes.indexOf(scopeOf(action, wanted)) }))
      .sort((a, b) => a.rank - b.rank);
  };
  const exact = matching(chord, false);
  return exact.length > 0 || !chord.shift ? exact : matching({ ...chord, shift: false }, true);
}

/** Actions that have the same shortcut where both would count. */
export function conflictsOf(
  action: Action,
  text: string,
  actions: readonly Action[],
  custom: Settings['keys'],
): Action[] {
  const chord = parseChord(text, MAC);
  if (!chord) return [];
  const wanted = chordText(chord);
  const mine = scopeOf(action, chord);
  return actions.filter((other) => {
    if (other.id === action.id || !boundKeys(other, custom).includes(wanted)) return false;
    const theirs = scopeOf(other, chord);
    return around(mine).includes(theirs) || around(theirs).includes(mine);
  });
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Escape: 'Esc',
  ContextMenu: 'Menu',
};

/** A shortcut as it stands on keyboards: `Ctrl+Shift+P`, `⇧⌘P`, `Shift+E`, `?`. */
export function keyName(text: string, mac = MAC): string {
  const chord = parseChord(text, mac);
  if (!chord) return text;
  const key = SIGNS[chord.key] ?? chord.key;
  if (!mac) return chordText({ ...chord, key });
  const { ctrl, alt, shift, meta } = chord;
  return `${ctrl ? '⌃' : ''}${alt ? '⌥' : ''}${shift ? '⇧' : ''}${meta ? '⌘' : ''}${key}`;
}
