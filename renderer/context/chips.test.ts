import { expect, it } from 'vitest';
import type { ContextItem } from '../../engine/contract/assistant';
import { addChip, chipsOf, itemsFor, NO_CHOICES, removeChip } from './chips';
import { CHIP_LIMIT, limitText, plainText } from './limit-text';

const item = (kind: ContextItem['kind'], text: string = kind): ContextItem => ({ kind, label: kind, text });
const STANDING = [item('system'), item('folder')];

it('has system and folder on, the rest one click away', () => {
  const chips = chipsOf(NO_CHOICES, STANDING);
  expect(itemsFor(chips, 'suggest')).toEqual(STANDING);
  expect(itemsFor(chips, 'ask')).toEqual([]);
});

it('keeps removed ones away until they are added again', () => {
  const without = removeChip(NO_CHOICES, 'folder');
  expect(itemsFor(chipsOf(without, STANDING), 'suggest')).toEqual([item('system')]);
  expect(itemsFor(chipsOf(addChip(without, item('folder')), STANDING), 'suggest')).toEqual(STANDING);
});

it('sends attached ones with both wishes, one of a kind, and not once removed', () => {
  const once = addChip(NO_CHOICES, item('selection', 'old'));
  const twice = addChip(addChip(once, item('selection', 'new')), item('log'));
  expect(itemsFor(chipsOf(twice, STANDING), 'ask')).toEqual([item('selection', 'new'), item('log')]);
  expect(itemsFor(chipsOf(removeChip(twice, 'selection'), []), 'suggest')).toEqual([item('log')]);
});

it('limits texts and says so', () => {
  const long = Array.from({ length: 2000 }, (_, i) => `line ${i}`).join('\n');
  const limited = limitText(long);
  expect(limited.length).toBeLessThan(CHIP_LIMIT + 60);
  expect(limited).toMatch(/^line 0\n[\s\S]*\n… \d+ characters left out …\nline \d+\n[\s\S]*line 1999$/);
  expect(limitText('x'.repeat(9000)).length).toBeLessThan(CHIP_LIMIT + 60);
  expect(limitText('short')).toBe('short');
  expect(plainText('a\u001b[1mb\u202ec\td\n')).toBe('a[1mbc\td\n');
});
