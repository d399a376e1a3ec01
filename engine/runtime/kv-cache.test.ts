import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CACHE_FORMS, type CacheFormName, cacheBytesPerToken, KvCache, SHARED } from './kv-cache';
import { type CacheNumber, fromHalf, type SealedRows, TILE } from './kv-rows';

const SHAPE = { layers: 2, hidden: 8, ffn: 8, vocab: 8, n_q: 4, n_k: 1, n_v: 2, d_k: 2, d_v: 3 };
const CAPACITY = 700;
const FORMS = Object.keys(CACHE_FORMS) as CacheFormName[];

interface Part {
  readonly part: 'k' | 'v';
  readonly heads: number;
  readonly width: number;
}
const PARTS: readonly Part[] = [
  { part: 'k', heads: SHAPE.n_k, width: SHAPE.d_k },
  { part: 'v', heads: SHAPE.n_v, width: SHAPE.d_v },
];

/** One number of a token's rows, of no pattern that a mix-up would keep. */
function numberOf(token: number, { part }: Part, layer: number, head: number, column: number): number {
  return Math.fround(
    10 * Math.sin(token * 7.7 + layer * 31 + head * 5.3 + column + (part === 'k' ? 0.5 : 0)),
  );
}

/** Rows of `tokens` as a step gives them, [layers, heads, tokens, width]. */
function stepRows(tokens: readonly number[], part: Part): Float32Array {
  const { heads, width } = part;
  const rows = new Float32Array(SHAPE.layers * heads * tokens.length * width);
  let at = 0;
  for (let layer = 0; layer < SHAPE.layers; layer++)
    for (let head = 0; head < heads; head++)
      for (const token of tokens)
        for (let column = 0; column < width; column++)
          rows[at++] = numberOf(token, part, layer, head, column);
  return rows;
}

function append(cache: KvCache, tokens: readonly number[], owners?: readonly number[]): void {
  const [k, v] = PARTS.map((part) => stepRows(tokens, part)) as [Float32Array, Float32Array];
  cache.append(k, v, tokens.length, owners);
}

/** Number `index` of [tiles, heads, TILE, width] as the graph reads it. */
function sealedValue(rows: SealedRows, part: Part, tiles: number, index: number): number {
  const value = rows.values(tiles)[index] as number;
  if (rows.number === 'fp16') return fromHalf(value);
  if (rows.number === 'fp32') return value;
  const zero = part.part === 'k' ? 128 : 0;
  return (value - zero) * (rows.scales(tiles)?.[Math.floor(index / part.width)] as number);
}

/** How far a number of a row that was sealed once may be off. */
function limit(number: CacheNumber, value: number, largest: number): number {
  if (number === 'fp32') return 0;
  return number === 'fp16' ? Math.max(Math.abs(value) * 2 ** -11, 2 ** -25) : (largest / 127) * 0.5001;
}

/** A token of the list that the cache is held against. */
interface ModelToken {
  readonly token: number;
  readonly owner: number;
  /** It was in a sealed tile at some time, and so may have been rounded. */
  wasSealed: boolean;
}

/** Throws at the first number in the cache that is not the model's. */
function compare(cache: KvCache, model: readonly ModelToken[]): void {
  const { sealedTiles, openCount, openRows } = cache;
  const sealedRows = sealedTiles * TILE;
  expect({ length: cache.length, openCount }).toEqual({
    length: model.length,
    openCount: model.length - sealedRows,
  });
  expect(openRows % 32).toBe(0);
  expect(openRows).toBeGreaterThanOrEqual(openCount);
  expect([...cache.owners]).toEqual(model.slice(sealedRows).map(({ owner }) => owner));
  for (const [layer, { sealedK, sealedV, openK, openV }] of cache.layers().entries()) {
    for (const part of PARTS) {
      const { heads, width } = part;
      const sealed = part.part === 'k' ? sealedK : sealedV;
      const open = part.part === 'k' ? openK : openV;
      expect(open).toHaveLength(heads * openRows * width);
      model.forEach(({ token, wasSealed }, position) => {
        for (let head = 0; head < heads; head++) {
          const row = Array.from({ length: width }, (_, column) =>
            numberOf(token, part, layer, head, column),
          );
          const largest = Math.max(...row.map(Math.abs));
          row.forEach((value, column) => {
            const tile = (Math.floor(position / TILE) * heads + head) * TILE + (position % TILE);
            const got =
              position < sealedRows
                ? sealedValue(sealed, part, sealedTiles, tile * width + column)
                : (open[(head * openRows + position - sealedRows) * width + column] as number);
            const allowed = wasSealed ? limit(sealed.number, value, largest) : 0;
            if (!(Math.abs(got - value) <= allowed))
              throw new Error(`${part.part} ${layer}/${head}/${position}/${column}: ${got} for ${value}`);
          });
        }
      });
    }
  }
}

/** What a view of the cache consists of, to see whether one that was taken before is still right. */
function viewOf(cache: KvCache) {
  const { sealedTiles, openRows } = cache;
  return { sealedTiles, openRows, open: cache.layers().flatMap(({ openK, openV }) => [openK, openV]) };
}

const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ shared: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 2, arbitrary: fc.record({ shared: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      branches: fc.array(fc.integer({ min: SHARED, max: 3 }), { minLength: 1, maxLength: 40 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ keep: fc.nat(100) }) },
);

