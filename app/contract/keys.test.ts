import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChordText, chordText, parseChord, toAccelerator } from './keys';

const key = fc.constantFrom(
  'A',
  'P',
  '5',
  ',',
  '+',
  '-',
  '/',
  '?',
  ':',
  'F6',
  'Enter',
  'ArrowUp',
  'Space',
  'Escape',
);
const chord = fc.record({
  ctrl: fc.boolean(),
  alt: fc.boolean(),
  shift: fc.boolean(),
  meta: fc.boolean(),
  key,
});

test('what is written is read as the same shortcut, on every system', () => {
  fc.assert(
    fc.property(chord, fc.boolean(), (given, mac) => {
      expect(parseChord(chordText(given), mac)).toEqual(given);
    }),
  );
});

test('anything else is refused or written in its one way', () => {
  fc.assert(
    fc.property(fc.string(), fc.boolean(), (text, mac) => {
      const read = parseChord(text, mac);
      if (read) expect(parseChord(chordText(read), mac)).toEqual(read);
    }),
  );
  for (const wrong of ['', 'Ctrl+', 'Ctrl+Ctrl+A', 'Hyper+A', 'Ctrl+AB', 'Ctrl+ ', '+A', 'F13'])
    expect(ChordText.safeParse(wrong).success, wrong).toBe(false);
});

test('Mod is Cmd on a Mac and Ctrl elsewhere; letters are capitals', () => {
  expect(parseChord('Mod+p', true)).toMatchObject({ meta: true, ctrl: false, key: 'P' });
  expect(parseChord('Mod+p', false)).toMatchObject({ meta: false, ctrl: true, key: 'P' });
});

test('a menu gets the names that it knows', () => {
  expect(toAccelerator('Mod++', false)).toBe('Ctrl+Plus');
  expect(toAccelerator('Ctrl+ArrowUp', false)).toBe('Ctrl+Up');
  expect(toAccelerator('Mod+Shift+P', true)).toBe('Shift+Cmd+P');
  expect(toAccelerator('Ctrl+Ä', false)).toBeNull();
});
