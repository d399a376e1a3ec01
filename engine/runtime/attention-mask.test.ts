import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionMask } from './attention-mask';
import { SHARED } from './kv-cache';

const branch = fc.integer({ min: SHARED, max: 2 });

describe('attentionMask', () => {
  it('hides exactly padding, other branches and the future, behind what all may see', () => {
    fc.assert(
      fc.property(
        fc.array(branch, { maxLength: 40 }),
        fc.integer({ min: 0, max: 9 }),
        fc.array(branch, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 4 }),
        (owners, padding, branches, seen) => {
          const openCount = owners.length;
          const openRows = openCount + padding;
          const count = branches.length;
          const mask = attentionMask({ openRows, openCount, owners }, branches, seen);
          /** May new token `token` see row `row` of [open rows, new tokens]? The definition, pair by pair. */
          const isSeen = (row: number, token: number): boolean => {
            if (row >= openCount && row < openRows) return false;
            const other = row - openRows;
            if (other > token) return false;
            const owner = other >= 0 ? branches[other] : owners[row];
            return owner === SHARED || owner === branches[token];
          };
          const wanted = branches.map((_, token) =>
            Array.from({ length: seen + openRows + count }, (_, column) =>
              column < seen || isSeen(column - seen, token) ? 0 : Number.NEGATIVE_INFINITY,
            ),
          );
          expect([...mask]).toEqual(wanted.flat());
        },
      ),
    );
  });

  it('lets every token see itself, so that no softmax is over nothing', () => {
    const mask = attentionMask({ openRows: 32, openCount: 0, owners: [] }, [SHARED, 0, 1], 0);
    expect([0, 1, 2].map((token) => mask[token * 35 + 32 + token])).toEqual([0, 0, 0]);
  });
});
