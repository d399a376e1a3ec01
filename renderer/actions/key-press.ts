import type { Chord } from '../../app/contract/keys';

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

const HELD_KEYS = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
]);

/** The shortcut that was pressed; null for a key that is only held, or composes. */
export function chordOf({ key, code, ctrlKey, shiftKey, altKey, metaKey }: KeyPress): Chord | null {
  if (HELD_KEYS.has(key)) return null;
  const named = key === ' ' ? 'Space' : key;
  const letter = letterOf(named, code);
  return {
    ctrl: ctrlKey,
    alt: altKey,
    meta: metaKey,
    // With other characters Shift has done its work: it is not held again for `?` on another keyboard.
    shift: shiftKey && (letter !== null || [...named].length > 1),
    key: letter ?? named,
  };
}

/** A letter as a capital. On keyboards of another script, the one that stands there on a Latin one. */
function letterOf(key: string, code: string | undefined): string | null {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const [character = ''] = key;
  const foreign = [...key].length === 1 && character > '\u007f' && /\p{L}/u.test(character);
  const place = foreign ? /^Key([A-Z])$/.exec(code ?? '')?.[1] : undefined;
  return place ?? ([...key].length === 1 && /\p{L}/u.test(key) ? key.toUpperCase() : null);
}

const WRITING = new Set(
  'Enter Tab Space Backspace Delete Insert Home End PageUp PageDown ArrowUp ArrowDown ArrowLeft ArrowRight'.split(
    ' ',
  ),
);

/** Writes or moves in a field of text, and does something in most places. */
export function isPlain({ ctrl, alt, meta, key }: Chord): boolean {
  return !ctrl && !alt && !meta && (WRITING.has(key) || [...key].length === 1);
}

/** With Ctrl, what every terminal window takes for itself and no shell gets. */
const TAKEN_WITH_CTRL = new Set([
  '=',
  '+',
  '-',
  '0',
  ',',
  'Tab',
  'PageUp',
  'PageDown',
  'ArrowUp',
  'ArrowDown',
  'Insert',
]);

/**
 * Keys that a shell or a program in the terminal has a use for: Ctrl with letters and signs, everything with Alt, plain
 * keys, function keys. F6 is kept, so that the keyboard can leave the terminal.
 */
export function shellOwns({ ctrl, alt, shift, meta, key }: Chord): boolean {
  if (meta) return false;
  if (key === 'F6' && !ctrl && !alt) return false;
  if (ctrl && shift) return false;
  if (ctrl && !alt) return !TAKEN_WITH_CTRL.has(key);
  return !(shift && !alt && key === 'Insert');
}
