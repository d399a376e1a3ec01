import { expect, test } from 'vitest';
import { keyName, LIST_KEYS, listAction } from './list-keys';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey', boolean>> = {},
) => listAction({ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...held });

test('letters are those of lnav, and their case counts', () => {
  expect(press('e')?.action).toBe('nextError');
  expect(press('E', { shiftKey: true })?.action).toBe('previousError');
  expect(press('g')?.action).toBe('top');
  expect(press('G', { shiftKey: true })?.action).toBe('end');
  expect(press('?', { shiftKey: true })?.action).toBe('help');
  expect(press(' ')?.action).toBe('pageDown');
});

test('Shift takes the selection along where a key moves, and nowhere else', () => {
  expect(press('ArrowDown', { shiftKey: true })).toEqual({ action: 'down', extend: true });
  expect(press('End', { shiftKey: true })).toEqual({ action: 'end', extend: true });
  expect(press('F3', { shiftKey: true })).toEqual({ action: 'previousMatch', extend: false });
  expect(press('Enter', { shiftKey: true })).toBeNull();
});

test('Ctrl and Cmd do the same; Alt is never taken', () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(press('c', held)?.action).toBe('copy');
    expect(press('C', { ...held, shiftKey: true })?.action).toBe('copyNumbered');
    expect(press('g', held)?.action).toBe('goTo');
    expect(press('j', held)).toBeNull();
  }
  expect(press('e', { altKey: true })).toBeNull();
});

test('each key does one thing and has a name', () => {
  const keys = LIST_KEYS.flatMap((entry) => entry.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(['Ctrl+g', 'G', ' ', 'Shift+F3', 'ArrowUp', 'Ctrl+Shift+c'].map(keyName)).toEqual([
    'Ctrl+G',
    'G',
    'Space',
    'Shift+F3',
    '↑',
    'Ctrl+Shift+C',
  ]);
});
