import { expect, it } from 'vitest';
import type { ContextItem } from '../../contract/assistant';
import { contextForPrompt } from './context-words';

it('keeps the beginning of a text, and the end of a command with its output', () => {
  const text = `first ${'word '.repeat(500)}last`;
  const items = (['log', 'last-command'] as const).map((kind): ContextItem => ({ kind, label: kind, text }));
  const words = (part: string) => part.split(/\s+/).length;
  const [log, command] = contextForPrompt(items, 80, words).map((shown) => shown.text);
  expect(log).toMatch(/^first /);
  expect(command).toMatch(/ last$/);
  expect(words(log ?? '')).toBeLessThanOrEqual(40);
  expect(words(command ?? '')).toBeLessThanOrEqual(40);
});
