import { type KvCache, SHARED } from './kv-cache';

/**
 * float [W + S, groups * S]: what the S new tokens may see of the W open rows and of each other, 0 or -Infinity, the same
 * for each of `groups` query heads. A token sees shared rows, rows of its own branch, and of the new ones those up to
 * itself. `branches` names each new token's branch.
 */
export function attentionMask(
  { openRows, openCount, owners }: Pick<KvCache, 'openRows' | 'openCount' | 'owners'>,
  branches: readonly number[],
  groups: number,
): Float32Array {
  const count = branches.length;
  const columns = groups * count;
  const mask = new Float32Array((openRows + count) * columns);
  const hide = (row: number, token: number) => {
    for (let group = 0; group < groups; group++)
      mask[row * columns + group * count + token] = Number.NEGATIVE_INFINITY;
  };
  mask.fill(Number.NEGATIVE_INFINITY, openCount * columns, openRows * columns);
  for (let token = 0; token < count; token++) {
    const own = branches[token] as number;
    const seen = (owner: number) => owner === SHARED || owner === own;
    if (own !== SHARED || owners.length > 0)
      for (let row = 0; row < openCount; row++) if (!seen(owners[row] as number)) hide(row, token);
    for (let other = 0; other < count; other++)
      if (other > token || !seen(branches[other] as number)) hide(openRows + other, token);
  }
  return mask;
}
