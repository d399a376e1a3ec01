import { expect, it } from 'vitest';
import { cacheFolder, cacheFolders } from './cache-folder';

it('is where each system keeps such things', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, '/home/ana', 'linux')).toBe('/c/sigma-ops');
  expect(cacheFolder({ XDG_CACHE_HOME: 'relative' }, '/home/ana', 'linux')).toBe(
    '/home/ana/.cache/sigma-ops',
  );
  expect(cacheFolder({}, '/Users/ana', 'darwin')).toBe('/Users/ana/Library/Caches/Sigma Ops');
  expect(cacheFolders('/c/sigma-ops')).toEqual({
    knowledge: '/c/sigma-ops/knowledge',
    model: '/c/sigma-ops/model',
  });
});
