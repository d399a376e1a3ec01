import { expect, test } from 'vitest';
import { type KeyPress, pressed } from './keys';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  type: 'keydown',
  key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

test('modifiers must be exactly those', () => {
  expect(pressed(press('C', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+C')).toBe(true);
  expect(pressed(press('c', { ctrlKey: true }), 'Ctrl+Shift+C')).toBe(false);
  expect(pressed(press('c', { ctrlKey: true, altKey: true, shiftKey: true }), 'Ctrl+Shift+C')).toBe(false);
  expect(pressed(press('c', { metaKey: true }), 'Cmd+C')).toBe(true);
  expect(pressed(press('Insert', { shiftKey: true }), 'Shift+Insert')).toBe(true);
});

test('letting a key go does nothing', () => {
  expect(pressed(press('c', { type: 'keyup', metaKey: true }), 'Cmd+C')).toBe(false);
});
