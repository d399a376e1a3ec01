import { type KvCache, SHARED } from './kv-cache';

/**
 * float [S, seen + W + S]: what the S new tokens may see, 0 or -Infinity: all of the first `seen` rows, of the W open
 * rows and of each other as follows. A token sees shared rows, rows of its own branch, and of the new ones those up to
 * itself. `branches` names each new token's branch.
 */
export function attentionMask(
  { openRows, openCount, owners }: Pick<KvCache, 'openRows' | 'openCount' | 'owners'>,
  branches: readonly number[],
  seen: number,
): Float32Array {
  const count = branches.length;
  const columns = seen + openRows + count;
  const mask = new Float32Array(count * columns);
  const shared = owners.every((owner) => owner === SHARED);
  branches.forEach((own, token) => {
    const row = mask.subarray(token * columns + seen, (token + 1) * columns);
    const sees = (owner: number) => owner === SHARED || owner === own;
    if (!shared)
      owners.forEach((owner, at) => {
        if (!sees(owner)) row[at] = Number.NEGATIVE_INFINITY;
      });
    row.fill(Number.NEGATIVE_INFINITY, openCount, openRows);
    branches.forEach((owner, other) => {
      if (other > token || !sees(owner)) row[openRows + other] = Number.NEGATIVE_INFINITY;
    });
  });
  return mask;
}