describe.each(FORMS)('KvCache in %s', (name) => {
  it('holds what a list would hold after any appends, branches and truncations', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 9 }), (actions) => {
        const cache = new KvCache(SHAPE, CAPACITY, CACHE_FORMS[name]);
        let model: ModelToken[] = [];
        let next = 1;
        for (const step of actions) {
          const before = { revision: cache.revision, tiles: cache.sealedTiles, view: viewOf(cache) };
          if ('keep' in step) {
            const length = Math.floor((step.keep / 100) * model.length);
            cache.truncate(length);
            model = model.slice(0, length);
          } else {
            const owners = (
              'branches' in step ? step.branches : Array<number>(step.shared).fill(SHARED)
            ).slice(0, CAPACITY - model.length);
            const added = owners.map((owner) => ({ token: next++, owner, wasSealed: false }));
            append(
              cache,
              added.map(({ token }) => token),
              'branches' in step ? owners : undefined,
            );
            model = [...model, ...added];
            const isShared = model.slice(before.tiles * TILE).every(({ owner }) => owner === SHARED);
            // Branches keep everything open; without them no more than a tile and a step is.
            if (isShared) expect(cache.openCount).toBeLessThan(TILE + 32);
            else expect(cache.sealedTiles).toBe(before.tiles);
          }
          for (const entry of model.slice(0, cache.sealedTiles * TILE)) entry.wasSealed = true;
          const view = viewOf(cache);
          if (cache.revision === before.revision) {
            expect(view.sealedTiles).toBe(before.view.sealedTiles);
            expect(view.openRows).toBe(before.view.openRows);
            expect(view.open.every((rows, i) => rows === before.view.open[i])).toBe(true);
          }
          compare(cache, model);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives rows of a tile that is cut open back as they were kept', () => {
    const cache = new KvCache(SHAPE, CAPACITY, CACHE_FORMS[name]);
    const tokens = Array.from({ length: 400 }, (_, i) => i + 1);
    append(cache, tokens);
    expect(cache.sealedTiles).toBe(2);
    const revision = cache.revision;
    cache.truncate(200);
    expect(cache.revision).not.toBe(revision);
    expect({ tiles: cache.sealedTiles, open: cache.openCount }).toEqual({ tiles: 1, open: 72 });
    compare(
      cache,
      tokens.slice(0, 200).map((token) => ({ token, owner: SHARED, wasSealed: true })),
    );
  });

  it('takes the bytes a token that it says', () => {
    const cache = new KvCache(SHAPE, TILE, CACHE_FORMS[name]);
    const bytes = cache
      .layers()
      .flatMap(({ sealedK, sealedV }) =>
        [sealedK, sealedV].map((rows) => rows.values(1).byteLength + (rows.scales(1)?.byteLength ?? 0)),
      );
    const sum = bytes.reduce((total, size) => total + size, 0);
    expect(sum).toBe(TILE * cacheBytesPerToken(SHAPE, CACHE_FORMS[name]));
  });
});

describe('KvCache', () => {
  it('refuses rows beyond its capacity, and truncation to more than it holds, and stays as it was', () => {
    const cache = new KvCache(SHAPE, 150);
    append(
      cache,
      Array.from({ length: 149 }, (_, i) => i + 1),
    );
    expect(() => cache.checkRoom(2)).toThrow('full');
    expect(() => append(cache, [150, 151])).toThrow('full');
    expect(() => cache.truncate(150)).toThrow('truncate');
    expect(() => cache.truncate(-1)).toThrow('truncate');
    append(cache, [150]);
    compare(
      cache,
      Array.from({ length: 150 }, (_, i) => ({ token: i + 1, owner: SHARED, wasSealed: false })),
    );
    expect(() => cache.checkRoom(1)).toThrow('full');
  });

  it('keeps views, and only adds to them, while new rows fit into the open ones', () => {
    const cache = new KvCache(SHAPE, CAPACITY);
    append(cache, [1, 2]);
    const { revision } = cache;
    const open = cache.layers()[1]?.openV;
    append(cache, [3]);
    expect(cache.revision).toBe(revision);
    expect(cache.layers()[1]?.openV).toBe(open);
    expect(open?.[2 * SHAPE.d_v]).toBe(numberOf(3, PARTS[1] as Part, 1, 0, 0));
  });

  it('seals the oldest tile as soon as a step of newer rows stays open, and says that views changed', () => {
    const cache = new KvCache(SHAPE, CAPACITY);
    append(
      cache,
      Array.from({ length: TILE + 31 }, (_, i) => i + 1),
    );
    expect(cache.sealedTiles).toBe(0);
    const { revision } = cache;
    append(cache, [TILE + 32]);
    expect({ tiles: cache.sealedTiles, open: cache.openCount, rows: cache.openRows }).toEqual({
      tiles: 1,
      open: 32,
      rows: 32,
    });
    expect(cache.revision).not.toBe(revision);
  });

  it('says that views changed when a tile is cut open into rows of the same number', () => {
    const cache = new KvCache(SHAPE, CAPACITY);
    append(
      cache,
      Array.from({ length: TILE + 32 }, (_, i) => i + 1),
    );
    const { revision, openRows } = cache;
    cache.truncate(20);
    expect(cache.openRows).toBe(openRows);
    expect(cache.revision).not.toBe(revision);
  });

  it('is empty once it is disposed of', () => {
    const cache = new KvCache(SHAPE, CAPACITY);
    append(cache, [1, 2]);
    const { revision } = cache;
    cache.dispose();
    expect(cache.length).toBe(0);
    expect(cache.layers()).toEqual([]);
    expect(cache.revision).not.toBe(revision);
  });
});
