import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Chord, chordText, parseChord } from '../../app/contract/keys';
import type { Action } from './action';
import { chordOf, isPlain, shellOwns } from './key-press';
import { boundKeys, conflictsOf, findActions, keyName } from './keymap';

const press = (key: string, held: Partial<Parameters<typeof chordOf>[0]> = {}) =>
  chordOf({ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...held });
const chord = (text: string): Chord => {
  const read = parseChord(text, false);
  if (!read) throw new Error(text);
  return read;
};
const action = (id: string, keys: string[], rest: Partial<Action> = {}): Action => ({
  id,
  title: id,
  group: 'App',
  keys,
  run: () => undefined,
  ...rest,
});
const ids = (text: string, scopes: Parameters<typeof findActions>[1], actions: Action[], custom = {}) =>
  findActions(chord(text), scopes, actions, custom).map(({ action: { id }, withShift }) =>
    withShift ? `${id}+shift` : id,
  );

test('a key event is the shortcut as it is written', () => {
  const text = (found: Chord | null) => (found ? chordText(found) : null);
  expect(text(press('p', { ctrlKey: true }))).toBe('Ctrl+P');
  expect(text(press('P', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Shift+P');
  expect(text(press('E', { shiftKey: true }))).toBe('Shift+E');
  // Shift has made the sign already.
  expect(text(press('?', { shiftKey: true }))).toBe('?');
  expect(text(press(' '))).toBe('Space');
  expect(text(press('ArrowDown', { shiftKey: true }))).toBe('Shift+ArrowDown');
  // A Cyrillic keyboard: the letter that stands there on a Latin one.
  expect(text(press('з', { ctrlKey: true, code: 'KeyP' }))).toBe('Ctrl+P');
  for (const key of ['Shift', 'Control', 'Dead', 'Process']) expect(press(key)).toBeNull();
});

describe('in the terminal', () => {
  const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ');

  test('no key is taken that a shell has a use for, whatever it is bound to', () => {
    const key = fc.oneof(
      letter,
      fc.constantFrom('[', ']', '\\', '/', '_', '^', '@', '#', 'Enter', 'Tab', 'Escape', 'F1', 'F3', 'F10'),
    );
    fc.assert(
      fc.property(key, fc.constantFrom('', 'Ctrl+', 'Alt+', 'Shift+', 'Ctrl+Alt+'), (name, held) => {
        if (held === 'Ctrl+' && name === 'Tab') return;
        const text = `${held}${name}`;
        expect(ids(text, ['terminal', 'window'], [action('a', [text])])).toEqual([]);
        expect(ids(text, ['window'], [action('a', [text])])).toEqual(['a']);
      }),
    );
    for (const text of ['Ctrl+C', 'Ctrl+R', 'Ctrl+W', 'Ctrl+Space', 'Alt+B', 'Ctrl+ArrowLeft'])
      expect(shellOwns(chord(text)), text).toBe(true);
  });

  test('Ctrl+Shift, F6 and the keys of the page itself are the app’s', () => {
    for (const text of [
      'Ctrl+Shift+P',
      'Ctrl+Shift+C',
      'F6',
      'Shift+F6',
      'Ctrl+=',
      'Ctrl+-',
      'Ctrl+0',
      'Ctrl+,',
      'Shift+Insert',
    ])
      expect(shellOwns(chord(text)), text).toBe(false);
  });

  test('one that asks for it is taken', () => {
    expect(ids('Ctrl+C', ['terminal', 'window'], [action('copy', ['Ctrl+C'], { overShell: true })])).toEqual([
      'copy',
    ]);
  });
});

test('the smallest scope comes first, and plain keys have a scope of their own', () => {
  const actions = [
    action('window', ['F3']),
    action('logs', ['F3'], { scope: 'logs' }),
    action('search', ['Ctrl+F', '/'], { plainScope: 'lines' }),
  ];
  expect(ids('F3', ['lines', 'logs', 'window'], actions)).toEqual(['logs', 'window']);
  expect(ids('F3', ['chat', 'window'], actions)).toEqual(['window']);
  expect(ids('Ctrl+F', ['chat', 'window'], actions)).toEqual(['search']);
  expect(ids('/', ['chat', 'window'], actions)).toEqual([]);
  expect(ids('/', ['lines', 'logs', 'window'], actions)).toEqual(['search']);
  expect(isPlain(chord('Ctrl+F'))).toBe(false);
});

test('Shift is a variant where an action has one, and only where nothing has that key', () => {
  const actions = [
    action('down', ['ArrowDown', 'N'], { runWithShift: () => undefined }),
    action('previous', ['Shift+N']),
  ];
  expect(ids('Shift+ArrowDown', ['window'], actions)).toEqual(['down+shift']);
  expect(ids('Shift+N', ['window'], actions)).toEqual(['previous']);
});

test('the person’s keys take the place of an action’s own, and none is a choice', () => {
  const palette = action('palette', ['Mod+Shift+P']);
  expect(boundKeys(palette, {})).toEqual(['Ctrl+Shift+P']);
  expect(boundKeys(palette, { palette: ['Ctrl+Shift+K', 'F1'] })).toEqual(['Ctrl+Shift+K', 'F1']);
  expect(boundKeys(palette, { palette: [] })).toEqual([]);
});

test('a conflict is the same key where both would count', () => {
  const open = action('open', ['Ctrl+O']);
  const lines = action('lines', ['E'], { scope: 'lines' });
  const shell = action('shell', ['Ctrl+Shift+T'], { scope: 'terminal' });
  const all = [open, lines, shell];
  const conflicts = (of: Action, text: string, custom = {}) =>
    conflictsOf(of, text, all, custom).map(({ id }) => id);
  expect(conflicts(shell, 'Ctrl+O')).toEqual(['open']);
  expect(conflicts(lines, 'Ctrl+Shift+T')).toEqual([]);
  expect(conflicts(open, 'Ctrl+Shift+T')).toEqual(['shell']);
  expect(conflicts(open, 'Ctrl+Shift+T', { shell: [] })).toEqual([]);
});

test('keys are named as keyboards have them', () => {
  expect(keyName('Mod+Shift+P', false)).toBe('Ctrl+Shift+P');
  expect(keyName('Mod+Shift+P', true)).toBe('⇧⌘P');
  expect(keyName('ArrowUp', false)).toBe('↑');
});
