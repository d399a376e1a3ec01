import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DecoderShape } from './config';
import { CACHE_FORMS, type CacheFormName, KvCache } from './kv-cache';
import { TILE } from './kv-rows';
import {
  loadPrompt,
  MAX_PROMPTS,
  promptKeyBase,
  rememberPrompt,
  restoreLongestPrompt,
  savePrompt,
} from './prompt-cache';
import { PROMPT_FORMAT, promptKey } from './prompt-file';

const SHAPE: DecoderShape = {
  layers: 2,
  hidden: 8,
  ffn: 8,
  vocab: 8,
  n_q: 4,
  n_k: 1,
  n_v: 2,
  d_k: 2,
  d_v: 3,
};
const CAPACITY = 600;
const BASE = promptKeyBase('model', CACHE_FORMS.mixed, 'fast');
const FORMS = Object.keys(CACHE_FORMS) as CacheFormName[];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sigma-prompts-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A cache with `count` tokens; `seed` makes their rows. */
function filled(count: number, form: CacheFormName = 'mixed', seed = 1): KvCache {
  const cache = new KvCache(SHAPE, CAPACITY, CACHE_FORMS[form]);
  // In steps, as a prompt is read, so that tiles are sealed on the way.
  for (let from = 0; from < count; from += 64) extend(cache, Math.min(64, count - from), seed + from);
  return cache;
}

function extend(cache: KvCache, count: number, seed: number): void {
  const { layers, n_k, n_v, d_k, d_v } = SHAPE;
  const rows = (size: number) => Float32Array.from({ length: size }, (_, i) => Math.sin(seed + i * 1.7) * 3);
  cache.append(rows(layers * n_k * count * d_k), rows(layers * n_v * count * d_v), count);
}

/** All that a step would read of the cache. */
function contents(cache: KvCache): unknown {
  const tiles = cache.sealedTiles;
  const open = (rows: Float32Array, heads: number, width: number) =>
    Array.from({ length: heads }, (_, head) => {
      const from = head * cache.openRows * width;
      return Array.from(rows.subarray(from, from + cache.openCount * width));
    });
  return {
    length: cache.length,
    tiles,
    openRows: cache.openRows,
    owners: [...cache.owners],
    layers: cache.layers().map(({ sealedK, sealedV, openK, openV }) => ({
      sealed: [sealedK, sealedV].map((rows) =>
        [rows.values(tiles), rows.scales(tiles)].map((v) => v && [...v]),
      ),
      open: [open(openK, SHAPE.n_k, SHAPE.d_k), open(openV, SHAPE.n_v, SHAPE.d_v)],
    })),
  };
}

const idsOf = (count: number, first = 0) =>
  Array.from({ length: count }, (_, i) => (i === 0 ? first : i % 7));
const only = async () => join(folder, (await readdir(folder))[0] as string);

