import { expect, it } from 'vitest';
import { knowledgeCache } from './cache-folder';

it('is where each system keeps such things', () => {
  expect(knowledgeCache({ XDG_CACHE_HOME: '/c' }, '/home/ana', 'linux')).toBe('/c/sigma-ops/knowledge');
  expect(knowledgeCache({ XDG_CACHE_HOME: 'relative' }, '/home/ana', 'linux')).toBe(
    '/home/ana/.cache/sigma-ops/knowledge',
  );
  expect(knowledgeCache({}, '/Users/ana', 'darwin')).toBe('/Users/ana/Library/Caches/Sigma Ops/knowledge');
});
