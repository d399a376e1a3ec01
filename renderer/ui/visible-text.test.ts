import { expect, test } from 'vitest';
import { visibleText } from './visible-text';

test('colours vanish, tabs and text stay', () => {
  expect(visibleText('\u001b[1;31mERROR\u001b[0m\tdisk full ✓\r')).toBe('ERROR\tdisk full ✓');
});

test('other control characters become symbols', () => {
  expect(visibleText('a\u0000b\u001b]0;title\u0007c\u007f')).toBe('a␀b␛]0;title␇c␡');
});

test('marks that reorder text are shown', () => {
  expect(visibleText('safe\u202etxt.exe')).toBe('safe<U+202E>txt.exe');
});