describe('a kept prompt', () => {
  it.each(FORMS)('comes back exactly as the cache would hold it, %s', async (form) => {
    const lengths = fc.record({
      prompt: fc.integer({ min: 1, max: 400 }),
      more: fc.integer({ min: 0, max: 200 }),
      before: fc.integer({ min: 0, max: CAPACITY }),
      after: fc.integer({ min: 1, max: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(lengths, async ({ prompt, more, before, after }) => {
        const base = promptKeyBase('model', CACHE_FORMS[form], 'fast');
        const original = filled(prompt + more, form);
        const held = contents(original);
        const key = await savePrompt(folder, base, idsOf(prompt), original);
        expect(contents(original)).toEqual(held);

        const restored = filled(before, form, 99);
        const revision = restored.revision;
        expect(await loadPrompt(folder, key, restored)).toEqual(idsOf(prompt));
        expect(restored.revision).not.toBe(revision);
        original.truncate(prompt);
        expect(contents(restored)).toEqual(contents(original));
        extend(original, after, 5);
        extend(restored, after, 5);
        expect(contents(restored)).toEqual(contents(original));
      }),
      { numRuns: 25 },
    );
  });

  it('is never loaded once any of it is damaged, and is removed', async () => {
    const original = filled(150);
    const key = await savePrompt(folder, BASE, idsOf(150), original);
    const path = await only();
    const whole = await readFile(path);
    const damage = fc.oneof(
      fc.record({ at: fc.nat(whole.length - 1), bit: fc.nat(7) }),
      fc.record({ keep: fc.nat(whole.length - 1) }),
      fc.record({ added: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
    );
    const target = filled(40, 'mixed', 3);
    const before = contents(target);
    await fc.assert(
      fc.asyncProperty(damage, async (kind) => {
        let file = Buffer.from(whole);
        if ('at' in kind) file[kind.at] = (file[kind.at] as number) ^ (1 << kind.bit);
        else if ('keep' in kind) file = file.subarray(0, kind.keep);
        else file = Buffer.concat([file, kind.added]);
        for (const load of [
          () => loadPrompt(folder, key, target),
          () => restoreLongestPrompt(folder, [...idsOf(150), 1], target, BASE),
        ]) {
          await writeFile(path, file);
          expect([null, 0]).toContain(await load());
          expect(await readdir(folder)).toEqual([]);
        }
        expect(contents(target)).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('is not taken for a cache of another shape, form or capacity', async () => {
    const key = await savePrompt(folder, BASE, idsOf(300), filled(300));
    const file = await readFile(await only());
    for (const cache of [
      new KvCache({ ...SHAPE, n_v: 1 }, CAPACITY, CACHE_FORMS.mixed),
      new KvCache(SHAPE, CAPACITY, CACHE_FORMS.fp16),
      new KvCache(SHAPE, 256, CACHE_FORMS.mixed),
    ]) {
      await writeFile(join(folder, `${key}.prompt`), file);
      expect(await loadPrompt(folder, key, cache)).toBeNull();
      expect(cache.length).toBe(0);
    }
  });

  it('may be a prefix that ends inside a sealed tile', async () => {
    const original = filled(400);
    expect(original.sealedTiles).toBeGreaterThan(1);
    const key = await savePrompt(folder, BASE, idsOf(TILE + 5), original);
    const restored = filled(0);
    await loadPrompt(folder, key, restored);
    expect([restored.sealedTiles, restored.openCount]).toEqual([1, 5]);
  });

  it('cannot be one of rows that belong to a branch', async () => {
    const cache = filled(40);
    const { layers, n_k, n_v, d_k, d_v } = SHAPE;
    cache.append(
      new Float32Array(layers * n_k * 2 * d_k),
      new Float32Array(layers * n_v * 2 * d_v),
      2,
      [0, 1],
    );
    await expect(savePrompt(folder, BASE, idsOf(41), cache)).rejects.toThrow('everybody');
    await savePrompt(folder, BASE, idsOf(40), cache);
  });

  it.skipIf(process.platform === 'win32')('can be read by its owner only', async () => {
    await savePrompt(folder, BASE, idsOf(40), filled(40));
    expect((await stat(await only())).mode & 0o777).toBe(0o600);
  });
});

describe('the folder of prompts', () => {
  it('gives the longest prompt that begins alike, and leaves the last token to run', async () => {
    await rememberPrompt(folder, idsOf(60), filled(60), BASE);
    await rememberPrompt(folder, idsOf(200), filled(200), BASE);
    await rememberPrompt(folder, idsOf(300, 5), filled(300, 'mixed', 2), BASE);
    const restore = async (ids: number[], atLeast?: number) => {
      const cache = filled(0);
      const count = await restoreLongestPrompt(folder, ids, cache, BASE, atLeast);
      expect(cache.length).toBe(count);
      return count;
    };
    expect(await restore([...idsOf(200), 1, 2, 3])).toBe(200);
    expect(await restore(idsOf(200))).toBe(199);
    expect(await restore(idsOf(100))).toBe(99);
    expect(await restore([...idsOf(200), 1, 2, 3], 201)).toBe(0);
    expect(await restore(idsOf(20))).toBe(0);
    expect(await restore(idsOf(100, 6))).toBe(0);
    const cache = filled(50, 'mixed', 3);
    expect(
      await restoreLongestPrompt(folder, idsOf(100), cache, promptKeyBase('x', CACHE_FORMS.mixed, 'fast')),
    ).toBe(0);
    expect(cache.length).toBe(50);
    expect(await readdir(folder)).toHaveLength(3);
  });

  it('takes the next best when the best is damaged', async () => {
    await rememberPrompt(folder, idsOf(60), filled(60), BASE);
    const best = join(folder, `${promptKey(BASE, idsOf(200))}.prompt`);
    await rememberPrompt(folder, idsOf(200), filled(200), BASE);
    const file = await readFile(best);
    file[file.length - 100] = (file[file.length - 100] as number) ^ 1;
    await writeFile(best, file);
    expect(await restoreLongestPrompt(folder, idsOf(250), filled(0), BASE)).toBe(60);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('keeps so many files, the ones that were used last', async () => {
    const keys: string[] = [];
    for (let i = 0; i < MAX_PROMPTS; i++) {
      const key = await savePrompt(folder, BASE, idsOf(40, i), filled(40));
      const time = new Date(Date.now() - 100_000 + i * 1000);
      await utimes(join(folder, `${key}.prompt`), time, time);
      keys.push(key);
    }
    expect(await loadPrompt(folder, keys[0] as string, filled(0))).not.toBeNull();
    keys.push(await savePrompt(folder, BASE, idsOf(40, 100), filled(40)));
    const left = (await readdir(folder)).map((name) => name.replace('.prompt', '')).sort();
    expect(left).toEqual(keys.filter((_, i) => i !== 1).sort());
  });

  it('removes what is of another version or no prompt, and leaves other files alone', async () => {
    const key = await savePrompt(folder, BASE, idsOf(40), filled(40));
    const file = await readFile(join(folder, `${key}.prompt`));
    const older = Buffer.from(file.toString('latin1').replace(PROMPT_FORMAT, 'sigma-ops-prompt-0'), 'latin1');
    createHash('sha256')
      .update(older.subarray(0, -32))
      .digest()
      .copy(older, older.length - 32);
    await writeFile(join(folder, `${'a'.repeat(64)}.prompt`), older);
    await writeFile(join(folder, `${'b'.repeat(64)}.prompt`), '');
    await writeFile(join(folder, `${'c'.repeat(64)}.prompt`), file);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    expect(await restoreLongestPrompt(folder, idsOf(50), filled(0), BASE)).toBe(40);
    expect((await readdir(folder)).sort()).toEqual([`${key}.prompt`, 'notes.txt'].sort());
  });

  it('does not write a prompt twice, nor one that is too short to be worth it', async () => {
    await rememberPrompt(folder, idsOf(40), filled(40), BASE);
    const path = await only();
    const { ino } = await stat(path);
    await rememberPrompt(folder, idsOf(40), filled(40), BASE);
    expect((await stat(path)).ino).toBe(ino);
    await rememberPrompt(folder, idsOf(10), filled(10), BASE);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('goes on without when there is no folder, and says why nothing could be kept', async () => {
    const missing = join(folder, 'none');
    expect(await restoreLongestPrompt(missing, idsOf(50), filled(0), BASE)).toBe(0);
    await writeFile(join(folder, 'file'), '');
    const below = join(folder, 'file', 'prompts');
    expect(await rememberPrompt(below, idsOf(50), filled(50), BASE)).toContain('could not be written');
    expect(await rememberPrompt(missing, idsOf(50), filled(50), BASE)).toBeNull();
    expect(await restoreLongestPrompt(missing, idsOf(50), filled(0), BASE)).toBe(49);
  });
});
