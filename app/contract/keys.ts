import { z } from 'zod';

/**
 * A shortcut: keys that are held, and one that is pressed. Written `Ctrl+Shift+P`, `Cmd+,`, `F6`, `Shift+E`; `Mod` is
 * Cmd on a Mac and Ctrl elsewhere. Shift is named with letters and named keys only: with others it has made the
 * character already, so `?` is `?` on every keyboard.
 */
export interface Chord {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
  /** As `KeyboardEvent.key`, a letter as a capital, a blank as `Space`. */
  readonly key: string;
}

const NAMED = new Set(
  (
    'Enter Tab Space Escape Backspace Delete Insert Home End PageUp PageDown ArrowUp ArrowDown ArrowLeft ArrowRight ' +
    'ContextMenu F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12'
  ).split(' '),
);
const HELD = ['Ctrl', 'Alt', 'Shift', 'Cmd', 'Mod'] as const;

/** Reads a shortcut; null when it is none. */
export function parseChord(text: string, mac: boolean): Chord | null {
  // The key may itself be a plus.
  const cut = text.lastIndexOf('+', text.length - 2);
  const key = text.slice(cut + 1);
  const held = cut < 0 ? [] : text.slice(0, cut).split('+');
  if (!held.every((name) => (HELD as readonly string[]).includes(name))) return null;
  if (new Set(held).size < held.length || !isKey(key)) return null;
  const has = (name: (typeof HELD)[number]) => held.includes(name);
  return {
    ctrl: has('Ctrl') || (has('Mod') && !mac),
    alt: has('Alt'),
    shift: has('Shift'),
    meta: has('Cmd') || (has('Mod') && mac),
    key: [...key].length === 1 ? key.toUpperCase() : key,
  };
}

function isKey(key: string): boolean {
  return NAMED.has(key) || ([...key].length === 1 && key.trim() !== '');
}

/** The one way in which a shortcut is written, so that equal ones are equal texts. */
export function chordText({ ctrl, alt, shift, meta, key }: Chord): string {
  const held = [ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', meta && 'Cmd'].filter(Boolean);
  return [...held, key].join('+');
}

export const ChordText = z.string().refine((text) => parseChord(text, false) !== null, 'is no shortcut');

const ELECTRON_NAMES: Readonly<Record<string, string>> = {
  '+': 'Plus',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
};

/** The same as an accelerator of Electron's menus; null for a key that those have no name for. */
export function toAccelerator(text: string, mac: boolean): string | null {
  const chord = parseChord(text, mac);
  if (!chord || chord.key === 'ContextMenu' || /[^ -~]/.test(chord.key)) return null;
  return chordText({ ...chord, key: ELECTRON_NAMES[chord.key] ?? chord.key });
}
